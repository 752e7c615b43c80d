import { init } from "@halyard/sdk";
import type { Management } from "../management.ts";
import { payloads } from "./payloads.ts";

const project = "web-shop";
/** It is asked for flags that are not there, of which it would tell each time. */
const ignore = (): void => undefined;
const silent = { error: ignore, warn: ignore, info: ignore, debug: ignore };

const neverDue = { kind: "schedule", executionDate: Date.UTC(2100, 0) };
const turnOn = { kind: "turnFlagOn" };

/** Every payload in every text that people can give to anything, so that any page shows them all. */
export async function seedPayloads(management: Management, url: string): Promise<void> {
  for (const [at, text] of payloads.entries()) {
    await management.ask("POST", `/api/v2/flags/${project}`, {
      key: `payload-${at}`,
      name: text,
      description: text,
      tags: [text.slice(0, 60)],
      variations: [
        { value: text, name: text, description: text },
        { value: `not ${text}`, name: "other" },
      ],
    });
    await management.ask("POST", `/api/v2/segments/${project}/production`, {
      key: `payload-${at}`,
      name: text,
      description: text,
    });
  }
  await seedOneFlag(management);
  await seedAccount(management);
  await seeContexts(url, await management.sdkKey(project, "production"));
}

/** One flag whose variations, rules, targets and comments are all of them. */
async function seedOneFlag(management: Management): Promise<void> {
  const variations = payloads.map((text, at) => ({ _id: `v${at}`, value: text, name: text }));
  await management.ask("POST", `/api/v2/flags/${project}`, {
    key: "payloads",
    name: payloads[0],
    variations,
  });
  const rules = payloads.slice(0, 40).map((text, at) => ({
    kind: "addRule",
    description: text,
    clauses: [{ contextKind: "user", attribute: "plan", op: "in", values: [text] }],
    variationId: `v${at}`,
  }));
  await management.ask(
    "PATCH",
    `/api/v2/flags/${project}/payloads`,
    { environmentKey: "production", comment: payloads[1], instructions: rules },
    "application/json; domain-model=launchdarkly.semanticpatch",
  );
  await management.instruct(project, "payloads", "production", [
    { kind: "addTargets", variationId: "v0", contextKind: "user", values: payloads },
  ]);
}

async function seedAccount(management: Management): Promise<void> {
  for (let from = 0; from < payloads.length; from += 50) {
    const some = payloads.slice(from, from + 50);
    await management.ask(
      "POST",
      "/api/v2/members",
      some.map((text, at) => ({
        email: `payload-${from + at}@example.com`,
        firstName: text,
        lastName: text,
        role: "reader",
      })),
    );
  }
  for (const [at, text] of payloads.slice(0, 30).entries()) {
    const named = { key: `payload-${at}`, name: text, description: text };
    await management.ask("POST", "/api/v2/teams", {
      ...named,
      roleAttributes: { [text]: [text] },
    });
    await management.ask("POST", "/api/v2/roles", {
      ...named,
      policy: [{ effect: "allow", actions: ["viewProject"], resources: ["proj/*"] }],
    });
    await management.ask("POST", "/api/v2/account/relay-auto-configs", { name: text });
    await management.ask("POST", "/api/v2/tokens", { name: text, role: "reader" });
    await management.ask(
      "POST",
      `/api/v2/projects/${project}/flags/payloads/environments/staging/workflows`,
      {
        name: text,
        description: text,
        stages: [{ name: text, conditions: [neverDue], action: { instructions: [turnOn] } }],
      },
    );
    await management.ask("POST", "/api/v2/templates", {
      key: `payload-${at}`,
      name: text,
      stages: [{ conditions: [neverDue], action: { instructions: [turnOn] } }],
    });
    await management.ask("POST", "/api/v2/integrations/slack", {
      name: text.trim().slice(0, 256),
      config: { url: "https://hooks.example.com/" },
    });
    await management.ask("POST", "/api/v2/announcements", {
      title: text,
      message: text,
      severity: "info",
      isDismissible: true,
      // Those that are over stand in the list alone, so that one covers no page.
      startTime: 1,
      ...(at === 0 ? {} : { endTime: 2 }),
    });
    await management.ask("PUT", `/api/v2/projects/${project}/context-kinds/payload-${at}`, {
      name: text,
      description: text,
    });
    await management.ask("POST", "/api/v2/webhooks", {
      name: text,
      url: "https://hooks.example.com/",
      sign: false,
      on: false,
    });
  }
}

/** Contexts that an app had, with payloads for keys, names and attributes. */
async function seeContexts(url: string, sdkKey: string): Promise<void> {
  await using app = init(sdkKey, { baseUri: url, eventsUri: url, logger: silent });
  await app.waitForInitialization({ timeout: 10 });
  for (const text of payloads) {
    const context = { kind: "user", key: text, name: text, [text.slice(0, 40)]: text };
    app.variation("payloads", context, "none");
    app.variation(text, context, "none");
  }
  await app.flush();
}
