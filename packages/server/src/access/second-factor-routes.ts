import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { recordSecondFactor } from "../members/member-changes.ts";
import { getSession } from "./authentication.ts";
import { isPassword } from "./password.ts";
import { newRecoveryCodes, newTotpSecret, otpauthUrl, stepOfCode } from "./second-factor.ts";
import {
  countRecoveryCodes,
  deleteSecondFactor,
  findTotp,
  hasSecondFactor,
  saveRecoveryCodes,
  saveTotp,
  takeCode,
} from "./second-factor-queries.ts";
import { actorFor, openSession, visitorOf } from "./session.ts";
import { deleteSessionsOf } from "./session-queries.ts";
import { refuseTooSoon, type SignInParts } from "./sign-in.ts";

const path = "/api/session/second-factor";
const Code = z.object({ code: z.string().max(64) });

/** An authenticator app beside the password: added, confirmed by its first code, and removed. */
export const secondFactorRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, parts) => {
  const { db, changes, attempts } = parts;
  app.get(path, async (request) => {
    const { member } = await getSession(db, request, changes.now);
    return {
      isOn: await hasSecondFactor(db, member.id),
      recoveryCodesLeft: await countRecoveryCodes(db, member.id),
    };
  });

  const body = z.object({ password: z.string().max(256) });
  app.post(path, { schema: { body } }, async (request, reply) => {
    const { member } = await getSession(db, request, changes.now);
    // Who finds an open browser shall not lock its owner out.
    const guess = `password of ${member.id}`;
    refuseTooSoon(attempts, guess);
    if (!(await isPassword(request.body.password, member.password))) {
      attempts.failed(guess);
      throw new DomainError("forbidden", "the password is not right; nothing was changed");
    }
    const secret = newTotpSecret();
    await changes.write(actorFor(member, request), async (tx) => {
      if (await hasSecondFactor(tx, member.id)) {
        throw new DomainError("conflict", "you have a second factor already; remove it first");
      }
      const totp = { member_id: member.id, secret, confirmed_at: null, last_step: 0 };
      await saveTotp(tx, totp);
    });
    return reply.code(201).send({ secret, otpauthUrl: otpauthUrl(secret, member.email) });
  });

  await app.register(confirmingRoutes, parts);
};

const confirmingRoutes: FastifyPluginAsyncZod<SignInParts> = async (app, parts) => {
  const { db, changes, attempts, isSecure } = parts;
  app.post(`${path}/confirmation`, { schema: { body: Code } }, async (request, reply) => {
    const { member, session } = await getSession(db, request, changes.now);
    const { now } = changes;
    const recoveryCodes = newRecoveryCodes();
    const cookie = await changes.write(actorFor(member, request), async (tx, record) => {
      const totp = await findTotp(tx, member.id);
      if (totp === undefined || totp.confirmed_at !== null) {
        throw new DomainError("conflict", "nothing waits to be confirmed; ask for a secret first");
      }
      const { secret, last_step: lastStep } = totp;
      const step = stepOfCode(request.body.code, { secret, lastStep, now });
      if (step === undefined) {
        throw new DomainError(
          "forbidden",
          "the code is not right; check that the clock of your device is, and enter the newest code",
        );
      }
      await recordSecondFactor(tx, record, { member, instruction: "enableMfa" });
      await saveTotp(tx, { ...totp, confirmed_at: now, last_step: step });
      await saveRecoveryCodes(tx, member.id, recoveryCodes);
      await deleteSessionsOf(tx, member.id);
      const isBySso = session.is_by_sso === 1;
      return openSession(tx, member, { now, isSecure, isBySso, ...visitorOf(request) });
    });
    return reply.header("set-cookie", cookie).send({ recoveryCodes });
  });

  app.delete(path, { schema: { body: Code } }, async (request, reply) => {
    const { member } = await getSession(db, request, changes.now);
    const guess = `code ${member.id}`;
    refuseTooSoon(attempts, guess);
    await changes.write(actorFor(member, request), async (tx, record) => {
      const proof = { memberId: member.id, code: request.body.code, now: changes.now };
      if (!(await takeCode(tx, proof))) {
        attempts.failed(guess);
        throw new DomainError("forbidden", "the code is not right; nothing was changed");
      }
      await recordSecondFactor(tx, record, { member, instruction: "disableMfa" });
      await deleteSecondFactor(tx, member.id);
    });
    return reply.code(204).send();
  });
};
