import { init } from "@halyard/sdk";
import type { Management } from "../management.ts";
import type { ServerProcess } from "../server-process.ts";
import { age } from "./age.ts";
import { customer } from "./customer.ts";

const project = "web-shop";

/** What an app says of itself when it connects. */
const apps = [
  {
    environment: "production",
    agent: "NodeJSClient/9.12.0",
    application: "checkout-api",
    count: 2,
  },
  { environment: "production", agent: "GoClient/7.14.1", application: "pricing", count: 1 },
  { environment: "production", agent: "PythonClient/9.12.0", application: "search", count: 1 },
  { environment: "staging", agent: "JavaClient/7.10.1", application: "billing", count: 1 },
  { environment: "development", agent: "DotNetClient/8.10.0", application: "invoices", count: 1 },
] as const;

/** Flags that have seen their day: everyone gets the same, nobody asks any more, or code asks in vain. */
export async function seedLeftovers(management: Management, server: ServerProcess): Promise<void> {
  for (const [key, name] of [
    ["summer-banner", "Summer banner"],
    ["one-page-basket", "Basket on one page"],
  ] as const)
    await management.ask("POST", `/api/v2/flags/${project}`, {
      key,
      name,
      variations: [
        { value: "new", name: "new" },
        { value: "old", name: "old" },
      ],
    });
  await management.ask(
    "PATCH",
    `/api/v2/flags/${project}/summer-banner`,
    { comment: "The summer is over.", instructions: [{ kind: "archiveFlag" }] },
    "application/json; domain-model=launchdarkly.semanticpatch",
  );
  await management.instruct(project, "one-page-basket", "production", [{ kind: "turnFlagOn" }]);
  await management.ask(
    "PATCH",
    `/api/v2/flags/${project}/free-shipping-from`,
    {
      instructions: [
        {
          kind: "replaceCustomProperties",
          key: "halyard.keep-until",
          name: "Keep until",
          values: [new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)],
        },
      ],
    },
    "application/json; domain-model=launchdarkly.semanticpatch",
  );
  age(server, ["one-page-basket", "limits", "banner-text", "kill-recommendations"], 43);
  await using app = init(await management.sdkKey(project, "production"), { baseUri: server.url });
  await app.waitForInitialization({ timeout: 10 });
  for (const key of ["summer-banner", "one-page-basket", "chekout"])
    for (let at = 0; at < 12; at += 1) app.variation(key, customer(at), "off");
  await app.flush();
}

/** Apps of the web shop that stay connected while pictures are taken. */
export async function connectApps(management: Management, url: string): Promise<AsyncDisposable> {
  const streams = new AbortController();
  // A response that nobody holds is closed when it is collected.
  const held: Response[] = [];
  await management.instruct(project, "checkout", "development", [
    { kind: "updateTrackEvents", trackEvents: true },
  ]);
  const keys = `/api/v2/projects/${project}/environments/production/keys`;
  await management.ask("POST", keys, { kind: "sdk", name: "pricing service" });
  await management.ask("POST", keys, {
    kind: "sdk",
    name: "partner",
    expiresAt: Date.now() + 9 * 24 * 3_600_000,
  });
  for (const { environment, agent, application, count } of apps) {
    const authorization = await management.sdkKey(project, environment);
    for (let at = 0; at < count; at += 1)
      held.push(
        await fetch(`${url}/sdk/stream`, {
          signal: streams.signal,
          headers: {
            authorization,
            "user-agent": agent,
            "x-launchdarkly-tags": `application-id/${application}`,
            "x-launchdarkly-instance-id": `${application}-${at + 1}`,
          },
        }),
      );
  }
  const app = init(await management.sdkKey(project, "development"), {
    baseUri: url,
    flushIntervalMs: 500,
  });
  await app.waitForInitialization({ timeout: 10 });
  const asking = setInterval(() => {
    const context = customer(Math.floor(Date.now() / 100) % 60);
    app.variationDetail("checkout", context, "old");
    app.variation("dark-mode", context, false);
  }, 150);
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(asking);
      streams.abort();
      held.length = 0;
      await app.close();
    },
  };
}
