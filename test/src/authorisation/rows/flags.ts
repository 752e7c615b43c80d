import type { AskAsOwner, Row, Values } from "../row.ts";

const list = "/api/v2/flags/:projectKey";
const one = `${list}/:flagKey`;
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const writing = { needs: "writing", resource: "proj/{projectKey}:env/*:flag/*" } as const;

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${list}` },
  { ...seen, route: `GET ${one}` },
  {
    ...writing,
    route: `POST ${list}`,
    action: "createFlag",
    body: ({ fresh }) => ({ key: fresh, name: "Made" }),
  },
  {
    ...writing,
    route: `PATCH ${one}`,
    action: "updateName",
    body: ({ fresh }) => ({ instructions: [{ kind: "updateName", value: fresh }] }),
  },
  { ...writing, route: `DELETE ${one}`, action: "deleteFlag", make: makeFlag },
  { ...seen, route: `GET ${one}/expiring-targets/:environmentKey` },
  {
    ...writing,
    route: `PATCH ${one}/expiring-targets/:environmentKey`,
    action: "updateExpiringTargets",
    make: makeTargetedFlag,
    body: ({ variationId }) => ({
      instructions: [
        {
          kind: "addExpiringTarget",
          variationId,
          contextKey: "ada",
          contextKind: "user",
          value: Date.UTC(2100, 0),
        },
      ],
    }),
  },
];

export async function makeFlag(
  askAsOwner: AskAsOwner,
  { projectKey, fresh }: Values,
): Promise<Values> {
  await askAsOwner("POST", `/api/v2/flags/${projectKey}`, { key: fresh, name: "Made" });
  return { flagKey: String(fresh) };
}

async function makeTargetedFlag(
  askAsOwner: AskAsOwner,
  { projectKey, fresh }: Values,
): Promise<Values> {
  const variationId = "00000000-0000-4000-8000-000000000001";
  const variations = [{ _id: variationId, value: true }, { value: false }];
  const body = { key: fresh, name: "Made", variations };
  await askAsOwner("POST", `/api/v2/flags/${projectKey}`, body);
  await askAsOwner("PATCH", `/api/v2/flags/${projectKey}/${fresh}`, {
    environmentKey: "test",
    instructions: [{ kind: "addTargets", variationId, contextKind: "user", values: ["ada"] }],
  });
  return { flagKey: String(fresh), variationId };
}
