import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";

const list = "/api/v2/members";
const one = `${list}/:id`;
const reading = { needs: "reading", action: "viewMembers", resource: "member/*" } as const;
const administering = {
  needs: "administering",
  resource: "member/*",
  make: inviteMember,
} as const;

export const rows: readonly Row[] = [
  { ...reading, route: `GET ${list}` },
  { ...reading, route: `GET ${one}`, make: inviteMember },
  {
    ...administering,
    route: `POST ${list}`,
    action: "createMember",
    body: ({ fresh }) => [{ email: `${fresh}-2@example.com` }],
  },
  { ...administering, route: `POST ${one}/invitation`, action: "createMember" },
  {
    ...administering,
    route: `PATCH ${one}`,
    action: "updateName",
    body: ({ fresh }) => [{ op: "replace", path: "/firstName", value: fresh }],
  },
  { ...administering, route: `DELETE ${one}`, action: "deleteMember" },
  { ...administering, route: `POST ${one}/password-link`, action: "resetMemberPassword" },
  { ...administering, route: `DELETE ${one}/mfa`, action: "resetMemberMfa" },
  { ...administering, route: `PUT ${one}/suspension`, action: "updateMemberActive" },
  { ...administering, route: `DELETE ${one}/suspension`, action: "updateMemberActive" },
  {
    ...administering,
    route: `PATCH ${list}`,
    action: "updateRole",
    body: ({ id }) => ({
      instructions: [{ kind: "replaceMembersRoles", value: "writer", memberIDs: [id] }],
    }),
  },
  {
    route: `POST ${one}/teams`,
    needs: "administering",
    action: "updateTeamMembers",
    resource: "team/*",
    make: async (askAsOwner, values) => {
      await askAsOwner("POST", "/api/v2/teams", { key: values["fresh"], name: "Made" });
      return inviteMember(askAsOwner, values);
    },
    body: ({ fresh }) => ({ teamKeys: [fresh] }),
  },
];

const Invited = z.object({ items: z.tuple([z.object({ _id: z.string() })]) });

export async function inviteMember(askAsOwner: AskAsOwner, { fresh }: Values): Promise<Values> {
  const invited = await askAsOwner("POST", list, [{ email: `${fresh}@example.com` }]);
  return { id: Invited.parse(invited).items[0]._id };
}
