import { isSame } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, requireEach } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { pagedList, pageOf, pageQuery, wholeList } from "../http/paging.ts";
import { applyToRepresentation, changedMembers, parsePatch } from "../http/patch.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import { MemberSettings, MembersInstruction, NewMember } from "./member.ts";
import {
  aboutMember,
  changeMember,
  type Invited,
  inviteMember,
  joinTeams,
  newInvitation,
  removeMember,
  settingsOf,
} from "./member-changes.ts";
import { getMember, listMembers, type Member, nameOf } from "./member-queries.ts";
import { memberRepresentation, membersPath } from "./member-representation.ts";

const ofMember = z.object({ id: z.string() });
const tags = ["Account members"];

export interface MemberParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** The people of the account. */
export const memberRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(invitingRoutes, parts);
  await app.register(changingRoutes, parts);
};

const sortFields = {
  displayName: (a: Member, b: Member) => compareTexts(nameOf(a), nameOf(b)),
  email: (a: Member, b: Member) => compareTexts(a.email, b.email),
  lastSeen: (a: Member, b: Member) => a.last_seen_at - b.last_seen_at,
};

const readingRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, { db }) => {
  const querystring = z.object({
    ...pageQuery,
    filter: z.string().optional(),
    sort: z.string().optional(),
    expand: z.string().optional(),
  });
  app.get(
    membersPath,
    {
      config: { access: { action: "viewMembers", resource: "member/*" } },
      schema: { summary: "List members", tags, querystring },
    },
    async ({ query, url }) => {
      const all = (await membersThat(db, query.filter)).toSorted(parseSort(query.sort, sortFields));
      const page = pageOf(all, query);
      const items = await Promise.all(page.items.map((one) => memberRepresentation(db, one)));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${membersPath}/:id`,
    {
      config: { access: { action: "viewMembers", resource: "member/{id}" } },
      schema: { summary: "Get a member", tags, params: ofMember },
    },
    async ({ params, principal }) => {
      const id = params.id === "me" ? (principal.memberId ?? params.id) : params.id;
      return memberRepresentation(db, await getMember(db, id));
    },
  );
};

const invitingRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, { db, changes }) => {
  app.post(
    membersPath,
    {
      config: { access: { action: "createMember", resource: "member/*" } },
      schema: { summary: "Invite members", tags, body: z.array(NewMember).min(1).max(50) },
    },
    async ({ body, actor, principal }, reply) => {
      const at = changes.now;
      const invited = await changes.write(actor, async (tx, record) => {
        const all: Invited[] = [];
        for (const input of body) {
          all.push(await inviteMember(tx, record, { input, by: principal, at }));
        }
        return all;
      });
      const items = await Promise.all(
        invited.map(async ({ member, secret }) => ({
          ...(await memberRepresentation(db, member)),
          ...(secret === undefined ? {} : { invitation: `/invite/${secret}` }),
        })),
      );
      return reply.code(201).send(wholeList(membersPath, items));
    },
  );

  app.post(
    `${membersPath}/:id/invitation`,
    {
      config: { access: { action: "createMember", resource: "member/{id}" } },
      schema: { summary: "Make a new invitation link for a member", tags, params: ofMember },
    },
    async ({ params, actor }, reply) => {
      const secret = await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, params.id);
        if (member.password !== "") {
          throw new DomainError(
            "conflict",
            `${nameOf(member)} has accepted the invitation already`,
          );
        }
        const words = `Invite the member ${nameOf(member)} again`;
        const settings = settingsOf(member);
        const states = { before: settings, after: settings };
        await record(aboutMember(member, { instruction: "inviteMember", words, ...states }));
        return newInvitation(tx, member.id, changes.now);
      });
      return reply.code(201).send({ invitation: `/invite/${secret}` });
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, { db, changes }) => {
  app.patch(
    `${membersPath}/:id`,
    {
      config: {
        access: { inHandler: "each member has an action of its own", resource: "member/{id}" },
      },
      schema: { summary: "Change a member", tags, params: ofMember, body: z.unknown() },
    },
    async ({ params, body, actor, access, principal }) => {
      const patch = parsePatch(body);
      if (patch.kind === "semantic") {
        throw new DomainError(
          "invalid_request",
          "one member knows no instructions; send a JSON Patch",
        );
      }
      const stored = await changes.write(actor, async (tx, record) => {
        const before = await getMember(tx, params.id);
        const was = settingsOf(before);
        const after = readSettings(applyToRepresentation(was, patch));
        // What is only about oneself, one may change oneself.
        const isSelf = principal.memberId === before.id;
        const steps = [["member", before.id]] as const;
        const changed = changedMembers(was, after);
        const actions = isSelf ? { ...actionOn, ...ownActions } : actionOn;
        await requireEach(access.within(tx), actions, { changed, steps });
        return changeMember(tx, record, { before, after, by: principal, comment: patch.comment });
      });
      return memberRepresentation(db, stored);
    },
  );

  app.delete(
    `${membersPath}/:id`,
    {
      config: { access: { action: "deleteMember", resource: "member/{id}" } },
      schema: { summary: "Remove a member", tags, params: ofMember },
    },
    async ({ params, actor, principal }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, params.id);
        await removeMember(tx, record, { member, by: principal });
      });
      return reply.code(204).send();
    },
  );

  await app.register(bulkRoutes, { db, changes });
};

const bulkRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, { db, changes }) => {
  const PatchBody = z.object({
    comment: z.string().optional(),
    instructions: z.array(MembersInstruction).min(1),
  });
  app.patch(
    membersPath,
    {
      config: { access: eachInstructionOn("member/*") },
      schema: { summary: "Change several members", tags, body: PatchBody },
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
        summary: "Put a member into teams",
        tags,
        params: ofMember,
        body: z.object({ teamKeys: z.array(z.string()).min(1) }),
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
        await record(
          aboutMember(found, { instruction: "updateTeamMembers", words, before, after }),
        );
        return found;
      });
      return reply.code(201).send(await memberRepresentation(db, member));
    },
  );
};

const actionOn: Readonly<Record<string, string>> = {
  email: "updateEmail",
  firstName: "updateName",
  lastName: "updateName",
  role: "updateRole",
  customRoles: "updateCustomRole",
  roleAttributes: "updateRoleAttributes",
};
const actionOfInstruction: Readonly<Record<MembersInstruction["kind"], string>> = {
  replaceMembersRoles: "updateRole",
  replaceAllMembersRoles: "updateRole",
  replaceMembersCustomRoles: "updateCustomRole",
  replaceAllMembersCustomRoles: "updateCustomRole",
  replaceMembersRoleAttributes: "updateRoleAttributes",
};
const ownActions = { firstName: undefined, lastName: undefined };

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

function readSettings(input: unknown): MemberSettings {
  const parsed = z.strictObject(MemberSettings.shape).safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw new DomainError(
    "invalid_request",
    `the member would be wrong at ${problem?.path.join("/")}: ${problem?.message}`,
  );
}

const filterFields = { query: text, role: list, team: list, id: list, email: list };

async function membersThat(db: Db, filter: string | undefined): Promise<readonly Member[]> {
  const { query, role, team, id, email } = parseFilter(filter, filterFields);
  const members = await listMembers(db);
  const wanted = query?.toLowerCase();
  const fitting = members.filter(
    (one) =>
      (wanted === undefined || `${nameOf(one)} ${one.email}`.toLowerCase().includes(wanted)) &&
      (role === undefined || role.includes(one.role)) &&
      (id === undefined || id.includes(one.id)) &&
      (email === undefined || email.includes(one.email)),
  );
  if (team === undefined) return fitting;
  const inTeams = await Promise.all(
    fitting.map(async ({ id: one }) =>
      (await listTeamsOf(db, one)).some(({ key }) => team.includes(key)),
    ),
  );
  return fitting.filter((_, at) => inTeams[at]);
}
