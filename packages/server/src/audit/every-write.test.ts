import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { newMember, type SignedIn } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const project = "/api/v2/projects/{projectKey}";
const environment = `${project}/environments/{environmentKey}`;
const flag = "/api/v2/flags/{projectKey}/{flagKey}";
const followers = `${project}/flags/{flagKey}/environments/{environmentKey}/followers`;
const segment = "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}";
const expiringIn = "/api/v2/segments/{projectKey}/{segmentKey}";
const user = "/api/v2/users/{projectKey}/{environmentKey}/{userKey}";
const setting = { setting: true };
const listed = { targetType: "included" };
const filters = `${project}/payload-filters`;
const relays = "/api/v2/account/relay-auto-configs";
const member = "/api/v2/members/{id}";
const rename = [{ op: "replace", path: "/name", value: "Renamed" }];
const policy = [{ effect: "allow", actions: ["*"], resources: ["proj/*"] }];
const flagdFile = {
  flags: { old: { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "on" } },
};

const flagDefaults = {
  tags: ["web"],
  temporary: false,
  defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
  booleanDefaults: {
    trueDisplayName: "Shown",
    falseDisplayName: "Hidden",
    trueDescription: "",
    falseDescription: "",
    onVariation: 0,
    offVariation: 1,
  },
};

// An address is not looked up, and nothing is sent to what is off.
const hook = "https://1.1.1.1/hook";
const integrations = "/api/v2/integrations/{integrationKey}";
const repositories = "POST /api/v2/code-refs/repositories";
const addresses = "/api/v2/account/ip-allowlist";
const sso = {
  issuer: "https://idp.example",
  clientId: "halyard",
  clientSecret: "api-secret-of-the-provider",
};
const announcement = {
  title: "Maintenance",
  message: "Tonight",
  severity: "info",
  isDismissible: true,
  startTime: 1,
};

/** What stands for the parameters of paths; answers put the ids in that the server makes. */
const values: Record<string, string> = {
  projectKey: "default",
  environmentKey: "test",
  flagKey: "checkout",
  segmentKey: "beta",
  filterKey: "web",
  roleKey: "testers",
  teamKey: "web",
  key: "org",
  integrationKey: "slack",
  repo: "shop",
  contextKind: "org",
  contextKey: "acme",
  userKey: "grace",
  templateKey: "careful",
  pipelineKey: "usual",
};

const turnOn = [{ kind: "turnFlagOn" }];

type Shown = "after" | "before" | "both";
/** A text is sent as a CSV file. */
type Body = object | string | (() => object | Promise<object>) | undefined;

