import { init } from "@halyard/sdk";
import type { Management } from "../management.ts";
import { customer } from "./customer.ts";
import { seedAccount } from "./seed-account.ts";
import { seedFlagParts } from "./seed-flag-parts.ts";
import { seedSegments } from "./seed-segments.ts";
import { seedSettings } from "./seed-settings.ts";
import { seedWorkflows } from "./seed-workflows.ts";

const project = "web-shop";

interface SeedFlag {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly values: readonly (string | boolean | number)[];
  readonly temporary?: boolean;
  /** Where it is on. */
  readonly on?: readonly string[];
}

const flags: readonly SeedFlag[] = [
  {
    key: "one-click-pay",
    name: "One-click pay",
    description: "Pay with the card on file, without the review step.",
    tags: ["payments", "beta"],
    values: [true, false],
    on: ["development", "staging"],
  },
  {
    key: "search-ranking",
    name: "Search ranking",
    description: "Which model orders the results of a search.",
    tags: ["search", "experiment"],
    values: ["popularity", "semantic", "hybrid"],
    on: ["development", "staging", "production"],
  },
  {
    key: "free-shipping-from",
    name: "Free shipping from",
    description: "The amount from which shipping costs nothing, in euros.",
    tags: ["pricing"],
    values: [49, 39, 29],
    temporary: false,
    on: ["production"],
  },
  {
    key: "kill-recommendations",
    name: "Switch recommendations off",
    description: "Spares the recommendation service while it is in trouble.",
    tags: ["operations", "kill-switch"],
    values: [true, false],
    temporary: false,
  },
  {
    key: "new-invoice-layout",
    name: "New invoice layout",
    description: "",
    tags: ["billing"],
    values: [true, false],
    on: ["development"],
  },
];

/** A web shop as it is after some months: flags of every kind, people, segments, what waits, what was seen. */
export async function seedWebShop(management: Management, url: string): Promise<void> {
  for (const flag of flags) await createFlag(management, flag);
  await ruleOfSearchRanking(management);
  await management.ask("POST", `/api/v2/segments/${project}/production`, {
    key: "big-spenders",
    name: "Big spenders",
    description: "Spent more than 500 euros within a year.",
    tags: ["marketing"],
  });
  await seedAccount(management);
  await management.ask("POST", "/api/v2/webhooks", {
    name: "Chat of the shop team",
    url: "https://hooks.example.com/flags",
    sign: true,
    on: true,
    statements: [
      { effect: "allow", actions: ["*"], resources: ["proj/web-shop:env/production:flag/*"] },
    ],
  });
  await seedSegments(management);
  await askForApproval(management);
  await scheduleChanges(management);
  await seedFlagParts(management);
  await seedSettings(management);
  await seedWorkflows(management);
  await evaluate(url, await management.sdkKey(project, "production"));
}

async function createFlag(management: Management, flag: SeedFlag): Promise<void> {
  const { key, name, description, tags, values, temporary = true } = flag;
  const variations = values.map((value) => ({ value, name: String(value) }));
  await management.ask("POST", `/api/v2/flags/${project}`, {
    key,
    name,
    description,
    tags,
    temporary,
    variations,
  });
  for (const environment of flag.on ?? [])
    await management.instruct(project, key, environment, [{ kind: "turnFlagOn" }]);
}

async function ruleOfSearchRanking(management: Management): Promise<void> {
  const path = `/api/v2/flags/${project}/search-ranking`;
  const flag = (await management.ask("GET", path)) as {
    readonly variations: readonly { readonly _id: string }[];
  };
  const [first = "", second = "", third = ""] = flag.variations.map(({ _id }) => _id);
  const clauses = [{ contextKind: "user", attribute: "country", op: "in", values: ["DE", "AT"] }];
  await management.instruct(project, "search-ranking", "production", [
    {
      kind: "addRule",
      description: "Where German is spoken",
      clauses,
      rolloutContextKind: "user",
      rolloutWeights: { [first]: 50_000, [second]: 30_000, [third]: 20_000 },
    },
  ]);
}

async function askForApproval(management: Management): Promise<void> {
  const path = `/api/v2/projects/${project}/flags/dark-mode/environments/production/approval-requests`;
  await management.ask("POST", path, {
    description: "Turn Dark mode on for everyone",
    comment: "Tested in staging for two weeks.",
    instructions: [{ kind: "turnFlagOn" }],
  });
}

const dayMs = 86_400_000;

/** What is to come within the next days. */
async function scheduleChanges(management: Management): Promise<void> {
  const schedule = (flag: string, environment: string, days: number, instructions: object[]) =>
    management.ask(
      "POST",
      `/api/v2/projects/${project}/flags/${flag}/environments/${environment}/scheduled-changes`,
      { executionDate: Date.now() + days * dayMs, instructions },
    );
  await schedule("new-invoice-layout", "staging", 1, [{ kind: "turnFlagOn" }]);
  await schedule("search-ranking", "production", 3, [{ kind: "turnFlagOff" }]);
  await schedule("kill-recommendations", "production", 3, [{ kind: "turnFlagOn" }]);
}

/** What an app does: contexts become known, and evaluations are counted. */
async function evaluate(url: string, sdkKey: string): Promise<void> {
  await using app = init(sdkKey, { baseUri: url, eventsUri: url });
  await app.waitForInitialization({ timeout: 10 });
  for (let at = 0; at < 60; at += 1) {
    const context = customer(at);
    for (const key of ["checkout", "search-ranking"]) app.variation(key, context, "none");
    app.variation("dark-mode", context, false);
  }
  await app.flush();
}
