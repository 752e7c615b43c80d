import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { findMemberByEmail, type Member } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import { isPassword } from "./password.ts";
import { hasSecondFactor, takeCode } from "./second-factor-queries.ts";
import { openSession, type Visitor } from "./session.ts";
import { deleteSession } from "./session-queries.ts";
import type { SignInAttempts } from "./sign-in-attempts.ts";

const system = { kind: "system", id: "system", name: "Halyard" } as const;

export interface SignInParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly attempts: SignInAttempts;
  /** Whether people reach the server over HTTPS. */
  readonly isSecure: boolean;
}

interface Proof {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
}

interface Caller extends Visitor {
  /** The session that the browser had so far, which ends. */
  readonly former: string | undefined;
}

/** Lets somebody in who knows the password and, where there is one, has the second factor. */
export async function signIn(
  { db, changes, attempts, isSecure }: SignInParts,
  { email, password, code }: Proof,
  { former, ...visitor }: Caller,
): Promise<{ readonly member: Member; readonly cookie: string }> {
  const guess = `password ${visitor.address} ${email.toLowerCase()}`;
  refuseTooSoon(attempts, guess);
  const member = await findMemberByEmail(db, email);
  // An unknown address takes as long as a known one, so that nobody learns which are.
  const isRight = await isPassword(password, member?.password ?? "00:00");
  if (member === undefined || member.is_active === 0 || !isRight) {
    attempts.failed(guess);
    throw new DomainError("unauthorized", "the email or the password is not right; check both");
  }
  const needsCode = await hasSecondFactor(db, member.id);
  if (needsCode && code === undefined) {
    throw new DomainError(
      "second_factor_required",
      "enter the code of your authenticator app, or a recovery code",
    );
  }
  // Who gets this far knows the password, so that all addresses count together.
  const second = `code ${member.id}`;
  refuseTooSoon(attempts, second);
  const { now } = changes;
  const cookie = await changes.write(system, async (tx) => {
    const proof = { memberId: member.id, code: code ?? "", now };
    if (needsCode && !(await takeCode(tx, proof))) return undefined;
    if (former !== undefined) await deleteSession(tx, former);
    return openSession(tx, member, { now, isSecure, ...visitor });
  });
  if (cookie === undefined) {
    attempts.failed(second);
    throw new DomainError(
      "unauthorized",
      "the code is not right, or was used before; wait for the next one, or use a recovery code",
    );
  }
  attempts.succeeded(guess);
  attempts.succeeded(second);
  return { member, cookie };
}

/** Throws while somebody who failed again and again has to wait. */
export function refuseTooSoon(attempts: SignInAttempts, key: string): void {
  const waitMs = attempts.waitMs(key);
  if (waitMs === 0) return;
  throw new DomainError(
    "rate_limited",
    `too many sign-ins have failed; try again in ${Math.ceil(waitMs / 1000)} s`,
    { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  );
}
