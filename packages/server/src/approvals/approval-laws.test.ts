import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { newMember, newToken } from "../testing/accounts.ts";
import {
  approvalDoors,
  newDoorWorld,
  protectWorld,
  requestThrough,
  servedIn,
} from "../testing/approval-doors.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-11-01T00:00:00Z");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const needed = 2;
const settingsPath = "/api/v2/approval-requests/projects/default/settings";
const flagsPath = "/api/v2/flags/default";
const production = "/api/v2/projects/default/environments/production";

/** Who acts: a person by session or by token, or nobody's token. Readers have no rights to speak of. */
interface Person {
  /** Undefined for a service token. */
  readonly member: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const people: readonly Person[] = [
  ...(await personsOf("writer", "ada@example.com")),
  ...(await personsOf("writer", "grace@example.com")),
  ...(await personsOf("writer", "linus@example.com")),
  ...(await personsOf("reader", "rita@example.com")),
  {
    member: undefined,
    headers: { authorization: (await newToken(server, { role: "writer" })).token },
  },
  {
    member: undefined,
    headers: {
      authorization: (
        await newToken(server, {
          inlineRole: [
            { effect: "allow", actions: ["*"], resources: ["proj/*:env/*:flag/*", "proj/*:env/*"] },
            { effect: "deny", actions: ["bypassRequiredApproval"], resources: ["*"] },
          ],
        })
      ).token,
    },
  },
];

async function personsOf(role: string, email: string): Promise<Person[]> {
  const { id, cookie } = await newMember(server, { email, role });
  const made = await server.askAs({ cookie }, "POST", "/api/v2/tokens", { name: "own", role });
  const { token } = z.object({ token: z.string() }).parse(made.json());
  return [
    { member: id, headers: { cookie, "sec-fetch-site": "same-origin" } },
    { member: id, headers: { authorization: token } },
  ];
}

/** A request as the model knows it: who wrote what it asks for, and who approved of exactly that. */
interface Known {
  readonly id: string;
  readonly authors: Set<string>;
  readonly approvals: Set<string>;
  readonly declines: Set<string>;
}

interface World {
  readonly key: string;
  readonly variationId: string;
  readonly requests: Known[];
  readonly triggers: string[];
}

/** Those of former worlds may still be waiting for their time. */
const everyRequest: Known[] = [];

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function as(
  { headers }: Person,
  method: Method,
  url: string,
  payload?: object,
): Promise<Answer> {
  const options = { method, url, headers };
  const answer = await server.running.app.inject(
    payload === undefined ? options : { ...options, payload },
  );
  const body: unknown = answer.body === "" ? undefined : answer.json();
  return { status: answer.statusCode, body };
}

const instructionOf = (world: World) => ({
  turnFlagOn: { kind: "turnFlagOn" },
  turnFlagOff: { kind: "turnFlagOff" },
  updateOffVariation: { kind: "updateOffVariation", variationId: world.variationId },
  addTargets: { kind: "addTargets", variationId: world.variationId, values: ["ada"] },
  archiveFlag: { kind: "archiveFlag" },
  restoreFlag: { kind: "restoreFlag" },
  removeTags: { kind: "removeTags", values: ["pay"] },
  expose: { kind: "turnOnClientSideAvailability", value: "usingEnvironmentId" },
  deleteFlag: { kind: "deleteFlag" },
});
type Choice = keyof ReturnType<typeof instructionOf>;
const choice = fc.constantFrom<Choice>(
  "turnFlagOn",
  "turnFlagOff",
  "updateOffVariation",
  "addTargets",
  "archiveFlag",
  "restoreFlag",
  "removeTags",
  "expose",
  "deleteFlag",
);

/** What can be done, each by anybody; gives the requests that the call may carry out. */
type Door = (
  world: World,
  who: Person,
  act: { readonly choice: Choice; readonly pick: number; readonly at: number },
) => Promise<readonly Known[]>;

const pathOf = ({ key }: World) => `/api/v2/projects/default/flags/${key}/environments/production`;
const picked = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length];

/** Answers that carry no request out. */
async function plainly(answer: Promise<Answer>): Promise<readonly Known[]> {
  await answer;
  return [];
}

