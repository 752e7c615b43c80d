import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";

const filters = "/api/v2/projects/:projectKey/payload-filters";
const relays = "/api/v2/account/relay-auto-configs";
const filtering = { needs: "writing", resource: "proj/{projectKey}:payload-filter/*" } as const;
const relaying = { needs: "administering", resource: "relay-proxy-config/*" } as const;

export const rows: readonly Row[] = [
  {
    route: `GET ${filters}`,
    needs: "reading",
    action: "viewProject",
    resource: "proj/{projectKey}",
  },
  {
    ...filtering,
    route: `POST ${filters}`,
    action: "createPayloadFilter",
    body: ({ fresh }) => ({ key: fresh, name: "Made", flagKeys: ["standing"] }),
  },
  {
    ...filtering,
    route: `DELETE ${filters}/:filterKey`,
    action: "deletePayloadFilter",
    make: async (askAsOwner, { projectKey, fresh }) => {
      const body = { key: fresh, name: "Made", flagKeys: ["standing"] };
      await askAsOwner("POST", `/api/v2/projects/${projectKey}/payload-filters`, body);
      return { filterKey: String(fresh) };
    },
  },
  { ...relaying, route: `GET ${relays}`, action: "viewRelayAutoConfiguration" },
  {
    ...relaying,
    route: `POST ${relays}`,
    action: "createRelayAutoConfiguration",
    body: () => ({ name: "Made" }),
  },
  {
    ...relaying,
    route: `GET ${relays}/:id`,
    action: "viewRelayAutoConfiguration",
    make: makeRelay,
  },
  {
    ...relaying,
    route: `POST ${relays}/:id/reset`,
    action: "resetRelayAutoConfiguration",
    make: makeRelay,
  },
  {
    ...relaying,
    route: `PATCH ${relays}/:id`,
    action: "updateRelayAutoConfigurationName",
    make: makeRelay,
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: fresh }],
  },
  {
    ...relaying,
    route: `DELETE ${relays}/:id`,
    action: "deleteRelayAutoConfiguration",
    make: makeRelay,
  },
];

async function makeRelay(askAsOwner: AskAsOwner): Promise<Values> {
  return { id: idOf(await askAsOwner("POST", relays, { name: "Made" })) };
}
