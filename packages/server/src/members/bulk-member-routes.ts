import { isSame } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn } from "../access/route-access.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import { type MemberSettings, MembersInstruction } from "./member.ts";
import {
  aboutMember,
  changeMember,
  joinTeams,
  type MemberParts,
  settingsOf,
} from "./member-changes.ts";
import { getMember, listMembers, type Member, nameOf } from "./member-queries.ts";
import {
  MemberRepresentation,
  memberRepresentation,
  membersPath,
} from "./member-representation.ts";

const ofMember = z.object({ id: z.string() });
const tags = ["Account members"];

const BulkEdit = z
  .object({
    members: z.array(z.string()).describe("Ids of the members that were changed."),
    errors: z.array(z.record(z.string(), z.string())),
  })
  .meta({ id: "BulkEditMembersRep" });

/** What is done to several members, and to one in several teams. */
export const bulkMemberRoutes: FastifyPluginAsyncZod<MemberParts> = async (
  app,
  { db, changes },
) => {
  const InstructionsBody = z.object({
    comment: z.string().optional(),
    instructions: z.array(MembersInstruction).min(1),
  });
  app.patch(
    membersPath,
    {
      config: { access: eachInstructionOn("member/*") },
      schema: {
        operationId: "patchMembers",
        summary: "Change several members",
        tags,
        body: InstructionsBody,
        response: { 200: BulkEdit },
      },
    },
    async ({ body, actor, principal, access }) => {
      for (const { kind } of body.instructions) {
        await access.require(actionOfInstruction[kind], ["member", "*"]);
      }
      const changed = await changes.write(actor, async (tx, record) => {
        const ids = new Set<string>();
        for (const instruction of body.instructions) {
          for (const before of await membersOf(tx, instruction)) {
            const after = settingsAfter(before, instruction);
            const { comment } = body;
            await changeMember(tx, record, { before, after, by: principal, comment });
            ids.add(before.id);
          }
        }
        return [...ids];
      });
      return { members: changed, errors: [] };
    },
  );

  app.post(
    `${membersPath}/:id/teams`,
    {
      config: { access: { action: "updateTeamMembers", resource: "team/*" } },
      schema: {
        operationId: "postMemberTeams",
        summary: "Put a member into teams",
        tags,
        params: ofMember,
        body: z.object({ teamKeys: z.array(z.string()).min(1) }),
        response: { 201: MemberRepresentation },
      },
    },
    async ({ params, body, actor }, reply) => {
      const member = await changes.write(actor, async (tx, record) => {
        const found = await getMember(tx, params.id);
        const teamsOf = async () => (await listTeamsOf(tx, found.id)).map(({ key }) => key);
        const before = { ...settingsOf(found), teamKeys: await teamsOf() };
        await joinTeams(tx, found, body.teamKeys);
        const after = { ...settingsOf(found), teamKeys: await teamsOf() };
        if (isSame(before, after)) return found;
        const words = `Put the member ${nameOf(found)} into ${body.teamKeys.join(", ")}`;
        const change = { instruction: "updateTeamMembers", words, before, after };
        await record(aboutMember(found, change));
        return found;
      });
      return reply.code(201).send(await memberRepresentation(db, member));
    },
  );
};

const actionOfInstruction: Readonly<Record<MembersInstruction["kind"], string>> = {
  replaceMembersRoles: "updateRole",
  replaceAllMembersRoles: "updateRole",
  replaceMembersCustomRoles: "updateCustomRole",
  replaceAllMembersCustomRoles: "updateCustomRole",
  replaceMembersRoleAttributes: "updateRoleAttributes",
};

async function membersOf(db: Db, instruction: MembersInstruction): Promise<readonly Member[]> {
  if (!("memberIDs" in instruction)) return listMembers(db);
  return Promise.all(instruction.memberIDs.map((id) => getMember(db, id)));
}

function settingsAfter(member: Member, instruction: MembersInstruction): MemberSettings {
  const settings = settingsOf(member);
  switch (instruction.kind) {
    case "replaceMembersRoles":
    case "replaceAllMembersRoles":
      return { ...settings, role: instruction.value };
    case "replaceMembersCustomRoles":
    case "replaceAllMembersCustomRoles":
      return { ...settings, customRoles: instruction.values };
    case "replaceMembersRoleAttributes":
      return { ...settings, roleAttributes: instruction.value };
    default:
      return instruction satisfies never;
  }
}
