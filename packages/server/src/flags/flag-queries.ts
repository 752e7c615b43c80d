import type { FlagConfiguration, FlagState } from "@halyard/instructions";
import { sql } from "kysely";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";

/** A flag as it is kept. */
export interface StoredFlag {
  readonly state: FlagState;
  /** Grows with every change of the flag, in any environment. */
  readonly version: number;
  readonly createdAt: number;
  /** Unix milliseconds; absent where it is neither. */
  readonly archivedAt?: number;
  readonly deprecatedAt?: number;
}

export async function listFlags(db: Db, projectId: string): Promise<readonly StoredFlag[]> {
  const rows = await db
    .selectFrom("flag")
    .selectAll()
    .where("project_id", "=", projectId)
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  return rows.map(storedFlag);
}

/** A flag without its body. */
export interface FlagTimes {
  readonly key: string;
  readonly createdAt: number;
}

/** The flags that are not archived, or those among them of the given keys; no body is read. */
export async function listFlagTimes(
  db: Db,
  projectId: string,
  keys?: readonly string[],
): Promise<readonly FlagTimes[]> {
  let flags = db
    .selectFrom("flag")
    .select(["key", "created_at as createdAt"])
    .where("project_id", "=", projectId)
    .where("state", "<>", "archived");
  if (keys !== undefined) {
    const wanted = sql<string>`(select value from json_each(${JSON.stringify(keys)}))`;
    flags = flags.where("key", "in", wanted);
  }
  return flags.orderBy("created_at").orderBy("key").execute();
}

/** The keys of flags that were made by then, and of those that people have done with; no body is read. */
export async function keysOfSettledFlags(
  db: Db,
  projectId: string,
  madeBy: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("flag")
    .select("key")
    .where("project_id", "=", projectId)
    .where((eb) => eb.or([eb("state", "<>", "live"), eb("created_at", "<=", madeBy)]))
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  return rows.map(({ key }) => key);
}

/** Which flags there are: live, deprecated and archived; no body is read. */
export async function listFlagStates(
  db: Db,
  projectId: string,
): Promise<readonly { readonly key: string; readonly state: string }[]> {
  return db
    .selectFrom("flag")
    .select(["key", "state"])
    .where("project_id", "=", projectId)
    .orderBy("created_at")
    .orderBy("key")
    .execute();
}

/** What a flag is found by; no body is read. */
export async function listFlagNames(
  db: Db,
  projectId: string,
): Promise<readonly { readonly key: string; readonly name: string; readonly tags: string }[]> {
  return db
    .selectFrom("flag")
    .select(["key", "name", "tags"])
    .where("project_id", "=", projectId)
    .where("state", "<>", "archived")
    .orderBy("created_at")
    .orderBy("key")
    .execute();
}

/** How flags behave in one environment, by key: a small part of their bodies. */
export async function configurationsOf(
  db: Db,
  projectId: string,
  { environmentKey, keys }: { environmentKey: string; keys: readonly string[] },
): Promise<ReadonlyMap<string, FlagConfiguration>> {
  if (keys.length === 0) return new Map();
  const path = `$.environments."${environmentKey}"`;
  const rows = await db
    .selectFrom("flag")
    .select(["key", sql<string | null>`body -> ${path}`.as("configuration")])
    .where("project_id", "=", projectId)
    .where("key", "in", sql<string>`(select value from json_each(${JSON.stringify(keys)}))`)
    .execute();
  return new Map(
    rows.flatMap(({ key, configuration }): [string, FlagConfiguration][] =>
      // Written by this server from its own types.
      configuration === null ? [] : [[key, JSON.parse(configuration) as FlagConfiguration]],
    ),
  );
}

/** The flags of the given keys, in the order of the keys. */
export async function flagsWithKeys(
  db: Db,
  projectId: string,
  keys: readonly string[],
): Promise<readonly StoredFlag[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom("flag")
    .selectAll()
    .where("project_id", "=", projectId)
    // One value however many keys there are: the number of parameters is limited.
    .where("key", "in", sql<string>`(select value from json_each(${JSON.stringify(keys)}))`)
    .execute();
  const found = new Map(rows.map((row) => [row.key, row]));
  return keys.flatMap((key) => {
    const row = found.get(key);
    return row === undefined ? [] : [storedFlag(row)];
  });
}

/** The flags that require a flag in any environment. */
export async function flagsRequiring(
  db: Db,
  projectId: string,
  key: string,
): Promise<readonly FlagState[]> {
  const rows = await db
    .selectFrom("flag")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("requires", "<>", "[]")
    .where(sql<boolean>`exists (select 1 from json_each(flag.requires) where value = ${key})`)
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  return rows.map((row) => storedFlag(row).state);
}

/** The flags whose state holds both texts somewhere: far fewer to read than all, and none is missed. */
export async function listFlagsHolding(
  db: Db,
  projectId: string,
  [first, second]: readonly [string, string],
): Promise<readonly StoredFlag[]> {
  const rows = await db
    .selectFrom("flag")
    .selectAll()
    .where("project_id", "=", projectId)
    .where(({ fn, eb, val }) => eb(fn<number>("instr", ["body", val(first)]), ">", 0))
    .where(({ fn, eb, val }) => eb(fn<number>("instr", ["body", val(second)]), ">", 0))
    .orderBy("created_at")
    .orderBy("key")
    .execute();
  return rows.map(storedFlag);
}

