import type { AskAsOwner, Row, Values } from "../row.ts";
import { inviteMember } from "./members.ts";

const list = "/api/v2/teams";
const one = `${list}/:teamKey`;
const reading = {
  needs: "reading",
  action: "viewTeam",
  resource: "team/*",
  make: makeTeam,
} as const;
const administering = { needs: "administering", resource: "team/*", make: makeTeam } as const;

export const rows: readonly Row[] = [
  { ...reading, route: `GET ${list}` },
  { ...reading, route: `GET ${one}` },
  { ...reading, route: `GET ${one}/maintainers` },
  { ...reading, route: `GET ${one}/roles` },
  {
    ...administering,
    route: `POST ${list}`,
    action: "createTeam",
    body: ({ fresh }) => ({ key: `${fresh}-2`, name: "Made" }),
  },
  {
    ...administering,
    route: `PATCH ${one}`,
    action: "updateTeamName",
    body: ({ fresh }) => ({ instructions: [{ kind: "updateName", value: `${fresh}-2` }] }),
  },
  { ...administering, route: `DELETE ${one}`, action: "deleteTeam" },
  {
    ...administering,
    route: `POST ${one}/members`,
    action: "updateTeamMembers",
    make: async (askAsOwner, values) => ({
      ...(await makeTeam(askAsOwner, values)),
      ...(await inviteMember(askAsOwner, values)),
    }),
    body: ({ fresh }) => {
      const form = new FormData();
      form.append("file", new File([`${fresh}@example.com\n`], "members.csv"));
      return form;
    },
  },
  {
    ...administering,
    route: `PATCH ${list}`,
    action: "updateTeamMembers",
    make: async (askAsOwner, values) => ({
      ...(await makeTeam(askAsOwner, values)),
      ...(await inviteMember(askAsOwner, values)),
    }),
    body: ({ id, teamKey }) => ({
      instructions: [{ kind: "addMembersToTeams", memberIDs: [id], teamKeys: [teamKey] }],
    }),
  },
];

async function makeTeam(askAsOwner: AskAsOwner, { fresh }: Values): Promise<Values> {
  await askAsOwner("POST", list, { key: fresh, name: "Made" });
  return { teamKey: String(fresh) };
}