/** In an order in which each finds what it needs; "after" is shown of what was made, "before" of what is gone. */
const writes: readonly (readonly [operation: string, shown: Shown, body?: Body])[] = [
  ["POST /api/v2/projects", "after", { key: "shop", name: "Shop" }],
  [`POST ${project}/environments`, "after", { key: "staging", name: "Staging" }],
  [`PATCH ${environment}`, "both", rename],
  [`POST ${environment}/apiKey`, "both"],
  [`POST ${environment}/mobileKey`, "both"],
  [`POST ${environment}/keys`, "both", { kind: "sdk", name: "reports" }],
  [`DELETE ${environment}/keys/{secret}`, "both"],
  ["POST /api/v2/flags/{projectKey}", "after", { key: "checkout", name: "Checkout" }],
  [`PATCH ${flag}`, "both", { name: "The checkout" }],
  [`PATCH ${flag}`, "both", () => withTarget("addTargets", { values: ["ada"] })],
  [
    `PATCH ${flag}/expiring-targets/{environmentKey}`,
    "both",
    () => withTarget("addExpiringTarget", { contextKey: "ada", value: 4_000_000_000_000 }),
  ],
  [
    `PATCH ${flag}/expiring-user-targets/{environmentKey}`,
    "both",
    () => withTarget("updateExpireUserTargetDate", { userKey: "ada", value: 4_100_000_000_000 }),
  ],
  [`POST ${flag}/copy`, "both", { source: { key: "test" }, target: { key: "production" } }],
  [`PUT ${followers}/{memberId}`, "both"],
  [`DELETE ${followers}/{memberId}`, "both"],
  [`PUT ${environment}/contexts/{contextKind}/{contextKey}/flags/{flagKey}`, "both", setting],
  [`PUT ${user}/flags/{flagKey}`, "both", setting],
  [
    "PATCH /api/v2/users/{projectKey}/{userKey}/expiring-user-targets/{environmentKey}",
    "both",
    () => expiring("addExpireUserTargetDate", { flagKey: "checkout", ...variation() }),
  ],
  [`PATCH ${environment}/context-settings`, "both", { retentionDays: 7 }],
  [`DELETE ${environment}/context-instances/{instanceId}`, "before"],
  [`DELETE ${user}`, "before"],
  [`DELETE ${flag}`, "before"],
  [`POST ${project}/flags/{flagKey}/restore`, "after", beforeTheLast],
  [
    "POST /api/v2/segments/{projectKey}/{environmentKey}",
    "after",
    { key: "beta", name: "Beta", unbounded: true },
  ],
  [`PATCH ${segment}`, "both", { name: "Beta users" }],
  [
    `PATCH ${segment}`,
    "both",
    { instructions: [{ kind: "addBigSegmentIncludedTargets", values: ["ada"] }] },
  ],
  [`POST ${segment}/contexts`, "both", { included: { add: ["grace"] } }],
  [`POST ${segment}/users`, "both", { excluded: { add: ["linus"] } }],
  [`POST ${segment}/imports`, "after", waitingImport],
  [`POST ${segment}/exports`, "after"],
  [`DELETE ${segment}`, "before"],
  [`POST ${environment}/segments/{segmentKey}/restore`, "after", beforeTheLast],
  [`PATCH ${segment}`, "both", { name: "Betas" }],
  [`POST ${environment}/restore`, "both", beforeTheLast],
  [`DELETE ${segment}`, "before"],
  [
    "POST /api/v2/segments/{projectKey}/{environmentKey}",
    "after",
    { key: "beta", name: "Beta, by name" },
  ],
  [`PATCH ${segment}`, "both", { instructions: [{ kind: "addIncludedUsers", values: ["grace"] }] }],
  [
    `PATCH ${expiringIn}/expiring-targets/{environmentKey}`,
    "both",
    () => expiring("addExpiringTarget", { contextKind: "user", contextKey: "grace", ...listed }),
  ],
  [
    `PATCH ${expiringIn}/expiring-user-targets/{environmentKey}`,
    "both",
    () => ({
      instructions: [{ kind: "removeExpireUserTargetDate", userKey: "grace", ...listed }],
    }),
  ],
  [
    `POST ${project}/import`,
    "after",
    { format: "flagd", environmentKey: "test", documents: { flags: flagdFile } },
  ],
  [`POST ${filters}`, "after", { key: "web", name: "Web", flagKeys: ["web-*"] }],
  [`DELETE ${filters}/{filterKey}`, "before"],
  [`POST ${relays}`, "after", { name: "relay" }],
  [`PATCH ${relays}/{id}`, "both", rename],
  [`POST ${relays}/{id}/reset`, "both"],
  [`DELETE ${relays}/{id}`, "before"],
  ["POST /api/v2/webhooks", "after", { name: "Chat", url: hook, sign: true, on: false }],
  ["PATCH /api/v2/webhooks/{id}", "both", rename],
  ["DELETE /api/v2/webhooks/{id}", "before"],
  [`POST ${integrations}`, "after", { name: "Chat", config: { url: hook } }],
  [`PATCH ${integrations}/{id}`, "both", rename],
  [`DELETE ${integrations}/{id}`, "before"],
  ["POST /api/v2/announcements", "after", announcement],
  [
    "PATCH /api/v2/announcements/{announcementId}",
    "both",
    [{ op: "replace", path: "/title", value: "Maintenance, later" }],
  ],
  ["DELETE /api/v2/announcements/{announcementId}", "before"],
  [repositories, "after", { name: "shop" }],
  [
    "PATCH /api/v2/code-refs/repositories/{repo}",
    "both",
    [{ op: "replace", path: "/defaultBranch", value: "trunk" }],
  ],
  ["DELETE /api/v2/code-refs/repositories/{repo}", "before"],
  ["POST /api/v2/tokens", "after", { name: "script", role: "reader" }],
  ["PATCH /api/v2/tokens/{id}", "both", rename],
  ["POST /api/v2/tokens/{id}/reset", "both"],
  ["DELETE /api/v2/tokens/{id}", "before"],
  ["POST /api/v2/roles", "after", { key: "testers", name: "Testers", policy }],
  ["PATCH /api/v2/roles/{roleKey}", "both", rename],
  ["DELETE /api/v2/roles/{roleKey}", "before"],
  ["POST /api/v2/teams", "after", { key: "web", name: "Web" }],
  [
    "PATCH /api/v2/teams/{teamKey}",
    "both",
    { instructions: [{ kind: "updateName", value: "Web team" }] },
  ],
  ["POST /api/v2/members", "after", [{ email: "grace@example.com" }]],
  [`PUT ${member}/suspension`, "both"],
  [`DELETE ${member}/suspension`, "both"],
  [`POST ${member}/invitation`, "both"],
  [`POST ${member}/password-link`, "both"],
  [`DELETE ${member}/mfa`, "both"],
  [`POST ${member}/teams`, "both", { teamKeys: ["web"] }],
  [`PATCH ${member}`, "both", [{ op: "replace", path: "/role", value: "writer" }]],
  [
    "PATCH /api/v2/members",
    "both",
    () => ({
      instructions: [
        { kind: "replaceMembersRoles", value: "admin", memberIDs: [values["id"] ?? ""] },
      ],
    }),
  ],
  [
    "PATCH /api/v2/teams",
    "both",
    () => ({
      instructions: [{ kind: "addMembersToTeams", teamKeys: ["web"], memberIDs: [ada?.id ?? ""] }],
    }),
  ],
  ["PATCH /api/v2/teams/{teamKey}", "both", withoutMembers],
  ["POST /api/v2/teams/{teamKey}/members", "both", "ada@example.com"],
  [`DELETE ${member}`, "before"],
  ["DELETE /api/v2/teams/{teamKey}", "before"],
  ...pendingWrites(),
  [`PATCH ${project}`, "both", rename],
  [`PUT ${project}/flag-defaults`, "both", flagDefaults],
  [`PATCH ${project}/flag-defaults`, "both", [{ op: "replace", path: "/temporary", value: true }]],
  [`PATCH ${project}/lifecycle`, "both", [{ op: "replace", path: "/unusedDays", value: 30 }]],
  [`PUT ${project}/context-kinds/{key}`, "after", { name: "Organization" }],
  [`DELETE ${environment}`, "before"],
  [`DELETE ${project}`, "before"],
  [`POST ${addresses}`, "after", { ipAddress: "127.0.0.1" }],
  [`PATCH ${addresses}/{id}`, "both", { description: "here" }],
  [`PATCH ${addresses}`, "both", { isEnabled: true }],
  [`PATCH ${addresses}`, "both", { isEnabled: false }],
  [`DELETE ${addresses}/{id}`, "before"],
  ["PUT /api/v2/account/sso", "after", sso],
  ["PATCH /api/v2/account/sso", "both", { isRequired: true }],
  ["DELETE /api/v2/account/sso", "before"],
  // The last, for nobody is let in by password alone afterwards.
  ["PATCH /api/v2/account/security", "both", { requiresSecondFactor: true }],
];