/** The flags that a member maintains, in whichever project. */
export async function listFlagsMaintainedBy(
  db: Db,
  memberId: string,
): Promise<readonly { readonly projectId: string; readonly flag: StoredFlag }[]> {
  const rows = await db
    .selectFrom("flag")
    .selectAll()
    .where("maintainer_id", "=", memberId)
    .orderBy("project_id")
    .orderBy("key")
    .execute();
  return rows.map((row) => ({ projectId: row.project_id, flag: storedFlag(row) }));
}

export async function findFlag(
  db: Db,
  projectId: string,
  key: string,
): Promise<StoredFlag | undefined> {
  const row = await db
    .selectFrom("flag")
    .selectAll()
    .where("project_id", "=", projectId)
    .where("key", "=", key)
    .executeTakeFirst();
  return row && storedFlag(row);
}

export async function getFlag(
  db: Db,
  project: { id: string; key: string },
  key: string,
): Promise<StoredFlag> {
  const flag = await findFlag(db, project.id, key);
  if (flag !== undefined) return flag;
  throw new DomainError(
    "not_found",
    `no flag "${key}" in project "${project.key}"; check the spelling, keys are case-sensitive`,
  );
}

export async function saveFlag(
  tx: Tx,
  projectId: string,
  flag: FlagState,
  at: number,
): Promise<StoredFlag> {
  const columns = columnsOf(flag, at);
  const { archived_at, deprecated_at, ...replaced } = columns;
  const row = await tx
    .insertInto("flag")
    .values({ project_id: projectId, key: flag.key, version: 1, created_at: at, ...columns })
    .onConflict((conflict) =>
      conflict.columns(["project_id", "key"]).doUpdateSet((eb) => ({
        ...replaced,
        // It stays archived since it first was.
        archived_at: archived_at === null ? null : eb.fn.coalesce("flag.archived_at", eb.val(at)),
        deprecated_at:
          deprecated_at === null ? null : eb.fn.coalesce("flag.deprecated_at", eb.val(at)),
        version: eb("flag.version", "+", 1),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
  return storedFlag(row);
}

/** A flag's body, and what lists are narrowed and sorted by. */
function columnsOf(flag: FlagState, at: number) {
  const { key, name, archived, deprecated } = flag;
  return {
    body: JSON.stringify(flag),
    updated_at: at,
    expires_at: firstExpiry(flag),
    name,
    words: `${key} ${name}`.toLowerCase(),
    tags: JSON.stringify(flag.tags),
    state: archived ? "archived" : deprecated ? "deprecated" : "live",
    temporary: flag.temporary ? 1 : 0,
    maintainer_id: flag.maintainerId ?? null,
    maintainer_team_key: flag.maintainerTeamKey ?? null,
    for_browsers: flag.clientSideAvailability.usingEnvironmentId ? 1 : 0,
    for_mobiles: flag.clientSideAvailability.usingMobileKey ? 1 : 0,
    requires: JSON.stringify([...new Set(requiredFlags(flag))]),
    archived_at: archived ? at : null,
    deprecated_at: deprecated ? at : null,
  } as const;
}

export async function deleteFlag(tx: Tx, projectId: string, key: string): Promise<void> {
  await tx.deleteFrom("flag").where("project_id", "=", projectId).where("key", "=", key).execute();
}

/** The given flags and all that they require, directly or not, by key. */
export async function findWithRequired(
  db: Db,
  projectId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, FlagState>> {
  const found = new Map<string, FlagState>();
  let wanted = [...new Set(keys)];
  while (wanted.length > 0) {
    const rows = await db
      .selectFrom("flag")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("key", "in", wanted)
      .execute();
    for (const row of rows) found.set(row.key, storedFlag(row).state);
    const required = rows.flatMap((row) => requiredFlags(storedFlag(row).state));
    wanted = [...new Set(required)].filter((key) => !found.has(key) && !wanted.includes(key));
  }
  return found;
}

/** The flags of which a target's time has come. */
export async function listExpired(
  db: Db,
  now: number,
): Promise<readonly { readonly projectKey: string; readonly flagKey: string }[]> {
  const rows = await db
    .selectFrom("flag")
    .innerJoin("project", "project.id", "flag.project_id")
    .select(["project.key as projectKey", "flag.key as flagKey"])
    .where("flag.expires_at", "<=", now)
    .execute();
  return rows;
}

function firstExpiry(flag: FlagState): number | null {
  const times = Object.values(flag.environments).flatMap(({ expiringTargets }) =>
    (expiringTargets ?? []).map(({ expiresAt }) => expiresAt),
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** The keys of the flags that a flag requires in any environment. */
export function requiredFlags(flag: FlagState): readonly string[] {
  return Object.values(flag.environments).flatMap(({ prerequisites }) =>
    prerequisites.map(({ key }) => key),
  );
}

type FlagRow = Pick<
  Tables["flag"],
  "version" | "created_at" | "body" | "archived_at" | "deprecated_at"
>;

function storedFlag(row: FlagRow): StoredFlag {
  // Written by this server from its own types.
  return {
    state: JSON.parse(row.body) as FlagState,
    version: row.version,
    createdAt: row.created_at,
    ...(row.archived_at === null ? {} : { archivedAt: row.archived_at }),
    ...(row.deprecated_at === null ? {} : { deprecatedAt: row.deprecated_at }),
  };
}
