import type { AskAsOwner, Row, Values } from "../row.ts";

const list = "/api/v2/roles";
const one = `${list}/:roleKey`;
const reading = {
  needs: "reading",
  action: "viewRole",
  resource: "role/*",
  make: makeRole,
} as const;
const administering = { needs: "administering", resource: "role/*", make: makeRole } as const;

export const rows: readonly Row[] = [
  { ...reading, route: `GET ${list}` },
  { ...reading, route: `GET ${one}` },
  {
    ...administering,
    route: `POST ${list}`,
    action: "createRole",
    body: ({ fresh }) => ({ key: `${fresh}-2`, name: "Made", policy: [] }),
  },
  {
    ...administering,
    route: `PATCH ${one}`,
    action: "updateName",
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: `${fresh}-2` }],
  },
  { ...administering, route: `DELETE ${one}`, action: "deleteRole" },
];

async function makeRole(askAsOwner: AskAsOwner, { fresh }: Values): Promise<Values> {
  await askAsOwner("POST", list, { key: fresh, name: "Made", policy: [] });
  return { roleKey: String(fresh) };
}