/** What is done later, for a flag that is there. */
function pendingWrites(): readonly (readonly [operation: string, shown: Shown, body?: Body])[] {
  const inEnvironment = `${project}/flags/{flagKey}/environments/{environmentKey}`;
  const description = "Please";
  const again = {
    instructions: [{ kind: "updateDescription", value: "Soon" }],
  };
  const approvals = (path: string): ReturnType<typeof pendingWrites> => [
    [`PATCH ${path}/{id}`, "both", again],
    [`POST ${path}/{id}/reviews`, "both", { kind: "comment", comment: "Hm" }],
    [`DELETE ${path}/{id}`, "before"],
  ];
  const later = { executionDate: 4_000_000_000_000, instructions: turnOn };
  const schedules = `${inEnvironment}/scheduled-changes`;
  const triggers = `${flag}/triggers/{environmentKey}`;
  const workflows = `${inEnvironment}/workflows`;
  const pipelines = `${project}/release-pipelines`;
  const release = `${project}/flags/{flagKey}/release`;
  const stages = [{ action: { instructions: turnOn } }];
  const phases = ["First", "Last"].map((name) => ({
    name,
    audiences: [{ environmentKey: "test", name: "Everyone" }],
  }));
  const completing = [{ op: "replace", path: "/phases/1/complete", value: true }];
  const resourceId = "proj/default:env/test:flag/checkout";
  const asking = { description, instructions: turnOn };
  const settings = { environmentKey: "test", resourceKind: "flag", minNumApprovals: 2 };
  const copying = { description, source: { key: "production" } };
  return [
    ["POST /api/v2/approval-requests/{id}/apply", "both", () => approved("turnFlagOn")],
    [`POST ${inEnvironment}/approval-requests-flag-copy`, "after", copying],
    [`POST ${inEnvironment}/approval-requests/{id}/apply`, "both", () => approved("turnFlagOff")],
    ["PATCH /api/v2/approval-requests/projects/{projectKey}/settings", "both", settings],
    ["POST /api/v2/approval-requests", "after", { ...asking, resourceId }],
    ...approvals("/api/v2/approval-requests"),
    [`POST ${inEnvironment}/approval-requests`, "after", asking],
    ...approvals(`${inEnvironment}/approval-requests`),
    [`POST ${schedules}`, "after", later],
    [
      `PATCH ${schedules}/{id}`,
      "both",
      { instructions: [{ kind: "updateScheduledChangesExecutionDate", value: 4_100_000_000_000 }] },
    ],
    [`DELETE ${schedules}/{id}`, "before"],
    [`POST ${triggers}`, "after", { integrationKey: "generic-trigger", instructions: turnOn }],
    [`PATCH ${triggers}/{id}`, "both", { instructions: [{ kind: "cycleTriggerUrl" }] }],
    [`DELETE ${triggers}/{id}`, "before"],
    [`POST ${workflows}`, "after", { name: "Roll out", stages }],
    [`DELETE ${workflows}/{workflowId}`, "before"],
    ["POST /api/v2/templates", "after", { key: "careful", stages }],
    ["DELETE /api/v2/templates/{templateKey}", "before"],
    [`POST ${pipelines}`, "after", { key: "usual", name: "Usual", phases }],
    [`PUT ${pipelines}/{pipelineKey}`, "both", { name: "Usual ways", phases }],
    [`PUT ${release}`, "after", { releasePipelineKey: "usual" }],
    [`PUT ${release}/phases/{phaseId}`, "both", { status: "Started" }],
    [`PATCH ${flag}/release`, "both", completing],
    [`DELETE ${flag}/release`, "before"],
    [`DELETE ${pipelines}/{pipelineKey}`, "before"],
  ];
}

