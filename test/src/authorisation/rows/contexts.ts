import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";

const environment = "/api/v2/projects/:projectKey/environments/:environmentKey";
const instance = `${environment}/context-instances/:instanceId`;
const users = "/api/v2/users/:projectKey/:environmentKey";
const user = `${users}/:userKey`;
const expiries = "/api/v2/users/:projectKey/:userKey/expiring-user-targets/:environmentKey";
const seen = {
  needs: "reading",
  action: "viewProject",
  resource: "proj/{projectKey}",
  make: reportUser,
} as const;
const targeting = {
  needs: "writing",
  resource: "proj/{projectKey}:env/*:flag/*",
  make: makeFlag,
} as const;
const anyoneMayCome = "whoever was not seen yet may come at any time";
const variationId = "00000000-0000-4000-8000-000000000001";

export const rows: readonly Row[] = [
  { ...seen, route: `POST ${environment}/contexts/search`, body: () => ({}) },
  { ...seen, route: `POST ${environment}/context-instances/search`, body: () => ({}) },
  { ...seen, route: `GET ${environment}/contexts/:kind/:key`, neverMissing: anyoneMayCome },
  { ...seen, route: `GET ${instance}`, make: findInstance, neverMissing: anyoneMayCome },
  {
    route: `DELETE ${instance}`,
    needs: "writing",
    action: "deleteContextInstance",
    resource: "proj/{projectKey}:env/*:context/*",
    make: findInstance,
  },
  { ...seen, route: `GET ${environment}/context-attributes` },
  {
    ...seen,
    route: `GET ${environment}/context-attributes/:attributeName`,
    neverMissing: anyoneMayCome,
  },
  { ...seen, route: `GET ${environment}/context-settings` },
  {
    route: `PATCH ${environment}/context-settings`,
    needs: "writing",
    action: "updateContextSettings",
    resource: "proj/{projectKey}:env/*",
    make: async (askAsOwner, { projectKey }) => {
      const path = `/api/v2/projects/${projectKey}/environments/test/context-settings`;
      await askAsOwner("PATCH", path, { retentionDays: 30 });
      return {};
    },
    body: () => ({ retentionDays: 20 }),
  },
  {
    ...targeting,
    route: `PUT ${environment}/contexts/:contextKind/:contextKey/flags/:flagKey`,
    action: "updateTargets",
    body: () => ({ setting: true }),
  },
  {
    ...targeting,
    route: `PUT ${user}/flags/:flagKey`,
    action: "updateTargets",
    body: () => ({ setting: true }),
  },
  { ...seen, route: `GET ${user}/flags`, neverMissing: anyoneMayCome },
  { ...seen, route: `GET ${user}/flags/:flagKey` },
  { ...seen, route: `GET ${users}` },
  { ...seen, route: "GET /api/v2/user-search/:projectKey/:environmentKey" },
  { ...seen, route: "GET /api/v2/user-attributes/:projectKey/:environmentKey" },
  { ...seen, route: `GET ${user}` },
  {
    route: `DELETE ${user}`,
    needs: "writing",
    action: "deleteUser",
    resource: "proj/{projectKey}:env/*:user/*",
    make: reportUser,
  },
  { ...seen, route: `GET ${expiries}` },
  {
    ...targeting,
    route: `PATCH ${expiries}`,
    action: "updateExpiringTargets",
    make: targetUser,
    body: ({ flagKey }) => ({
      instructions: [
        { kind: "addExpireUserTargetDate", flagKey, variationId, value: Date.UTC(2100, 0) },
      ],
    }),
  },
];

const Environment = z.object({ _id: z.string() });
const Instances = z.object({ items: z.tuple([z.object({ id: z.string() })]) });

/** As an SDK does it. */
async function reportUser(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { projectKey, fresh } = values;
  const path = `/api/v2/projects/${projectKey}/environments/test`;
  const { _id } = Environment.parse(await askAsOwner("GET", path));
  const context = { kind: "user", key: fresh, plan: "pro" };
  const event = { kind: "identify", creationDate: Date.now(), context };
  await askAsOwner("POST", `/events/bulk/${_id}`, [event]);
  return { kind: "user", key: String(fresh), userKey: String(fresh), attributeName: "plan" };
}

async function findInstance(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { key } = await reportUser(askAsOwner, values);
  const path = `/api/v2/projects/${values["projectKey"]}/environments/test/context-instances/search`;
  const found = await askAsOwner("POST", path, { filter: `user.key equals "${key}"` });
  return { instanceId: Instances.parse(found).items[0].id };
}

async function makeFlag(askAsOwner: AskAsOwner, { projectKey, fresh }: Values): Promise<Values> {
  const variations = [{ _id: variationId, value: true }, { value: false }];
  await askAsOwner("POST", `/api/v2/flags/${projectKey}`, {
    key: fresh,
    name: "Made",
    variations,
  });
  return { flagKey: String(fresh), contextKind: "user", contextKey: "ada", userKey: "ada" };
}

async function targetUser(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const made = await makeFlag(askAsOwner, values);
  await askAsOwner("PATCH", `/api/v2/flags/${values["projectKey"]}/${made["flagKey"]}`, {
    environmentKey: "test",
    instructions: [{ kind: "addTargets", variationId, contextKind: "user", values: ["ada"] }],
  });
  return made;
}
