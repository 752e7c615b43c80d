import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import { hashSecret } from "./password.ts";
import { plainRecoveryCode, stepOfCode } from "./second-factor.ts";

type Totp = Tables["totp"];

export async function findTotp(db: Db, memberId: string): Promise<Totp | undefined> {
  return db.selectFrom("totp").selectAll().where("member_id", "=", memberId).executeTakeFirst();
}

/** Whether signing in takes a code, too. */
export async function hasSecondFactor(db: Db, memberId: string): Promise<boolean> {
  return ((await findTotp(db, memberId))?.confirmed_at ?? null) !== null;
}

export async function saveTotp(tx: Tx, totp: Totp): Promise<void> {
  const { member_id: _, ...rest } = totp;
  await tx
    .insertInto("totp")
    .values(totp)
    .onConflict((conflict) => conflict.column("member_id").doUpdateSet(rest))
    .execute();
}

export async function saveRecoveryCodes(
  tx: Tx,
  memberId: string,
  codes: readonly string[],
): Promise<void> {
  await tx.deleteFrom("recovery_code").where("member_id", "=", memberId).execute();
  const rows = codes.map((code) => ({ hash: hashOfRecovery(memberId, code), member_id: memberId }));
  await tx.insertInto("recovery_code").values(rows).execute();
}

export async function countRecoveryCodes(db: Db, memberId: string): Promise<number> {
  const { count } = await db
    .selectFrom("recovery_code")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("member_id", "=", memberId)
    .executeTakeFirstOrThrow();
  return count;
}

/** Uses a code up, of the app or for recovery; false where it is not one, or was used before. */
export async function takeCode(
  tx: Tx,
  { memberId, code, now }: { memberId: string; code: string; now: number },
): Promise<boolean> {
  const totp = await findTotp(tx, memberId);
  if (totp === undefined) return false;
  const { secret, last_step: lastStep } = totp;
  const step = stepOfCode(code, { secret, lastStep, now });
  if (step !== undefined) {
    await saveTotp(tx, { ...totp, last_step: step });
    return true;
  }
  const { numDeletedRows } = await tx
    .deleteFrom("recovery_code")
    .where("hash", "=", hashOfRecovery(memberId, code))
    .where("member_id", "=", memberId)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export async function deleteSecondFactor(tx: Tx, memberId: string): Promise<void> {
  await tx.deleteFrom("totp").where("member_id", "=", memberId).execute();
  await tx.deleteFrom("recovery_code").where("member_id", "=", memberId).execute();
}

/** Fifty random bits, which nobody guesses at the pace of sign-ins. */
function hashOfRecovery(memberId: string, code: string): string {
  return hashSecret(`${memberId} ${plainRecoveryCode(code)}`);
}
