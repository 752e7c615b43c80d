import type { Row } from "../row.ts";
import { inviteMember } from "./members.ts";

const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const writing = { needs: "writing", resource: "proj/{projectKey}:env/*:flag/*" } as const;
const flag = "/api/v2/flags/:projectKey/:flagKey";
const inEnvironment = "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey";
const variationId = "00000000-0000-4000-8000-000000000001";

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${flag}/dependent-flags` },
  { ...seen, route: "GET /api/v2/flags/:projectKey/:environmentKey/:flagKey/dependent-flags" },
  { ...seen, route: "GET /api/v2/projects/:projectKey/flag-names" },
  { ...seen, route: "GET /api/v2/flag-statuses/:projectKey/:environmentKey" },
  { ...seen, route: "GET /api/v2/flag-statuses/:projectKey/:environmentKey/:flagKey" },
  { ...seen, route: "GET /api/v2/flag-status/:projectKey/:flagKey" },
  { ...seen, route: `GET ${inEnvironment}/followers` },
  { ...seen, route: "GET /api/v2/projects/:projectKey/environments/:environmentKey/followers" },
  {
    ...seen,
    route: `POST ${inEnvironment}/migration-safety-issues`,
    make: async (askAsOwner, { projectKey, fresh }) => {
      const migration = { purpose: "migration", migrationSettings: { stageCount: 6 } };
      await askAsOwner("POST", `/api/v2/flags/${projectKey}`, {
        key: fresh,
        name: "Made",
        ...migration,
      });
      return { flagKey: String(fresh) };
    },
    body: () => ({ instructions: [{ kind: "turnFlagOn" }] }),
  },
  {
    ...writing,
    route: `POST ${flag}/copy`,
    action: "updateOn",
    besides: ["copyFlagConfigFrom", "copyFlagConfigTo"].map((action) => ({ ...writing, action })),
    make: async (askAsOwner, { projectKey, fresh }) => {
      const path = `/api/v2/flags/${projectKey}`;
      await askAsOwner("POST", path, { key: fresh, name: "Made" });
      const instructions = [{ kind: "turnFlagOn" }];
      await askAsOwner("PATCH", `${path}/${fresh}`, { environmentKey: "test", instructions });
      return { flagKey: String(fresh) };
    },
    body: () => ({
      source: { key: "test" },
      target: { key: "production" },
      includedActions: ["updateOn"],
    }),
  },
  {
    ...writing,
    route: `PUT ${inEnvironment}/followers/:memberId`,
    action: "manageFlagFollowers",
    make: async (askAsOwner, values) => ({
      memberId: String((await inviteMember(askAsOwner, values))["id"]),
    }),
  },
  {
    ...writing,
    route: `DELETE ${inEnvironment}/followers/:memberId`,
    action: "manageFlagFollowers",
    make: async (askAsOwner, values) => {
      const { id } = await inviteMember(askAsOwner, values);
      const path = `/api/v2/projects/${values["projectKey"]}/flags/standing/environments/test`;
      await askAsOwner("PUT", `${path}/followers/${id}`);
      return { memberId: String(id) };
    },
  },
  { ...seen, route: `GET ${flag}/expiring-user-targets/:environmentKey` },
  {
    ...writing,
    route: `PATCH ${flag}/expiring-user-targets/:environmentKey`,
    action: "updateExpiringTargets",
    make: async (askAsOwner, { projectKey, fresh }) => {
      const path = `/api/v2/flags/${projectKey}`;
      const variations = [{ _id: variationId, value: true }, { value: false }];
      await askAsOwner("POST", path, { key: fresh, name: "Made", variations });
      await askAsOwner("PATCH", `${path}/${fresh}`, {
        environmentKey: "test",
        instructions: [{ kind: "addTargets", variationId, contextKind: "user", values: ["ada"] }],
      });
      return { flagKey: String(fresh) };
    },
    body: () => ({
      instructions: [
        {
          kind: "addExpireUserTargetDate",
          variationId,
          userKey: "ada",
          value: Date.UTC(2100, 0),
        },
      ],
    }),
  },
];
