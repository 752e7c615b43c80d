import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";

const list = "/api/v2/tokens";
const one = `${list}/:id`;
const administering = {
  needs: "administering",
  resource: "service-token/*",
  make: makeToken,
} as const;
/** Who holds no rank may give rights to a service token only where the whole account is theirs. */
const besides = [{ action: "*", resource: "acct" }];
const settings = { name: "Made", role: "reader", serviceToken: true };

export const rows: readonly Row[] = [
  { route: "GET /api/v2/caller-identity", needs: "being known" },
  {
    ...administering,
    route: `GET ${list}`,
    query: "?limit=10000",
    action: "viewAccessTokens",
    shows: ({ id }) => String(id),
  },
  { ...administering, route: `GET ${one}`, action: "viewAccessTokens" },
  {
    ...administering,
    route: `POST ${list}`,
    action: "createAccessToken",
    besides,
    body: () => settings,
  },
  {
    ...administering,
    route: `PATCH ${one}`,
    action: "updateAccessTokenName",
    besides,
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: fresh }],
  },
  { ...administering, route: `POST ${one}/reset`, action: "resetAccessToken" },
  { ...administering, route: `DELETE ${one}`, action: "deleteAccessToken" },
];

async function makeToken(askAsOwner: AskAsOwner): Promise<Values> {
  return { id: idOf(await askAsOwner("POST", list, settings)) };
}
