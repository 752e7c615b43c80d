import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requireEach } from "../access/route-access.ts";
import { DomainError } from "../errors.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery, wholeList } from "../http/paging.ts";
import { applyToRepresentation, changedMembers, PatchBody, parsePatch } from "../http/patch.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import type { Db } from "../storage/database.ts";
import { listTeamsOf } from "../teams/team-queries.ts";
import { MemberSettings, NewMember } from "./member.ts";
import {
  aboutMember,
  changeMember,
  type Invited,
  inviteMember,
  type MemberParts,
  newInvitation,
  removeMember,
  settingsOf,
} from "./member-changes.ts";
import { getMember, listMembers, type Member, nameOf } from "./member-queries.ts";
import {
  InvitedMember,
  MemberRepresentation,
  memberRepresentation,
  membersPath,
} from "./member-representation.ts";

const ofMember = z.object({ id: z.string() });
const tags = ["Account members"];
const InvitationLink = z.object({
  invitation: z.string().describe("The path of the link; it is shown this once."),
});

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
      schema: {
        operationId: "getMembers",
        summary: "List members",
        tags,
        querystring,
        response: { 200: listOf(MemberRepresentation) },
      },
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
      schema: {
        operationId: "getMember",
        summary: "Get a member",
        description: "The id `me` stands for who asks.",
        tags,
        params: ofMember,
        response: { 200: MemberRepresentation },
      },
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
      schema: {
        operationId: "postMembers",
        summary: "Invite members",
        description: "Each gets a link for a first password, which the answer shows this once.",
        tags,
        body: z.array(NewMember).min(1).max(50),
        response: { 201: listOf(InvitedMember) },
      },
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
      schema: {
        operationId: "postMemberInvitation",
        summary: "Make a new invitation link for a member",
        tags,
        params: ofMember,
        response: { 201: InvitationLink },
      },
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
      schema: {
        operationId: "patchMember",
        summary: "Change a member",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params: ofMember,
        body: PatchBody,
        response: { 200: MemberRepresentation },
      },
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
      schema: {
        operationId: "deleteMember",
        summary: "Remove a member",
        tags,
        params: ofMember,
        response: { 204: noContent },
      },
    },
    async ({ params, actor, principal }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, params.id);
        await removeMember(tx, record, { member, by: principal, at: changes.now });
      });
      return reply.code(204).send(null);
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
const ownActions = { firstName: undefined, lastName: undefined };

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
