import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { deleteInvitation, findInvitation } from "../members/invitation-queries.ts";
import { Password } from "../members/member.ts";
import { aboutMember, settingsOf } from "../members/member-changes.ts";
import { getMember, type Member, nameOf, saveMember } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import { takeSetupLink } from "./access-queries.ts";
import { hashChosenPassword, hashSecret } from "./password.ts";
import { hasSecondFactor } from "./second-factor-queries.ts";
import { actorFor, openSession, visitorOf } from "./session.ts";
import { deleteSessionsOf } from "./session-queries.ts";
import { sessionMember } from "./session-representation.ts";
import type { SignInParts } from "./sign-in.ts";

/** How people come in for the first time: the very first by a link, others by an invitation. */
export const accessRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, parts) => {
  await app.register(setupRoutes, parts);
  await app.register(invitationRoutes, parts);
};

const setupRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, { changes, isSecure }) => {
  const SetupBody = z.object({
    token: z.string(),
    name: z.string().trim().min(1, "give a name"),
    email: z.email("give an email address such as ada@example.com"),
    password: Password,
  });

  app.post("/api/setup", { schema: { body: SetupBody } }, async (request, reply) => {
    const { token, name, email } = request.body;
    const password = await hashChosenPassword(request.body.password);
    const [first_name = "", ...others] = name.split(" ");
    const member = {
      id: newId(),
      email: email.toLowerCase(),
      first_name,
      last_name: others.join(" "),
      role: "owner",
      password,
      created_at: changes.now,
      custom_roles: "[]",
      role_attributes: "{}",
      last_seen_at: changes.now,
      is_active: 1,
      external_id: null,
    };
    const actor = actorFor(member, request);
    const cookie = await changes.write(actor, async (tx, record) => {
      if (!(await takeSetupLink(tx, hashSecret(token)))) {
        throw new DomainError(
          "forbidden",
          "the link has been used, or a newer one was printed; sign in, or take the newest link from the server's output",
        );
      }
      await saveMember(tx, member);
      const words = `Create the member ${nameOf(member)}, the first owner`;
      const after = settingsOf(member);
      await record(aboutMember(member, { instruction: "createMember", words, after }));
      return openSession(tx, member, { now: changes.now, isSecure, ...visitorOf(request) });
    });
    return reply
      .code(201)
      .header("set-cookie", cookie)
      .send({ member: sessionMember(member) });
  });
};

const invitationRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, parts) => {
  const { db, changes, isSecure } = parts;
  const ofLink = z.object({ token: z.string() });
  const AcceptBody = ofLink.extend({
    password: Password,
    firstName: z.string().trim().max(256).optional(),
    lastName: z.string().trim().max(256).optional(),
  });

  // What a page shows before it asks for a password; by POST, so that no log holds the link.
  app.post("/api/invitation/preview", { schema: { body: ofLink } }, async ({ body }) => {
    const invited = await getInvited(db, hashSecret(body.token), changes.now);
    const { email, first_name: firstName, last_name: lastName, password } = invited;
    return { email, firstName, lastName, isNew: password === "" };
  });

  app.post("/api/invitation", { schema: { body: AcceptBody } }, async (request, reply) => {
    const { body } = request;
    const password = await hashChosenPassword(body.password);
    const hash = hashSecret(body.token);
    const invited = await getInvited(db, hash, changes.now);
    const actor = actorFor(invited, request);
    const { member, cookie } = await changes.write(actor, async (tx, record) => {
      await getInvited(tx, hash, changes.now);
      await deleteInvitation(tx, hash);
      const { firstName = invited.first_name, lastName = invited.last_name } = body;
      const named = { ...invited, password, first_name: firstName, last_name: lastName };
      await deleteSessionsOf(tx, invited.id);
      const stored = await saveMember(tx, named);
      const words = `Accept the invitation of ${invited.email}`;
      const states = { before: settingsOf(invited), after: settingsOf(named) };
      await record(aboutMember(named, { instruction: "acceptInvitation", words, ...states }));
      // The link stands for the password alone; whoever has a second factor shows it at the sign-in.
      if (await hasSecondFactor(tx, stored.id)) return { member: stored, cookie: undefined };
      const opening = { now: changes.now, isSecure, ...visitorOf(request) };
      return { member: stored, cookie: await openSession(tx, stored, opening) };
    });
    if (cookie !== undefined) reply.header("set-cookie", cookie);
    const isSignedIn = cookie !== undefined;
    return reply.code(201).send({ member: sessionMember(member), isSignedIn });
  });
};

/** Who was invited; throws where the link holds no longer. */
async function getInvited(db: Db, hash: string, now: number): Promise<Member> {
  const invitation = await findInvitation(db, hash, now);
  if (invitation !== undefined) return getMember(db, invitation.member_id);
  throw new DomainError(
    "forbidden",
    "the link has been used or is over; ask who gave it to you for a new one",
  );
}
