import { hashSecret } from "../access/password.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Attempt } from "./provider.ts";

const attemptLastsMs = 10 * 60_000;

export async function insertAttempt(
  tx: Tx,
  { state, nonce, verifier }: Attempt,
  { returnTo, now }: { returnTo: string; now: number },
): Promise<void> {
  await tx
    .deleteFrom("sso_attempt")
    .where("created_at", "<", now - attemptLastsMs)
    .execute();
  await tx
    .insertInto("sso_attempt")
    .values({ hash: hashSecret(state), nonce, verifier, return_to: returnTo, created_at: now })
    .execute();
}

/** Uses an attempt up; undefined where there is none, or it has taken too long. */
export async function takeAttempt(
  tx: Tx,
  state: string,
  now: number,
): Promise<(Attempt & { readonly returnTo: string }) | undefined> {
  const row = await tx
    .deleteFrom("sso_attempt")
    .where("hash", "=", hashSecret(state))
    .where("created_at", ">=", now - attemptLastsMs)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { state, nonce: row.nonce, verifier: row.verifier, returnTo: row.return_to };
}

interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

export async function findMemberIdOf(
  db: Db,
  { issuer, subject }: Identity,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("sso_identity")
    .select("member_id")
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row?.member_id;
}

export async function insertIdentity(tx: Tx, identity: Identity, memberId: string): Promise<void> {
  await tx
    .insertInto("sso_identity")
    .values({ ...identity, member_id: memberId })
    .execute();
}