/** Asked by POST because what they are told is long; they write nothing. */
const reads = [
  `POST ${project}/flags/{flagKey}/environments/{environmentKey}/migration-safety-issues`,
  `POST ${environment}/flags/evaluate`,
  `POST ${environment}/segments/evaluate`,
  `POST ${environment}/contexts/search`,
  `POST ${environment}/context-instances/search`,
  `POST ${project}/flags/{flagKey}/environments/{environmentKey}/impact`,
  `POST ${project}/segments/{segmentKey}/environments/{environmentKey}/impact`,
  "POST /api/v2/access-check",
  "POST /api/v2/account/sso/test",
  "POST /api/v2/auditlog",
  "POST /api/v2/auditlog/counts",
  "POST /api/v2/audit/verification",
];

/** What machines tell and what is only sent again: nobody decides anything by it. */
const reports = [
  "POST /api/v2/webhooks/{id}/test",
  "POST /api/v2/webhooks/{id}/deliveries/{deliveryId}/replay",
  "POST /api/v2/integrations/{integrationKey}/{id}/test",
  "POST /api/v2/integrations/{integrationKey}/{id}/deliveries/{deliveryId}/replay",
  "PUT /api/v2/code-refs/repositories/{repo}/branches/{branch}",
  "POST /api/v2/code-refs/repositories/{repo}/branches/{branch}/extinction-events",
  "POST /api/v2/code-refs/repositories/{repo}/branch-delete-tasks",
];

