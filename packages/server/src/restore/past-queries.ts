import type { FlagState, SegmentState } from "@halyard/instructions";
import { type AuditEntry, entriesWithIds, getEntry } from "../audit/audit-queries.ts";
import {
  configurationsIn,
  flagAfter,
  type LoggedThing,
  segmentAfter,
} from "../audit/logged-change.ts";
import { DomainError } from "../errors.ts";
import type { StoredFlag } from "../flags/flag-queries.ts";
import type { StoredSegment } from "../segments/segment-queries.ts";
import type { Db } from "../storage/database.ts";

/** A place in the log: everything up to the entry has happened, and nothing after it. */
export interface Moment {
  readonly entryId: number;
}

/** How things stood at a time in Unix milliseconds. */
export async function momentAt(db: Db, at: number): Promise<Moment> {
  const row = await db
    .selectFrom("audit_entry")
    .select("id")
    .where("at", "<=", at)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return { entryId: row?.id ?? 0 };
}

/** How things stood before a change. */
export async function momentBefore(db: Db, changeId: string): Promise<Moment> {
  const entry = await getEntry(db, changeId);
  return { entryId: entry.id - 1 };
}

/** A flag as it was; undefined where there was none of that key. */
export async function findFlagAt(
  db: Db,
  projectId: string,
  key: string,
  moment: Moment,
): Promise<StoredFlag | undefined> {
  const thing = { projectId, kind: "flag", environmentKey: "", key } as const;
  /** Entries that gave it a configuration, the newest of each environment. */
  const configured = new Map<string, AuditEntry>();
  for await (const entry of entriesOf(db, thing, moment)) {
    if (entry.kind === "environment") {
      if (!configured.has(entry.key)) configured.set(entry.key, entry);
      continue;
    }
    const state = flagAfter(entry, key);
    if (state === undefined) return undefined;
    const environments = { ...state.environments, ...configurationsOf(key, configured) };
    for (const environmentKey of Object.keys(environments)) {
      const from = configured.get(environmentKey) ?? entry;
      const span = { after: from.id, upTo: moment.entryId };
      if (await hasEnded(db, { projectId, environmentKey }, span)) {
        delete environments[environmentKey];
      }
    }
    const age = await ageOf(db, thing, moment);
    return {
      state: { ...state, environments },
      ...age,
      ...(await lifecycleOf(db, thing, { moment, state })),
    };
  }
  return undefined;
}

/** Since when a flag had been archived and deprecated, where it was. */
async function lifecycleOf(
  db: Db,
  thing: ThingPlace,
  { moment, state }: { moment: Moment; state: FlagState },
): Promise<Pick<StoredFlag, "archivedAt" | "deprecatedAt">> {
  const sinceWhen = async (is: "archived" | "deprecated"): Promise<number> => {
    let since = 0;
    for await (const entry of entriesOf(db, thing, moment)) {
      if (entry.kind === "environment") continue;
      if (flagAfter(entry, thing.key)?.[is] !== true) break;
      since = entry.at;
    }
    return since;
  };
  return {
    ...(state.archived ? { archivedAt: await sinceWhen("archived") } : {}),
    ...(state.deprecated ? { deprecatedAt: await sinceWhen("deprecated") } : {}),
  };
}

/** A flag as it was at a time in Unix milliseconds. */
export async function getFlagAt(
  db: Db,
  project: { id: string; key: string },
  { key, at }: { key: string; at: number },
): Promise<StoredFlag> {
  const flag = await findFlagAt(db, project.id, key, await momentAt(db, at));
  if (flag !== undefined) return flag;
  throw new DomainError(
    "not_found",
    `project "${project.key}" had no flag "${key}" at that time; check the spelling and the time`,
  );
}

/** The flags of the keys, as they were, by their keys. */
export async function findFlagsAt(
  db: Db,
  projectId: string,
  keys: readonly string[],
  moment: Moment,
): Promise<ReadonlyMap<string, StoredFlag>> {
  const found = new Map<string, StoredFlag>();
  for (const key of new Set(keys)) {
    const flag = await findFlagAt(db, projectId, key, moment);
    if (flag !== undefined) found.set(key, flag);
  }
  return found;
}

/** The version and time at which flags had last changed in an environment, by their keys. */
export async function flagVersionsAt(
  db: Db,
  environmentId: string,
  { keys, at }: { keys: readonly string[]; at: number },
): Promise<ReadonlyMap<string, { readonly version: number; readonly updatedAt: number }>> {
  const found = new Map<string, { version: number; updatedAt: number }>();
  for (const key of keys) {
    const row = await db
      .selectFrom("change")
      .select(["version", "at"])
      .where("history", "=", environmentId)
      .where("kind", "=", "flag")
      .where("key", "=", key)
      .where("at", "<=", at)
      .orderBy("version", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) found.set(key, { version: row.version, updatedAt: row.at });
  }
  return found;
}

