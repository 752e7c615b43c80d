import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";

const list = "/api/v2/webhooks";
const one = `${list}/:id`;
const resource = "webhook/*";
const reading = { needs: "reading", action: "viewWebhook", resource } as const;
const administering = { needs: "administering", resource, make: makeWebhook } as const;
/** Nobody listens there. */
const settings = { url: "http://127.0.0.1:9/flags", sign: true, on: false };
const integrations = "/api/v2/integrations/:integrationKey";
const slack = { name: "Releases", on: false, config: { url: settings.url } };
const integrating = {
  needs: "administering",
  resource: "integration/*",
  make: makeIntegration,
} as const;

export const rows: readonly Row[] = [
  { ...reading, route: `GET ${list}` },
  { ...reading, route: `GET ${one}`, make: makeWebhook },
  { ...reading, route: `GET ${one}/deliveries`, make: makeWebhook },
  { ...reading, route: `GET ${one}/deliveries/:deliveryId`, make: makeDelivery },
  { ...administering, route: `POST ${list}`, action: "createWebhook", body: () => settings },
  {
    ...administering,
    route: `PATCH ${one}`,
    action: "updateName",
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: fresh }],
  },
  { ...administering, route: `DELETE ${one}`, action: "deleteWebhook" },
  { ...administering, route: `POST ${one}/test`, action: "sendWebhook" },
  {
    ...administering,
    route: `POST ${one}/deliveries/:deliveryId/replay`,
    action: "sendWebhook",
    make: makeDelivery,
  },
  {
    ...integrating,
    route: `GET ${integrations}`,
    needs: "reading",
    action: "viewIntegration",
    neverMissing: "a kind of integration that is not known is refused as wrong",
  },
  { ...integrating, route: `GET ${integrations}/:id`, needs: "reading", action: "viewIntegration" },
  {
    ...integrating,
    route: `GET ${integrations}/:id/deliveries`,
    needs: "reading",
    action: "viewIntegration",
  },
  {
    ...integrating,
    route: `GET ${integrations}/:id/deliveries/:deliveryId`,
    needs: "reading",
    action: "viewIntegration",
    make: makeIntegrationDelivery,
  },
  { ...integrating, route: `POST ${integrations}/:id/test`, action: "validateConnection" },
  {
    ...integrating,
    route: `POST ${integrations}/:id/deliveries/:deliveryId/replay`,
    action: "validateConnection",
    make: makeIntegrationDelivery,
  },
  {
    ...integrating,
    route: `POST ${integrations}`,
    action: "createIntegration",
    body: () => slack,
    neverMissing: "a kind of integration that is not known is refused as wrong",
  },
  {
    ...integrating,
    route: `PATCH ${integrations}/:id`,
    action: "updateName",
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: fresh }],
  },
  { ...integrating, route: `DELETE ${integrations}/:id`, action: "deleteIntegration" },
];

async function makeWebhook(askAsOwner: AskAsOwner): Promise<Values> {
  return { id: idOf(await askAsOwner("POST", list, { ...settings, name: "Made" })) };
}

async function makeDelivery(askAsOwner: AskAsOwner): Promise<Values> {
  const { id } = await makeWebhook(askAsOwner);
  return {
    id: String(id),
    deliveryId: idOf(await askAsOwner("POST", `${list}/${id}/test`)),
  };
}

async function makeIntegration(askAsOwner: AskAsOwner): Promise<Values> {
  const made = await askAsOwner("POST", "/api/v2/integrations/slack", slack);
  return { integrationKey: "slack", id: idOf(made) };
}

async function makeIntegrationDelivery(askAsOwner: AskAsOwner): Promise<Values> {
  const { integrationKey, id } = await makeIntegration(askAsOwner);
  const one = `/api/v2/integrations/${integrationKey}/${id}`;
  const deliveryId = idOf(await askAsOwner("POST", `${one}/test`));
  return { integrationKey: String(integrationKey), id: String(id), deliveryId };
}