let ada: SignedIn | undefined;
const secrets: string[] = [];

beforeAll(async () => {
  ada = await newMember(server, { email: "ada@example.com", firstName: "Ada", role: "owner" });
  values["memberId"] = ada.id;
  await reportContexts();
});

it.each(writes.map(([operation, shown, body]) => ({ operation, shown, body })))(
  "$operation leaves an entry with who, how, what was before and after",
  async (write) => {
    const { operation, shown, body } = write;
    const { headers, who } = credentials();
    values["auditId"] = (await newestEntries())[0] ?? "";

    const [method = "", template = ""] = operation.split(" ");
    const payload = typeof body === "function" ? await body() : body;
    const before = await newestEntries();
    const answer = await server.running.app.inject({
      method: z.enum(["POST", "PATCH", "PUT", "DELETE"]).parse(method),
      url: template.replaceAll(/\{(\w+)\}/gu, (_, name) => values[name] ?? ""),
      headers: {
        ...headers,
        "user-agent": "a test",
        ...(typeof payload === "string" ? { "content-type": "text/csv" } : {}),
      },
      ...(payload === undefined ? {} : { payload }),
    });

    expect(answer.statusCode, answer.body).toBeLessThan(300);
    remember(answer.body);
    const made = (await newestEntries()).filter((id) => !before.includes(id));
    expect(made).not.toEqual([]);
    for (const id of made) {
      const entry = (await server.ask("GET", `/api/v2/auditlog/${id}`)).json();
      expect(entry).toMatchObject({ ...who, _origin: { ip: "127.0.0.1", userAgent: "a test" } });
      expect(entry.instructions).not.toEqual([]);
      expect(entry.target.resources).not.toEqual([]);
      expect(entry.title.length).toBeGreaterThan(10);
      expect(entry.previousVersion !== undefined, "before").toBe(shown !== "after");
      expect(entry.currentVersion !== undefined, "after").toBe(shown !== "before");
    }
  },
);

it("holds for every route that writes", async () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse((await server.ask("GET", "/api/v2/openapi.json")).json());
  const writing = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== "get")
      .map((method) => `${method.toUpperCase()} ${path}`),
  );

  const walked = new Set([...writes.map(([operation]) => operation), ...reads, ...reports]);
  expect(
    writing.filter((operation) => !walked.has(operation)),
    "add them to the writes above, or to the reads",
  ).toEqual([]);
});

it("never shows a secret", async () => {
  const { items } = (await server.ask("GET", "/api/v2/auditlog?limit=1000")).json();
  const entries = await Promise.all(
    items.map(
      async ({ _id }: { _id: string }) => (await server.ask("GET", `/api/v2/auditlog/${_id}`)).body,
    ),
  );

  expect(secrets.length).toBeGreaterThan(5);
  expect(secrets.filter((secret) => entries.join("\n").includes(secret))).toEqual([]);
});

let turns = 0;