const doors: Readonly<Record<string, Door>> = {
  semanticPatch: (world, who, act) =>
    plainly(
      as(who, "PATCH", `${flagsPath}/${world.key}`, {
        environmentKey: "production",
        instructions: [instructionOf(world)[act.choice]],
      }),
    ),
  jsonPatch: (world, who, { pick }) =>
    plainly(
      as(who, "PATCH", `${flagsPath}/${world.key}`, [
        { op: "replace", path: "/environments/production/on", value: pick % 2 === 0 },
      ]),
    ),
  mergePatch: (world, who, { pick }) =>
    plainly(as(who, "PATCH", `${flagsPath}/${world.key}`, { archived: pick % 2 === 0 })),
  deletion: (world, who) => plainly(as(who, "DELETE", `${flagsPath}/${world.key}`)),
  creation: (world, who, { pick }) =>
    plainly(as(who, "POST", flagsPath, { key: `${world.key}-${pick}`, name: "Another" })),
  segment: (world, who) =>
    plainly(
      as(who, "POST", "/api/v2/segments/default/production", { key: world.key, name: "Some" }),
    ),
  expiry: (world, who) =>
    plainly(
      as(who, "PATCH", `${flagsPath}/${world.key}/expiring-targets/production`, {
        instructions: [
          {
            kind: "addExpiringTarget",
            variationId: world.variationId,
            contextKey: "grace",
            value: now + 1000,
          },
        ],
      }),
    ),
  importing: (world, who) =>
    plainly(
      as(who, "POST", "/api/v2/projects/default/import", {
        format: "flagd",
        environmentKey: "production",
        documents: {
          flags: {
            flags: {
              [`${world.key}-flagd`]: {
                state: "ENABLED",
                variants: { on: true, off: false },
                defaultVariant: "on",
              },
            },
          },
        },
      }),
    ),
  settings: (_, who, { pick }) =>
    plainly(
      as(who, "PATCH", settingsPath, {
        environmentKey: "production",
        resourceKind: pick % 2 === 0 ? "flag" : "segment",
        ...picked(
          [
            { required: false },
            { minNumApprovals: 1 },
            { canReviewOwnRequest: true },
            { requiredApprovalTags: ["none"] },
            { bypassApprovalsForPendingChanges: true },
          ],
          pick,
        ),
      }),
    ),
  environmentPatch: (_, who) =>
    plainly(
      as(who, "PATCH", production, [
        { op: "replace", path: "/approvalSettings/required", value: false },
      ]),
    ),
  environmentDeletion: (_, who) => plainly(as(who, "DELETE", production)),
  projectDeletion: (_, who) => plainly(as(who, "DELETE", "/api/v2/projects/default")),
  release: (world, who) =>
    plainly(
      as(who, "PUT", `/api/v2/projects/default/flags/${world.key}/release`, {
        releasePipelineKey: "usual",
      }),
    ),
  releasePhase: async (world, who) => {
    const path = `/api/v2/flags/default/${world.key}/release`;
    const patch = [{ op: "replace", path: "/phases/0/complete", value: true }];
    return plainly(as(who, "PATCH", path, patch));
  },
  workflow: (world, who, act) =>
    plainly(
      as(who, "POST", `${pathOf(world)}/workflows`, {
        name: "by stages",
        stages: [{ action: { instructions: [instructionOf(world)[act.choice]] } }],
      }),
    ),
  schedule: (world, who, act) =>
    plainly(
      as(who, "POST", `${pathOf(world)}/scheduled-changes?ignoreConflicts=true`, {
        executionDate: now + 1000,
        instructions: [instructionOf(world)[act.choice]],
      }),
    ),
  trigger: async (world, who) => {
    const answer = await as(who, "POST", `${flagsPath}/${world.key}/triggers/production`, {
      integrationKey: "generic-trigger",
      instructions: [{ kind: "turnFlagOn" }],
    });
    const made = z.object({ triggerURL: z.string() }).safeParse(answer.body);
    if (made.success) world.triggers.push(new URL(made.data.triggerURL).pathname);
    return [];
  },
  pullTrigger: async (world, _, { pick }) => {
    const url = picked(world.triggers, pick);
    if (url !== undefined) await server.running.app.inject({ method: "POST", url, payload: {} });
    return [];
  },
  anyDoor: async (_, { headers }, { at }) => {
    const door = picked(approvalDoors, at);
    if (door === undefined) return [];
    const request = requestThrough(door, { ...place, now });
    const sent = { ...request, headers: { ...request.headers, ...headers } };
    await server.running.app.inject(sent);
    return [];
  },
  ask: (world, who, act) =>
    asked(world, who, `${pathOf(world)}/approval-requests`, {
      instructions: [instructionOf(world)[act.choice]],
      ...(act.pick % 3 === 0 ? { executionDate: now + 1000 } : {}),
    }),
  askForNew: (world, who, { pick }) => {
    const kind = pick % 2 === 0 ? "flag" : "segment";
    const value = { key: `${world.key}-asked`, name: "Asked for" };
    return asked(world, who, "/api/v2/approval-requests", {
      resourceId: `proj/default:env/production:${kind}/${value.key}`,
      instructions: [{ kind: kind === "flag" ? "createFlag" : "createSegment", value }],
    });
  },
  askForCopy: (world, who) =>
    asked(world, who, `${pathOf(world)}/approval-requests-flag-copy`, { source: { key: "test" } }),
  approve: (world, who, act) => reviewed(world, who, { ...act, kind: "approve" }),
  decline: (world, who, act) => reviewed(world, who, { ...act, kind: "decline" }),
  edit: async (world, who, act) => {
    const request = picked(world.requests, act.pick);
    if (request === undefined) return [];
    const answer = await as(who, "PATCH", `/api/v2/approval-requests/${request.id}`, {
      instructions: [{ kind: "replaceInstructions", value: [instructionOf(world)[act.choice]] }],
    });
    if (answer.status !== 200) return [];
    request.approvals.clear();
    request.declines.clear();
    if (who.member !== undefined) request.authors.add(who.member);
    return [];
  },
  apply: async (world, who, { pick }) => {
    const request = picked(world.requests, pick);
    if (request === undefined) return [];
    await as(who, "POST", `/api/v2/approval-requests/${request.id}/apply`, {});
    return [request];
  },
  timePasses: async () => {
    now += 2000;
    await server.running.runDueWork();
    return everyRequest;
  },
};

