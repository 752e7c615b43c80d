import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";
import { inviteMember } from "./members.ts";

const scim = "/scim/v2";
const users = `${scim}/Users`;
const groups = `${scim}/Groups`;
const provisioning = { needs: "administering", action: "manageScim", resource: "acct" } as const;
const ofUser = { ...provisioning, make: inviteMember };
const ofGroup = { ...provisioning, make: makeGroup };
const user = ({ fresh }: Values) => ({ userName: `${fresh}-2@example.com` });
const group = ({ fresh }: Values) => ({ displayName: `${fresh}-2` });
const Made = z.object({ id: z.string() });

export const rows: readonly Row[] = [
  { ...provisioning, route: `GET ${scim}/ServiceProviderConfig` },
  { ...provisioning, route: `GET ${scim}/ResourceTypes` },
  { ...provisioning, route: `GET ${scim}/ResourceTypes/:id`, make: async () => ({ id: "User" }) },
  { ...provisioning, route: `GET ${scim}/Schemas` },
  {
    ...provisioning,
    route: `GET ${scim}/Schemas/:id`,
    make: async () => ({ id: "urn:ietf:params:scim:schemas:core:2.0:User" }),
  },
  { ...provisioning, route: `GET ${users}` },
  { ...ofUser, route: `GET ${users}/:id` },
  { ...provisioning, route: `POST ${users}`, body: user },
  { ...ofUser, route: `PUT ${users}/:id`, body: user },
  {
    ...ofUser,
    route: `PATCH ${users}/:id`,
    body: () => ({ Operations: [{ op: "replace", path: "active", value: false }] }),
  },
  { ...ofUser, route: `DELETE ${users}/:id` },
  { ...provisioning, route: `GET ${groups}` },
  { ...ofGroup, route: `GET ${groups}/:id` },
  { ...provisioning, route: `POST ${groups}`, body: group },
  { ...ofGroup, route: `PUT ${groups}/:id`, body: group },
  {
    ...ofGroup,
    route: `PATCH ${groups}/:id`,
    body: ({ fresh }) => ({
      Operations: [{ op: "replace", path: "displayName", value: `${fresh}-2` }],
    }),
  },
  { ...ofGroup, route: `DELETE ${groups}/:id` },
];

async function makeGroup(askAsOwner: AskAsOwner, { fresh }: Values): Promise<Values> {
  return { id: Made.parse(await askAsOwner("POST", groups, { displayName: fresh })).id };
}
