import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";

const log = "/api/v2/auditlog";
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const named = { ...seen, make: changeFlag, shows: nameOf } as const;
const restoring = { needs: "writing", body: ({ at }: Values) => ({ at: Number(at) }) } as const;
const Entries = z.object({ items: z.tuple([z.looseObject({ _id: z.string() })]) });

export const rows: readonly Row[] = [
  { ...named, route: `GET ${log}`, query: "?limit=20" },
  { ...named, route: `POST ${log}`, query: "?limit=20", body: () => [everything()] },
  { route: `POST ${log}/counts`, needs: "being known", body: () => [everything()] },
  { ...named, route: "GET /api/v2/audit/export" },
  {
    ...seen,
    route: `GET ${log}/:id`,
    make: async (askAsOwner, values) => {
      const changed = await changeFlag(askAsOwner, values);
      const { items } = Entries.parse(await askAsOwner("GET", `${log}?limit=1`));
      return { ...changed, id: items[0]._id };
    },
  },
  {
    route: "GET /api/v2/audit/checkpoint",
    needs: "reading",
    action: "viewAuditLog",
    resource: "acct",
  },
  {
    route: "POST /api/v2/audit/verification",
    needs: "administering",
    action: "verifyAuditLog",
    resource: "acct",
    body: () => ({}),
  },
  { ...seen, route: "GET /api/v2/projects/:projectKey/export" },
  {
    ...restoring,
    route: "POST /api/v2/projects/:projectKey/flags/:flagKey/restore",
    action: "updateName",
    resource: "proj/{projectKey}:env/*:flag/*",
    make: changeFlag,
  },
  {
    ...restoring,
    route: "POST /api/v2/projects/:projectKey/environments/:environmentKey/restore",
    action: "updateOn",
    resource: "proj/{projectKey}:env/*:flag/*",
    make: turnFlagOn,
  },
  {
    ...restoring,
    route:
      "POST /api/v2/projects/:projectKey/environments/:environmentKey/segments/:segmentKey/restore",
    action: "updateName",
    resource: "proj/{projectKey}:env/*:segment/*",
    make: async (askAsOwner, { projectKey, fresh }) => {
      const path = `/api/v2/segments/${projectKey}/test`;
      await askAsOwner("POST", path, { key: fresh, name: "Made" });
      const at = Date.now();
      await later(at);
      const instructions = [{ kind: "updateName", value: `${fresh}-name` }];
      await askAsOwner("PATCH", `${path}/${fresh}`, { instructions });
      return { segmentKey: String(fresh), at: String(at) };
    },
  },
];

function everything(): object {
  return { effect: "allow", actions: ["*"], resources: ["proj/*:env/*:flag/*"] };
}

function nameOf({ fresh }: Values): string {
  return `${fresh}-name`;
}

/** A flag with a name that it had not at the time given. */
async function changeFlag(askAsOwner: AskAsOwner, { projectKey, fresh }: Values): Promise<Values> {
  const path = `/api/v2/flags/${projectKey}`;
  await askAsOwner("POST", path, { key: fresh, name: "Made" });
  const at = Date.now();
  await later(at);
  const instructions = [{ kind: "updateName", value: `${fresh}-name` }];
  await askAsOwner("PATCH", `${path}/${fresh}`, { instructions });
  return { flagKey: String(fresh), at: String(at) };
}

async function turnFlagOn(askAsOwner: AskAsOwner, { projectKey, fresh }: Values): Promise<Values> {
  const path = `/api/v2/flags/${projectKey}`;
  await askAsOwner("POST", path, { key: fresh, name: "Made" });
  const at = Date.now();
  await later(at);
  const instructions = [{ kind: "turnFlagOn" }];
  await askAsOwner("PATCH", `${path}/${fresh}`, { environmentKey: "test", instructions });
  return { at: String(at) };
}

/** Changes of the same millisecond cannot be told apart by time. */
async function later(at: number): Promise<void> {
  while (Date.now() <= at) await Promise.resolve();
}