async function asked(
  world: World,
  who: Person,
  url: string,
  body: object,
): Promise<readonly Known[]> {
  const answer = await as(who, "POST", url, { description: "please", ...body });
  const made = z.object({ _id: z.string() }).safeParse(answer.body);
  if (answer.status !== 201 || !made.success) return [];
  const authors = new Set(who.member === undefined ? [] : [who.member]);
  const known = { id: made.data._id, authors, approvals: new Set<string>() };
  const request = { ...known, declines: new Set<string>() };
  world.requests.push(request);
  everyRequest.push(request);
  return [];
}

async function reviewed(
  world: World,
  who: Person,
  { pick, kind }: { readonly pick: number; readonly kind: "approve" | "decline" },
): Promise<readonly Known[]> {
  const request = picked(world.requests, pick);
  if (request === undefined) return [];
  const url = `/api/v2/approval-requests/${request.id}/reviews`;
  await as(who, "POST", url, { kind });
  if (who.member === undefined) return [request];
  // The model counts by itself; that the server took the review is not its business.
  const [added, other] =
    kind === "approve"
      ? [request.approvals, request.declines]
      : [request.declines, request.approvals];
  added.add(who.member);
  other.delete(who.member);
  return [request];
}

/** Enough members who did not write it approved of what it asks for now. */
function isApproved({ approvals, authors }: Known): boolean {
  return [...approvals].filter((member) => !authors.has(member)).length >= needed;
}

async function payload(): Promise<string> {
  const rows = await server.running.db
    .selectFrom("item")
    .innerJoin("environment", "environment.id", "item.environment_id")
    .select(["item.kind", "item.key", "item.body"])
    .where("environment.key", "=", "production")
    .orderBy("item.key")
    .execute();
  const own = rows.map(({ kind, key, body }) => [kind, key, withoutVersion(body)]);
  return JSON.stringify([own, await servedIn(server, place.projectKey)]);
}

function withoutVersion(body: string | null): unknown {
  return body === null ? null : { ...JSON.parse(body), version: 0 };
}

const everyone = { environmentKey: "production", name: "Everyone" };
await server.ask("POST", "/api/v2/projects/default/release-pipelines", {
  key: "usual",
  name: "Usual",
  phases: [{ name: "Serve", audiences: [everyone] }],
});

/** A project where every door leads to something; no request is about it, so that nothing moves there. */
const place = await newDoorWorld(server, {
  projectKey: "shut",
  tick: () => {
    now += 1000;
    return now;
  },
});
await protectWorld(server, place, { minNumApprovals: needed });

let worlds = 0;
async function newWorld(): Promise<World> {
  for (const resourceKind of ["flag", "segment"]) {
    await server.ask("PATCH", settingsPath, {
      environmentKey: "production",
      resourceKind,
      required: true,
      minNumApprovals: needed,
      canReviewOwnRequest: false,
      requiredApprovalTags: [],
      bypassApprovalsForPendingChanges: false,
      autoApplyApprovedChanges: worlds % 2 === 0,
    });
  }
  worlds += 1;
  const key = `world-${worlds}`;
  const flag = await server.ask("POST", flagsPath, { key, name: key, tags: ["pay"] });
  const { variations } = z
    .object({ variations: z.array(z.object({ _id: z.string() })) })
    .parse(flag.json());
  const test = { environmentKey: "test", instructions: [{ kind: "turnFlagOn" }] };
  await server.ask("PATCH", `${flagsPath}/${key}`, test);
  return { key, variationId: variations[0]?._id ?? "", requests: [], triggers: [] };
}

/** Half of what is done leads towards a change that is carried out. */
const door = fc.oneof(
  fc.constantFrom(...Object.keys(doors)),
  fc.constantFrom("ask", "askForNew", "approve", "approve", "approve", "edit", "apply"),
  fc.constant("anyDoor"),
);
const step = fc.record({
  door,
  who: fc.constantFrom(...people),
  choice,
  pick: fc.nat({ max: 2 }),
  at: fc.nat({ max: approvalDoors.length - 1 }),
});

it("never changes what is served without enough approvals of exactly that, whatever is called", async () => {
  let carriedOut = 0;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      const world = await newWorld();
      for (const { door, who, ...act } of steps) {
        const before = await payload();
        const blamed = (await doors[door]?.(world, who, act)) ?? [];
        if ((await payload()) === before) continue;
        carriedOut += 1;
        expect([door, blamed.some(isApproved)]).toEqual([door, true]);
      }
    }),
    { numRuns: 60, seed: 20_261_101 },
  );

  // Where nothing is ever carried out, the law says nothing.
  expect(carriedOut).toBeGreaterThan(5);
}, 120_000);
