import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import {
  deleteSession,
  findMemberByEmail,
  findMemberBySession,
  insertMember,
  insertSession,
  type Member,
  takeSetupLink,
} from "./access-queries.ts";
import { refuseForeignOrigin, sessionCookie, sessionOf } from "./authentication.ts";
import { hashPassword, hashSecret, isPassword, newSecret } from "./password.ts";

const sessionLastsMs = 7 * 24 * 3_600_000;
const system = { kind: "system", id: "system", name: "Halyard" } as const;

export const accessRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.addHook("onRequest", async (request) => refuseForeignOrigin(request));

  const openSession = async (tx: Tx, member: Member): Promise<string> => {
    const secret = newSecret();
    const { now } = changes;
    const session = { member_id: member.id, created_at: now, expires_at: now + sessionLastsMs };
    await insertSession(tx, { hash: hashSecret(secret), ...session });
    return `${sessionCookie}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionLastsMs / 1000}`;
  };

  const SetupBody = z.object({
    token: z.string(),
    name: z.string().trim().min(1, "give a name"),
    email: z.email("give an email address such as ada@example.com"),
    password: z.string().min(8, "use 8 characters or more").max(256),
  });

  app.post("/api/setup", { schema: { body: SetupBody } }, async ({ body }, reply) => {
    const { token, name, email } = body;
    const password = await hashPassword(body.password);
    const member = {
      id: newId(),
      email: email.toLowerCase(),
      name,
      role: "owner",
      password,
      created_at: changes.now,
    };
    const cookie = await changes.write(system, async (tx) => {
      if (!(await takeSetupLink(tx, hashSecret(token)))) {
        throw new DomainError(
          "forbidden",
          "the link has been used, or a newer one was printed; sign in, or take the newest link from the server's output",
        );
      }
      await insertMember(tx, member);
      return openSession(tx, member);
    });
    return reply
      .code(201)
      .header("set-cookie", cookie)
      .send({ member: memberRepresentation(member) });
  });

  const SignInBody = z.object({ email: z.string(), password: z.string().max(256) });

  app.post("/api/session", { schema: { body: SignInBody } }, async ({ body }, reply) => {
    const member = await findMemberByEmail(db, body.email);
    // An unknown address takes as long as a known one, so that nobody learns which are.
    const isRight = await isPassword(body.password, member?.password ?? "00:00");
    if (member === undefined || !isRight) {
      throw new DomainError("unauthorized", "the email or the password is not right; check both");
    }
    const cookie = await changes.write(system, (tx) => openSession(tx, member));
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

function memberRepresentation({ id, email, name, role }: Member): object {
  return { _id: id, email, name, role };
}