/** By a session and by a token in turn. */
function credentials(): { headers: Record<string, string>; who: object } {
  turns += 1;
  if (turns % 2 === 0 && ada !== undefined) {
    const headers = { cookie: ada.cookie, "sec-fetch-site": "same-origin" };
    return { headers, who: { _method: "member", member: { _id: ada.id } } };
  }
  const headers = { authorization: TemporaryServer.ownerToken };
  return { headers, who: { _method: "token", token: { name: "bootstrap token" } } };
}

async function newestEntries(): Promise<readonly string[]> {
  const { items } = (await server.ask("GET", "/api/v2/auditlog?limit=20")).json();
  return items.map(({ _id }: { _id: string }) => _id);
}

function remember(body: string): void {
  for (const [secret] of body.matchAll(/\b(sdk|mob|api|rel)-[\w-]{20,}/gu)) secrets.push(secret);
  secrets.push(sso.clientSecret);
  for (const [, secret = ""] of body.matchAll(/\/invite\/([\w-]+)/gu)) secrets.push(secret);
  const id = /"_id":"([0-9a-f]{24})"/u.exec(body)?.[1];
  if (id !== undefined && !body.includes('"environments"')) {
    values["id"] = id;
    values["announcementId"] = id;
    values["workflowId"] = id;
  }
  const key = /"key":"(sdk-[^"]+)"/u.exec(body)?.[1];
  if (key !== undefined) values["secret"] = key;
  const phase = /"phases":\[\{"_id":"([^"]+)"/u.exec(body)?.[1];
  if (phase !== undefined) values["phaseId"] = phase;
  for (const [, secret = ""] of body.matchAll(/\/webhook\/triggers\/\w+\/([\w-]+)/gu))
    secrets.push(secret);
  const variation = /"variations":\[\{"_id":"([^"]+)"/u.exec(body)?.[1];
  if (variation !== undefined) values["variationId"] = variation;
}

/** How it was before the newest entry of the log. */
function beforeTheLast(): object {
  return { auditId: values["auditId"] };
}

function withoutMembers(): object {
  return { instructions: [{ kind: "replaceMembers", values: [] }] };
}

/** Lets the next be about a request that somebody else than its author has approved. */
async function approved(kind: string): Promise<object> {
  const path = "/api/v2/approval-requests";
  const resourceId = "proj/default:env/test:flag/checkout";
  const asked = { description: "Please", resourceId, instructions: [{ kind }] };
  const made = (await server.ask("POST", path, asked)).json();
  if (ada === undefined) throw new Error("nobody is there to approve");
  const review = { kind: "approve" };
  const { _id: id } = (
    await server.askAs(ada, "POST", `${path}/${made._id}/reviews`, review)
  ).json();
  values["id"] = id;
  return { comment: "Now" };
}

/** As an SDK does it: a user, and an organization whose instance has an id. */
async function reportContexts(): Promise<void> {
  const url = "/api/v2/projects/default/environments/test";
  const { apiKey } = (await server.ask("GET", url)).json();
  const contexts = [
    { kind: "user", key: "grace" },
    { kind: "org", key: "acme" },
  ];
  const payload = contexts.map((context) => ({ kind: "identify", creationDate: 1, context }));
  const headers = { authorization: apiKey };
  await server.running.app.inject({ method: "POST", url: "/bulk", headers, payload });
  const body = { filter: "kind equals org" };
  const found = (await server.ask("POST", `${url}/context-instances/search`, body)).json();
  values["instanceId"] = found.items[0].id;
}

function waitingImport(): object {
  const form = new FormData();
  form.append("waitOnApprovals", "true");
  form.append("file", new File(["ada\n"], "members.csv"));
  return form;
}

function variation(): object {
  return { variationId: values["variationId"] };
}

function expiring(kind: string, what: object): object {
  return { instructions: [{ kind, ...what, value: 4_000_000_000_000 }] };
}

function withTarget(kind: string, what: object): object {
  const variationId = values["variationId"];
  return { environmentKey: "test", instructions: [{ kind, variationId, ...what }] };
}
