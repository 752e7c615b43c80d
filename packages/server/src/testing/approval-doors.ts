import type { LightMyRequestResponse } from "fastify";
import { z } from "zod";
import type { TemporaryServer } from "./temporary-server.ts";

/** A project of which production is about to be protected, and that has something behind every door. */
export interface DoorWorld {
  readonly projectKey: string;
  /** The key of its flag and of its segment. */
  readonly key: string;
  /** The key of its big segment. */
  readonly bigKey: string;
  readonly on: string;
  /** When the flag and the segment were otherwise, in Unix milliseconds. */
  readonly at: number;
  readonly now: number;
  /** What has an id, by the name of the parameter; only where somebody with the right made it. */
  readonly ids: Readonly<Record<string, string>>;
}

interface Call {
  /** A text where it is not JSON. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, string>>;
}

/** One way in: a write route, and a body that goes through it. */
export interface Door {
  /** Such as `PATCH /api/v2/flags/:projectKey/:flagKey`. */
  readonly route: string;
  readonly name: string;
  /** Whether it leads to what production serves, now or later. */
  readonly leads: boolean;
  readonly call: (world: DoorWorld) => Call;
}

type Calling = (world: DoorWorld) => Call;
const leading = (route: string, name: string, call: Calling = () => ({})): Door => ({
  route,
  name,
  leads: true,
  call,
});
const quiet = (route: string, body?: object): Door => ({
  route,
  name: "as it is",
  leads: false,
  call: () => (body === undefined ? {} : { body }),
});
const instructing = (instruction: (world: DoorWorld) => object, more: object = {}): Calling => {
  return (world) => ({ body: { ...more, instructions: [instruction(world)] } });
};
const inProduction = { environmentKey: "production" };
const expiring = (contextKey: string): Calling =>
  instructing(({ on, now }) => ({
    kind: "addExpiringTarget",
    variationId: on,
    contextKind: "user",
    contextKey,
    value: now + 1000,
  }));
const big: Calling = ({ bigKey }) => ({ params: { segmentKey: bigKey } });
const membership: Calling = (world) => ({ ...big(world), body: { included: { add: ["linus"] } } });
const then: Calling = ({ at }) => ({ body: { at } });

const flag = "/api/v2/flags/:projectKey/:flagKey";
const flagIn = "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey";
const segment = "/api/v2/segments/:projectKey/:environmentKey/:segmentKey";
const environment = "/api/v2/projects/:projectKey/environments/:environmentKey";
const phases = "/api/v2/projects/:projectKey/flags/:flagKey/release";

const flagDoors: readonly Door[] = [
  leading("POST /api/v2/flags/:projectKey", "as it is", () => ({
    body: { key: "another", name: "Another" },
  })),
  leading(
    `PATCH ${flag}`,
    "by instructions",
    instructing(() => ({ kind: "turnFlagOff" }), inProduction),
  ),
  leading(`PATCH ${flag}`, "of several environments at once", () => ({
    body: ["test", "production"].map((key) => ({
      op: "replace",
      path: `/environments/${key}/on`,
      value: false,
    })),
  })),
  leading(`PATCH ${flag}`, "by a merge patch", () => ({ body: { archived: true } })),
  leading(
    `PATCH ${flag}`,
    "by an instruction that deletes",
    instructing(() => ({ kind: "deleteFlag" })),
  ),
  leading(`DELETE ${flag}`, "as it is"),
  leading(`POST ${flag}/copy`, "from test", () => ({
    body: { source: { key: "test" }, target: { key: "production" } },
  })),
  leading(`PATCH ${flag}/expiring-targets/:environmentKey`, "as it is", expiring("ada")),
  leading(
    `PATCH ${flag}/expiring-user-targets/:environmentKey`,
    "as it is",
    instructing(({ on, now }) => ({
      kind: "addExpireUserTargetDate",
      variationId: on,
      userKey: "ada",
      value: now + 1000,
    })),
  ),
  leading(
    "PATCH /api/v2/users/:projectKey/:userKey/expiring-user-targets/:environmentKey",
    "as it is",
    instructing(({ on, key, now }) => ({
      kind: "addExpireUserTargetDate",
      flagKey: key,
      variationId: on,
      value: now + 1000,
    })),
  ),
  leading(
    `PUT ${environment}/contexts/:contextKind/:contextKey/flags/:flagKey`,
    "as it is",
    () => ({
      body: { setting: false },
    }),
  ),
  leading(
    "PUT /api/v2/users/:projectKey/:environmentKey/:userKey/flags/:flagKey",
    "as it is",
    () => ({
      body: { setting: false },
    }),
  ),
  leading("POST /api/v2/projects/:projectKey/flags/:flagKey/restore", "as it is", then),
  quiet(`POST ${flagIn}/migration-safety-issues`, { instructions: [{ kind: "turnFlagOff" }] }),
  quiet(`POST ${flagIn}/impact`, { instructions: [{ kind: "turnFlagOff" }] }),
  quiet(`PUT ${flagIn}/followers/:memberId`),
  quiet(`DELETE ${flagIn}/followers/:memberId`),
];

const segmentDoors: readonly Door[] = [
  leading("POST /api/v2/segments/:projectKey/:environmentKey", "as it is", () => ({
    body: { key: "another", name: "Another" },
  })),
  leading(
    `PATCH ${segment}`,
    "by instructions",
    instructing(() => ({ kind: "addIncludedTargets", contextKind: "user", values: ["linus"] })),
  ),
  leading(`PATCH ${segment}`, "by JSON Patch", () => ({
    body: [{ op: "add", path: "/included/-", value: "linus" }],
  })),
  leading(`DELETE ${segment}`, "as it is"),
  quiet(
    "POST /api/v2/projects/:projectKey/segments/:segmentKey/environments/:environmentKey/impact",
    {
      instructions: [],
    },
  ),
  leading(`POST ${segment}/contexts`, "as it is", membership),
  leading(`POST ${segment}/users`, "as it is", membership),
  leading(`POST ${segment}/imports`, "as it is", (world) => {
    const body = [
      '--part\r\ncontent-disposition: form-data; name="mode"\r\n\r\nmerge',
      '--part\r\ncontent-disposition: form-data; name="file"; filename="members.csv"\r\n\r\nlinus\n',
      "--part--\r\n",
    ].join("\r\n");
    const headers = { "content-type": "multipart/form-data; boundary=part" };
    return { ...big(world), body, headers };
  }),
  leading(
    "PATCH /api/v2/segments/:projectKey/:segmentKey/expiring-targets/:environmentKey",
    "as it is",
    instructing(({ now }) => ({
      kind: "addExpiringTarget",
      targetType: "included",
      contextKind: "user",
      contextKey: "ada",
      value: now + 1000,
    })),
  ),
  leading(
    "PATCH /api/v2/segments/:projectKey/:segmentKey/expiring-user-targets/:environmentKey",
    "as it is",
    instructing(({ now }) => ({
      kind: "addExpireUserTargetDate",
      targetType: "included",
      userKey: "ada",
      value: now + 1000,
    })),
  ),
  leading(`POST ${environment}/segments/:segmentKey/restore`, "as it is", then),
  quiet(`POST ${segment}/exports`),
  quiet(`POST ${environment}/segments/evaluate`, { kind: "user", key: "ada" }),
];

const environmentDoors: readonly Door[] = [
  leading(`POST ${environment}/restore`, "as it is", then),
  leading(`PATCH ${environment}`, "to require nothing", () => ({
    body: [{ op: "replace", path: "/approvalSettings/required", value: false }],
  })),
  leading(`DELETE ${environment}`, "as it is"),
  leading("DELETE /api/v2/projects/:projectKey", "as it is"),
  leading(
    "PATCH /api/v2/approval-requests/projects/:projectKey/settings",
    "to require nothing",
    () => ({
      body: { ...inProduction, resourceKind: "flag", required: false },
    }),
  ),
  leading("POST /api/v2/projects/:projectKey/import", "as it is", () => ({
    body: {
      format: "flagd",
      ...inProduction,
      documents: {
        flags: {
          flags: {
            flagd: { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "on" },
          },
        },
      },
    },
  })),
  quiet("PATCH /api/v2/projects/:projectKey", [{ op: "replace", path: "/name", value: "Named" }]),
  quiet("PUT /api/v2/projects/:projectKey/flag-defaults", {}),
  quiet("PATCH /api/v2/projects/:projectKey/flag-defaults", []),
  quiet("PATCH /api/v2/projects/:projectKey/lifecycle", [
    { op: "replace", path: "/unusedDays", value: 30 },
  ]),
  quiet("PUT /api/v2/projects/:projectKey/context-kinds/:key", { name: "Team" }),
  quiet("POST /api/v2/projects/:projectKey/environments", {
    key: "fourth",
    name: "Fourth",
    color: "123456",
  }),
  quiet("POST /api/v2/projects/:projectKey/payload-filters", {}),
  quiet("DELETE /api/v2/projects/:projectKey/payload-filters/:filterKey"),
  quiet(`POST ${environment}/apiKey`),
  quiet(`POST ${environment}/mobileKey`),
  quiet(`POST ${environment}/keys`, {}),
  quiet(`DELETE ${environment}/keys/:secret`),
  quiet(`PATCH ${environment}/context-settings`, {}),
  quiet(`POST ${environment}/contexts/search`, {}),
  quiet(`POST ${environment}/context-instances/search`, {}),
  quiet(`DELETE ${environment}/context-instances/:instanceId`),
  quiet("DELETE /api/v2/users/:projectKey/:environmentKey/:userKey"),
  quiet(`POST ${environment}/flags/evaluate`, { kind: "user", key: "ada" }),
];

const laterDoors: readonly Door[] = [
  leading(`POST ${flagIn}/scheduled-changes`, "as it is", ({ now }) => ({
    body: { executionDate: now + 1000, instructions: [{ kind: "turnFlagOff" }] },
  })),
  leading(`PATCH ${flagIn}/scheduled-changes/:id`, "to do something else", ({ ids }) => ({
    params: { id: ids["schedule"] ?? "none" },
    body: {
      instructions: [
        { kind: "replaceScheduledChangesInstructions", value: [{ kind: "archiveFlag" }] },
      ],
    },
  })),
  quiet(`DELETE ${flagIn}/scheduled-changes/:id`),
  leading(`POST ${flag}/triggers/:environmentKey`, "as it is", () => ({
    body: { integrationKey: "generic-trigger", instructions: [{ kind: "turnFlagOff" }] },
  })),
  leading(`PATCH ${flag}/triggers/:environmentKey/:id`, "to do something else", ({ ids }) => ({
    params: { id: ids["trigger"] ?? "none" },
    body: {
      instructions: [
        { kind: "replaceTriggerActionInstructions", value: [{ kind: "turnFlagOff" }] },
      ],
    },
  })),
  quiet(`DELETE ${flag}/triggers/:environmentKey/:id`),
  leading(`POST ${flagIn}/workflows`, "as it is", () => ({
    body: { name: "By stages", stages: [{ action: { instructions: [{ kind: "turnFlagOff" }] } }] },
  })),
  quiet(`DELETE ${flagIn}/workflows/:workflowId`),
  quiet("POST /api/v2/projects/:projectKey/release-pipelines", {}),
  quiet("PUT /api/v2/projects/:projectKey/release-pipelines/:pipelineKey", {}),
  quiet("DELETE /api/v2/projects/:projectKey/release-pipelines/:pipelineKey"),
  quiet(`PUT ${phases}`, { releasePipelineKey: "usual" }),
  leading(`PUT ${phases}/phases/:phaseId`, "as it is", ({ ids }) => ({
    params: { phaseId: ids["phase"] ?? "none" },
    body: { status: "Started" },
  })),
  leading(`PATCH ${flag}/release`, "as it is", () => ({
    body: [{ op: "replace", path: "/phases/1/complete", value: true }],
  })),
  quiet(`DELETE ${flag}/release`),
];

/** Every write route through which somebody may reach for an environment, but those of requests. */
export const approvalDoors: readonly Door[] = [
  ...flagDoors,
  ...segmentDoors,
  ...environmentDoors,
  ...laterDoors,
];

export interface DoorRequest {
  readonly method: "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: object | string;
}

export function requestThrough({ route, call }: Door, world: DoorWorld): DoorRequest {
  const { body, params = {}, headers = {} } = call(world);
  const known: Readonly<Record<string, string>> = {
    projectKey: world.projectKey,
    ...inProduction,
    flagKey: world.key,
    segmentKey: world.key,
    pipelineKey: "usual",
    contextKind: "user",
    contextKey: "ada",
    userKey: "ada",
    ...params,
  };
  const [method, path = ""] = route.split(" ");
  return {
    method: z.enum(["POST", "PATCH", "PUT", "DELETE"]).parse(method),
    url: path.replaceAll(/:(\w+)/gu, (_, name: string) => known[name] ?? "none"),
    headers,
    ...(body === undefined ? {} : { payload: body }),
  };
}

async function done(answer: Promise<LightMyRequestResponse>): Promise<unknown> {
  const { statusCode, body } = await answer;
  if (statusCode >= 300) throw new Error(`the world is not made: ${statusCode} ${body}`);
  return body === "" ? undefined : JSON.parse(body);
}

/** Makes the world; what it was at `at` is otherwise a second later, by the clock that is moved. */
export async function newDoorWorld(
  server: TemporaryServer,
  { projectKey, tick }: { readonly projectKey: string; readonly tick: () => number },
): Promise<DoorWorld> {
  const key = "held";
  const bigKey = "held-big";
  const flags = `/api/v2/flags/${projectKey}`;
  const segments = `/api/v2/segments/${projectKey}/production`;
  await done(server.ask("POST", "/api/v2/projects", { key: projectKey, name: projectKey }));
  const made = z
    .object({ variations: z.array(z.object({ _id: z.string() })).min(1) })
    .parse(await done(server.ask("POST", flags, { key, name: key, tags: ["pay"] })));
  const [on = "", off = ""] = made.variations.map(({ _id }) => _id);
  await done(server.ask("POST", segments, { key, name: key }));
  await done(server.ask("POST", segments, { key: bigKey, name: bigKey, unbounded: true }));
  await done(
    server.ask("POST", `/api/v2/projects/${projectKey}/release-pipelines`, {
      key: "usual",
      name: "Usual",
      phases: [
        { name: "Try", audiences: [{ environmentKey: "test", name: "Everyone" }] },
        { name: "Serve", audiences: [{ ...inProduction, name: "Everyone" }] },
      ],
    }),
  );
  const at = tick();
  tick();
  const change = (url: string, body: object) => done(server.ask("PATCH", url, body));
  const targets = { kind: "addTargets", variationId: on, values: ["ada"], contextKind: "user" };
  await change(`${flags}/${key}`, {
    ...inProduction,
    instructions: [
      { kind: "turnFlagOn" },
      { kind: "updateFallthroughVariationOrRollout", variationId: off },
      targets,
    ],
  });
  await change(`${flags}/${key}`, {
    environmentKey: "test",
    instructions: [{ kind: "turnFlagOn" }],
  });
  const included = { kind: "addIncludedTargets", contextKind: "user", values: ["ada"] };
  await change(`${segments}/${key}`, { instructions: [included] });
  return { projectKey, key, bigKey, on, at, now: tick(), ids: {} };
}

/** From here on production takes approved changes only. */
export async function protectWorld(
  server: TemporaryServer,
  { projectKey }: Pick<DoorWorld, "projectKey">,
  settings: object = {},
): Promise<void> {
  for (const resourceKind of ["flag", "segment"]) {
    const url = `/api/v2/approval-requests/projects/${projectKey}/settings`;
    const body = { ...inProduction, resourceKind, required: true, ...settings };
    await done(server.ask("PATCH", url, body));
  }
}

/** All that production serves in a project, with whom big segments hold, and what it asks of changes. */
export async function servedIn(
  { running: { db } }: TemporaryServer,
  projectKey: string,
): Promise<string> {
  const environment = await db
    .selectFrom("environment")
    .innerJoin("project", "project.id", "environment.project_id")
    .select(["environment.id", "environment.approval_settings"])
    .where("project.key", "=", projectKey)
    .where("environment.key", "=", "production")
    .executeTakeFirst();
  if (environment === undefined) return "nothing";
  const { id, approval_settings: settings } = environment;
  const items = await db
    .selectFrom("item")
    .select(["kind", "key", "body"])
    .where("environment_id", "=", id)
    .orderBy("key")
    .execute();
  const members = await db
    .selectFrom("big_segment_member")
    .selectAll()
    .where("environment_id", "=", id)
    .orderBy("context_key")
    .execute();
  const bodies = items.map(({ kind, key, body }) => [
    kind,
    key,
    body === null ? null : { ...JSON.parse(body), version: 0 },
  ]);
  return JSON.stringify([settings, bodies, members]);
}
