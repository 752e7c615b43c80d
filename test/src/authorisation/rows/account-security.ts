import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";

const security = "/api/v2/account/security";
const allowList = "/api/v2/account/ip-allowlist";
const sso = "/api/v2/account/sso";
const reading = { needs: "reading", resource: "acct" } as const;
const administering = { needs: "administering", resource: "acct" } as const;
const settings = {
  issuer: "https://people.example.com",
  clientId: "halyard",
  clientSecret: "between the two of us",
};

export const rows: readonly Row[] = [
  { ...reading, route: `GET ${security}`, action: "viewAccountSecurity" },
  {
    ...administering,
    route: `PATCH ${security}`,
    action: "updateRequireMfa",
    make: async (askAsOwner) => {
      await askAsOwner("PATCH", security, { requiresSecondFactor: false });
      return {};
    },
    body: () => ({ requiresSecondFactor: true }),
  },
  { ...reading, route: `GET ${allowList}`, action: "viewIpAllowlist" },
  {
    ...administering,
    route: `PATCH ${allowList}`,
    action: "updateIpAllowlistEnabled",
    make: listCaller,
    body: () => ({ isEnabled: true }),
  },
  {
    ...administering,
    route: `POST ${allowList}`,
    action: "createIpAllowlistEntry",
    body: (values) => ({ ipAddress: freshAddress(values) }),
  },
  {
    ...administering,
    route: `PATCH ${allowList}/:id`,
    action: "updateIpAllowlistEntryDescription",
    make: listAddress,
    body: ({ fresh }) => ({ description: fresh }),
  },
  {
    ...administering,
    route: `DELETE ${allowList}/:id`,
    action: "deleteIpAllowlistEntry",
    make: listAddress,
  },
  { ...reading, route: `GET ${sso}`, action: "viewSso", make: setUpSso },
  { ...administering, route: `PUT ${sso}`, action: "updateSso", body: () => settings },
  { ...reading, route: `GET ${sso}/addresses`, action: "viewSso" },
  {
    ...administering,
    route: `PATCH ${sso}`,
    action: "updateSso",
    make: async (askAsOwner) => {
      await askAsOwner("PATCH", sso, { isRequired: false });
      return setUpSso(askAsOwner);
    },
    body: () => ({ isRequired: false }),
  },
  // Nobody listens there, which is what the answer says.
  {
    ...administering,
    route: `POST ${sso}/test`,
    action: "updateSso",
    body: () => ({ ...settings, issuer: "http://127.0.0.1:49151" }),
  },
  { ...administering, route: `DELETE ${sso}`, action: "updateSso", make: setUpSso },
];

const Listed = z.object({ items: z.array(z.object({ ipAddress: z.string() })) });
const Entry = z.object({ _id: z.string() });

/** Nobody may put the list into force without being on it. */
async function listCaller(askAsOwner: AskAsOwner): Promise<Values> {
  const { items } = Listed.parse(await askAsOwner("PATCH", allowList, { isEnabled: false }));
  const ipAddress = "127.0.0.1";
  if (!items.some((entry) => entry.ipAddress === ipAddress))
    await askAsOwner("POST", allowList, { ipAddress });
  return {};
}

async function listAddress(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const entry = await askAsOwner("POST", allowList, { ipAddress: freshAddress(values) });
  return { id: Entry.parse(entry)._id };
}

async function setUpSso(askAsOwner: AskAsOwner): Promise<Values> {
  await askAsOwner("PUT", sso, settings);
  return {};
}

/** Out of the block that is kept for documentation. */
function freshAddress({ fresh }: Values): string {
  return `2001:db8::${fresh?.replace(/\D/gu, "")}`;
}