export async function listFlagsAt(
  db: Db,
  projectId: string,
  moment: Moment,
): Promise<readonly StoredFlag[]> {
  const flags: StoredFlag[] = [];
  for (const key of await keysOfThings(db, { projectId, kind: "flag", environmentKey: "" })) {
    const flag = await findFlagAt(db, projectId, key, moment);
    if (flag !== undefined) flags.push(flag);
  }
  return flags.sort((a, b) => a.createdAt - b.createdAt);
}

/** A segment as it was; undefined where there was none of that key. */
export async function findSegmentAt(
  db: Db,
  place: Omit<ThingPlace, "kind">,
  moment: Moment,
): Promise<StoredSegment | undefined> {
  const thing = { ...place, kind: "segment" } as const;
  for await (const entry of entriesOf(db, thing, moment)) {
    const state: SegmentState | undefined = segmentAfter(entry, place.key);
    const span = { after: entry.id, upTo: moment.entryId };
    if (state === undefined || (await hasEnded(db, place, span))) return undefined;
    return { state, updatedAt: entry.at, ...(await ageOf(db, thing, moment)) };
  }
  return undefined;
}

export async function listSegmentsAt(
  db: Db,
  place: Omit<ThingPlace, "kind" | "key">,
  moment: Moment,
): Promise<readonly StoredSegment[]> {
  const segments: StoredSegment[] = [];
  for (const key of await keysOfThings(db, { ...place, kind: "segment" })) {
    const segment = await findSegmentAt(db, { ...place, key }, moment);
    if (segment !== undefined) segments.push(segment);
  }
  return segments;
}

interface ThingPlace extends LoggedThing {
  readonly projectId: string;
}

/** Entries that say what a thing was, the newest first. */
async function* entriesOf(
  db: Db,
  { projectId, kind, environmentKey, key }: ThingPlace,
  { entryId }: Moment,
): AsyncGenerator<AuditEntry> {
  for (let before = entryId + 1; ; ) {
    const row = await db
      .selectFrom("audit_thing")
      .select("entry_id")
      .where("project_id", "=", projectId)
      .where("kind", "=", kind)
      .where("environment_key", "=", environmentKey)
      .where("key", "=", key)
      .where("entry_id", "<", before)
      .orderBy("entry_id", "desc")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return;
    yield* await entriesWithIds(db, [row.entry_id]);
    before = row.entry_id;
  }
}

/** How often a thing had been changed, and when it was first. */
async function ageOf(
  db: Db,
  { projectId, kind, environmentKey, key }: ThingPlace,
  { entryId }: Moment,
): Promise<{ readonly version: number; readonly createdAt: number }> {
  const { version, first } = await db
    .selectFrom("audit_thing")
    .select((eb) => [eb.fn.countAll<number>().as("version"), eb.fn.min("entry_id").as("first")])
    .where("project_id", "=", projectId)
    .where("kind", "=", kind)
    .where("environment_key", "=", environmentKey)
    .where("key", "=", key)
    .where("entry_id", "<=", entryId)
    .executeTakeFirstOrThrow();
  const [entry] = await entriesWithIds(db, [Number(first)]);
  return { version: Number(version), createdAt: entry?.at ?? 0 };
}

/** Keys of everything of a kind that the log knows; each is found by one step in the index. */
async function keysOfThings(
  db: Db,
  { projectId, kind, environmentKey }: Omit<ThingPlace, "key">,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let last = ""; ; ) {
    const row = await db
      .selectFrom("audit_thing")
      .select("key")
      .where("project_id", "=", projectId)
      .where("kind", "=", kind)
      .where("environment_key", "=", environmentKey)
      .where("key", ">", last)
      .orderBy("key")
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return keys;
    keys.push(row.key);
    last = row.key;
  }
}

/** Whether an environment was deleted after an entry: what was in it is gone, also where there is a new one. */
async function hasEnded(
  db: Db,
  { projectId, environmentKey }: Pick<ThingPlace, "projectId" | "environmentKey">,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<boolean> {
  const row = await db
    .selectFrom("audit_thing")
    .select("entry_id")
    .where("project_id", "=", projectId)
    .where("kind", "=", "environment")
    .where("environment_key", "=", "")
    .where("key", "=", environmentKey)
    .where("entry_id", ">", after)
    .where("entry_id", "<=", upTo)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How a flag began in environments that were made after it. */
function configurationsOf(
  key: string,
  entries: ReadonlyMap<string, AuditEntry>,
): FlagState["environments"] {
  const made = [...entries].flatMap(([environmentKey, { after }]) => {
    const configuration = configurationsIn(after)?.[key];
    return configuration === undefined ? [] : [[environmentKey, configuration] as const];
  });
  return Object.fromEntries(made);
}
