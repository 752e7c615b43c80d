import type { Db, Tx } from "../storage/database.ts";

/** Whether and for how long an environment keeps the contexts that SDKs report. */
export interface ContextSetting {
  readonly isKept: boolean;
  readonly retentionDays: number;
}

const usual: ContextSetting = { isKept: true, retentionDays: 30 };

export async function findContextSetting(db: Db, environmentId: string): Promise<ContextSetting> {
  const row = await db
    .selectFrom("context_setting")
    .selectAll()
    .where("environment_id", "=", environmentId)
    .executeTakeFirst();
  return row === undefined
    ? usual
    : { isKept: row.is_kept === 1, retentionDays: row.retention_days };
}

/** Every environment with its setting. */
export async function listContextSettings(
  db: Db,
): Promise<readonly ({ readonly environmentId: string } & ContextSetting)[]> {
  const rows = await db
    .selectFrom("environment")
    .leftJoin("context_setting", "context_setting.environment_id", "environment.id")
    .select(["environment.id", "is_kept", "retention_days"])
    .execute();
  return rows.map(({ id, is_kept, retention_days }) => ({
    environmentId: id,
    isKept: is_kept === null ? usual.isKept : is_kept === 1,
    retentionDays: retention_days ?? usual.retentionDays,
  }));
}

export async function saveContextSetting(
  tx: Tx,
  environmentId: string,
  { isKept, retentionDays }: ContextSetting,
): Promise<void> {
  const row = { is_kept: isKept ? 1 : 0, retention_days: retentionDays };
  await tx
    .insertInto("context_setting")
    .values({ environment_id: environmentId, ...row })
    .onConflict((conflict) => conflict.column("environment_id").doUpdateSet(row))
    .execute();
}
