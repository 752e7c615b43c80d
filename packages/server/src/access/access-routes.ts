import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { originOf } from "../http/request-headers.ts";
import { deleteInvitation, findInvitation } from "../members/invitation-queries.ts";
import { Password } from "../members/member.ts";
import { aboutMember, settingsOf } from "../members/member-changes.ts";
import {
  findMemberByEmail,
  getMember,
  type Member,
  nameOf,
  saveMember,
} from "../members/member-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import {
  deleteSession,
  deleteSessionsOf,
  findMemberBySession,
  insertSession,
  takeSetupLink,
} from "./access-queries.ts";
import { refuseForeignOrigin, sessionCookie, sessionOf } from "./authentication.ts";
import { hashPassword, hashSecret, isPassword, newSecret } from "./password.ts";

const sessionLastsMs = 7 * 24 * 3_600_000;
const system = { kind: "system", id: "system", name: "Halyard" } as const;

interface SessionParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** How people come in: the first by a link, others by an invitation, and all by their password. */
export const accessRoutes: FastifyPluginAsyncZod<SessionParts> = async (app, parts) => {
  app.addHook("onRequest", async (request) => refuseForeignOrigin(request));
  await app.register(setupRoutes, parts);
  await app.register(invitationRoutes, parts);
  await app.register(sessionRoutes, parts);
};

const setupRoutes: FastifyPluginAsyncZod<SessionParts> = async (app, { changes }) => {
  const SetupBody = z.object({
    token: z.string(),
    name: z.string().trim().min(1, "give a name"),
    email: z.email("give an email address such as ada@example.com"),
    password: Password,
  });

  app.post("/api/setup", { schema: { body: SetupBody } }, async (request, reply) => {
    const { body } = request;
    const { token, name, email } = body;
    const password = await hashPassword(body.password);
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
      return openSession(tx, member, changes.now);
    });
    return reply
      .code(201)
      .header("set-cookie", cookie)
      .send({ member: memberRepresentation(member) });
  });
};

const invitationRoutes: FastifyPluginAsyncZod<SessionParts> = async (app, { db, changes }) => {
  const AcceptBody = z.object({
    token: z.string(),
    password: Password,
    firstName: z.string().trim().max(256).optional(),
    lastName: z.string().trim().max(256).optional(),
  });

  app.post("/api/invitation", { schema: { body: AcceptBody } }, async (request, reply) => {
    const { body } = request;
    const password = await hashPassword(body.password);
    const hash = hashSecret(body.token);
    const invited = await getInvited(db, hash, changes.now);
    const { member, cookie } = await changes.write(
      actorFor(invited, request),
      async (tx, record) => {
        await getInvited(tx, hash, changes.now);
        await deleteInvitation(tx, hash);
        const { firstName = invited.first_name, lastName = invited.last_name } = body;
        const named = { ...invited, password, first_name: firstName, last_name: lastName };
        await deleteSessionsOf(tx, invited.id);
        const words = `Accept the invitation of ${invited.email}`;
        const states = { before: settingsOf(invited), after: settingsOf(named) };
        await record(aboutMember(named, { instruction: "acceptInvitation", words, ...states }));
        return {
          member: await saveMember(tx, named),
          cookie: await openSession(tx, invited, changes.now),
        };
      },
    );
    return reply
      .code(201)
      .header("set-cookie", cookie)
      .send({ member: memberRepresentation(member) });
  });
};

/** Who was invited; throws where the link holds no longer. */
async function getInvited(db: Db, hash: string, now: number): Promise<Member> {
  const invitation = await findInvitation(db, hash, now);
  if (invitation !== undefined) return getMember(db, invitation.member_id);
  throw new DomainError(
    "forbidden",
    "the invitation has been used or is over; ask who invited you for a new one",
  );
}

/** The one who comes in is who acts. */
function actorFor(member: Member, request: FastifyRequest): Actor {
  return { kind: "member", id: member.id, name: nameOf(member), origin: originOf(request) };
}

const sessionRoutes: FastifyPluginAsyncZod<SessionParts> = async (app, { db, changes }) => {
  const SignInBody = z.object({ email: z.string(), password: z.string().max(256) });

  app.post("/api/session", { schema: { body: SignInBody } }, async ({ body }, reply) => {
    const member = await findMemberByEmail(db, body.email);
    // An unknown address takes as long as a known one, so that nobody learns which are.
    const isRight = await isPassword(body.password, member?.password ?? "00:00");
    if (member === undefined || !isRight) {
      throw new DomainError("unauthorized", "the email or the password is not right; check both");
    }
    const cookie = await changes.write(system, (tx) => openSession(tx, member, changes.now));
    return reply.header("set-cookie", cookie).send({ member: memberRepresentation(member) });
  });

  app.get("/api/session", async (request) => {
    const secret = sessionOf(request);
    const member =
      secret === undefined
        ? undefined
        : await findMemberBySession(db, hashSecret(secret), changes.now);
    if (member === undefined) throw new DomainError("unauthorized", "sign in to go on");
    return { member: memberRepresentation(member) };
  });

  app.delete("/api/session", async (request, reply) => {
    const secret = sessionOf(request);
    if (secret !== undefined)
      await changes.write(system, (tx) => deleteSession(tx, hashSecret(secret)));
    return reply
      .code(204)
      .header("set-cookie", `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`)
      .send();
  });
};

/** Gives the cookie. */
async function openSession(tx: Tx, member: Member, now: number): Promise<string> {
  const secret = newSecret();
  const session = { member_id: member.id, created_at: now, expires_at: now + sessionLastsMs };
  await insertSession(tx, { hash: hashSecret(secret), ...session });
  return `${sessionCookie}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionLastsMs / 1000}`;
}

function memberRepresentation(member: Member): object {
  const { id, email, role } = member;
  return { _id: id, email, name: nameOf(member), role };
}
