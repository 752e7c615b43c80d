import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { Password } from "../members/member.ts";
import { recordPasswordChange } from "../members/member-changes.ts";
import { saveMember } from "../members/member-queries.ts";
import { getSession, lacksSecondFactor } from "./authentication.ts";
import { hashChosenPassword, isPassword } from "./password.ts";
import { actorFor, endingCookie, openSession, sessionOf, visitorOf } from "./session.ts";
import {
  deleteSession,
  deleteSessionOf,
  deleteSessionsOf,
  listSessions,
} from "./session-queries.ts";
import { sessionMember, sessionRepresentation } from "./session-representation.ts";
import { refuseTooSoon, type SignInParts, signIn } from "./sign-in.ts";

const system = { kind: "system", id: "system", name: "Halyard" } as const;

/** Signing in and out, and what a signed-in person does about the own sessions and password. */
export const sessionRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, parts) => {
  const { db, changes, isSecure } = parts;
  const SignInBody = z.object({
    email: z.string(),
    password: z.string().max(256),
    code: z.string().max(64).optional(),
  });

  app.post("/api/session", { schema: { body: SignInBody } }, async (request, reply) => {
    const caller = { ...visitorOf(request), former: sessionOf(request) };
    const { member, cookie } = await signIn(parts, request.body, caller);
    return reply.header("set-cookie", cookie).send({ member: sessionMember(member) });
  });

  app.get("/api/session", async (request) => {
    const found = await getSession(db, request, changes.now);
    return {
      member: sessionMember(found.member),
      needsSecondFactor: await lacksSecondFactor(db, found),
    };
  });

  app.delete("/api/session", async (request, reply) => {
    const secret = sessionOf(request);
    if (secret !== undefined) await changes.write(system, (tx) => deleteSession(tx, secret));
    return reply.code(204).header("set-cookie", endingCookie(isSecure)).send();
  });

  await app.register(ownSessionRoutes, parts);
  await app.register(passwordRoutes, parts);
};

const ownSessionRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, { db, changes }) => {
  app.get("/api/sessions", async (request) => {
    const { member, session } = await getSession(db, request, changes.now);
    const sessions = await listSessions(db, member.id, changes.now);
    return { items: sessions.map((one) => sessionRepresentation(one, session)) };
  });

  app.delete("/api/sessions", async (request, reply) => {
    const { member, session } = await getSession(db, request, changes.now);
    await changes.write(system, async (tx) => {
      const others = await listSessions(tx, member.id, changes.now);
      for (const { id } of others) if (id !== session.id) await deleteSessionOf(tx, member.id, id);
    });
    return reply.code(204).send();
  });

  const params = z.object({ id: z.string() });
  app.delete("/api/sessions/:id", { schema: { params } }, async (request, reply) => {
    const { id } = request.params;
    const { member } = await getSession(db, request, changes.now);
    const wasThere = await changes.write(system, (tx) => deleteSessionOf(tx, member.id, id));
    if (!wasThere) throw new DomainError("not_found", `you have no session "${id}"; it has ended`);
    return reply.code(204).send();
  });
};

const passwordRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, parts) => {
  const { db, changes, isSecure, attempts } = parts;
  const body = z.object({ password: z.string().max(256), newPassword: Password });
  app.put("/api/session/password", { schema: { body } }, async (request, reply) => {
    const { member, session } = await getSession(db, request, changes.now);
    const guess = `password of ${member.id}`;
    refuseTooSoon(attempts, guess);
    if (!(await isPassword(request.body.password, member.password))) {
      attempts.failed(guess);
      throw new DomainError("forbidden", "the password so far is not right; nothing was changed");
    }
    const password = await hashChosenPassword(request.body.newPassword);
    const cookie = await changes.write(actorFor(member, request), async (tx, record) => {
      await saveMember(tx, { ...member, password });
      await recordPasswordChange(record, member);
      await deleteSessionsOf(tx, member.id);
      const isBySso = session.is_by_sso === 1;
      const opening = { now: changes.now, isSecure, isBySso, ...visitorOf(request) };
      return openSession(tx, member, opening);
    });
    return reply.code(204).header("set-cookie", cookie).send();
  });
};
