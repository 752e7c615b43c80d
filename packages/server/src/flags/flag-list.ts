import { setImmediate } from "node:timers/promises";
import { configurationIn } from "@halyard/instructions";
import { type RawBuilder, sql } from "kysely";
import { filesNamingFlags } from "../code-references/code-reference-queries.ts";
import { type Environment, itemVersions } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import type { Page } from "../http/paging.ts";
import type { parseSortSteps } from "../http/sort.ts";
import type { Project } from "../projects/project-queries.ts";
import { listFlagsAt, momentAt } from "../restore/past-queries.ts";
import type { Db } from "../storage/database.ts";
import {
  asksForActivity,
  asksForCode,
  asksForEvaluations,
  type FlagActivity,
  type FlagFilter,
  type flagOrders,
  matchesActivity,
  matchesCode,
  matchesSettings,
  namesSegment,
  pastOrders,
} from "./flag-filter.ts";
import { isAlike } from "./flag-likeness.ts";
import { flagsWithKeys, type StoredFlag } from "./flag-queries.ts";
import { environmentsToShow, type FlagView } from "./flag-surroundings.ts";

type Order = ReturnType<typeof parseSortSteps<(typeof flagOrders)[keyof typeof flagOrders]>>;

/** So many bodies are in memory at a time where all have to be looked at. */
const readAtOnce = 50;

/** Which flags of a project are wanted, in which order, and which piece of them. */
export interface WantedFlags {
  readonly filter: FlagFilter;
  readonly order: Order;
  readonly env?: FlagView["env"];
  readonly limit: number;
  readonly offset: number;
  /** Only flags that differ between the environments of `env`. */
  readonly compare?: boolean | undefined;
  /** As they were at that time, in Unix milliseconds; absent for how they are. */
  readonly at?: number | undefined;
}

interface SoughtFlags extends WantedFlags {
  /** Where the filter looks. */
  readonly environmentKeys: readonly string[];
}

interface Sources {
  readonly db: Db;
  readonly intake: EventIntake;
}

/** The flags that fit by what they are, in order, and how to read some of them. */
interface Candidates {
  readonly keys: readonly string[];
  readonly read: (keys: readonly string[]) => Promise<readonly StoredFlag[]>;
}

/** A page of the flags that are wanted; no more of them are read than that takes. */
export async function pageOfFlags(
  sources: Sources,
  project: Project,
  wanted: WantedFlags,
): Promise<Page<StoredFlag>> {
  const { db } = sources;
  const { filter, limit, offset, compare = false, at } = wanted;
  const environments = await environmentsToShow(db, project, filter.filterEnv ?? wanted.env);
  const asksForMore = compare || asksForActivity(filter) || asksForCode(filter);
  const environmentKeys = environments.map(({ key }) => key);
  const sought = { ...wanted, environmentKeys };
  if (!asksForMore && at === undefined) return presentPage(db, project, sought);
  const { keys: all, read } =
    at === undefined
      ? await presentFlags(db, project, sought)
      : await pastFlags(db, project, { ...sought, at });
  let keys = all;
  if (asksForActivity(filter)) {
    keys = await activeKeys(sources, { keys, read }, { filter, environments });
  }
  if (asksForCode(filter)) {
    const files = await filesNamingFlags(db, project.key);
    keys = keys.filter((key) => matchesCode(filter, files.get(key) ?? 0));
  }
  if (compare) keys = await differing({ keys, read }, wanted.env);
  const items = await read(keys.slice(offset, offset + limit));
  return { items, totalCount: keys.length };
}

async function presentPage(
  db: Db,
  project: Project,
  { order, limit, offset, ...sought }: SoughtFlags,
): Promise<Page<StoredFlag>> {
  const narrowed = narrowedFlags(db, project, sought);
  const { count } = await narrowed
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const rows = await ordered(narrowed, order).limit(limit).offset(offset).execute();
  const keys = rows.map(({ key }) => key);
  return { items: await flagsWithKeys(db, project.id, keys), totalCount: count };
}

async function presentFlags(
  db: Db,
  project: Project,
  { order, ...sought }: SoughtFlags,
): Promise<Candidates> {
  const rows = await ordered(narrowedFlags(db, project, sought), order).execute();
  return {
    keys: rows.map(({ key }) => key),
    read: (keys) => flagsWithKeys(db, project.id, keys),
  };
}

/** Of the past there are no columns: what flags were is read from the log, and looked at here. */
async function pastFlags(
  db: Db,
  project: Project,
  { filter, order, at, environmentKeys }: SoughtFlags & { readonly at: number },
): Promise<Candidates> {
  const flags = (await listFlagsAt(db, project.id, await momentAt(db, at)))
    .filter((flag) => matchesSettings(filter, flag, environmentKeys))
    .sort((a, b) => {
      for (const { field, isDescending } of order) {
        const difference = pastOrders[field](a, b) * (isDescending ? -1 : 1);
        if (difference !== 0) return difference;
      }
      return 0;
    });
  const byKey = new Map(flags.map((flag) => [flag.state.key, flag]));
  return {
    keys: [...byKey.keys()],
    read: async (keys) => keys.flatMap((key) => byKey.get(key) ?? []),
  };
}

/** What columns can tell; archived flags are listed only where they are asked for. */
function narrowedFlags(
  db: Db,
  project: Project,
  { filter, environmentKeys }: Pick<SoughtFlags, "filter" | "environmentKeys">,
) {
  const { state, query, type, creationDate, tags = [], sdkAvailability } = filter;
  const { keys, segmentTargeted, turnedOn } = filter;
  let flags = db.selectFrom("flag").where("project_id", "=", project.id);
  flags = flags.where("state", "in", state ?? ["live", "deprecated"]);
  for (const [column, value] of namedBy(filter)) flags = flags.where(column, "=", value);
  if (keys !== undefined) flags = flags.where("key", "in", keys);
  if (query !== undefined) {
    flags = flags.where(sql<boolean>`instr(words, ${query.toLowerCase()}) > 0`);
  }
  for (const tag of tags) {
    flags = flags.where(
      sql<boolean>`exists (select 1 from json_each(flag.tags) where value = ${tag})`,
    );
  }
  if (type !== undefined) flags = flags.where("temporary", "=", type === "temporary" ? 1 : 0);
  const { after, before } = creationDate ?? {};
  if (after !== undefined) flags = flags.where("created_at", ">", after);
  if (before !== undefined) flags = flags.where("created_at", "<", before);
  if (segmentTargeted !== undefined) {
    // Whoever targets a segment names it; which of them do is told by the bodies of these few.
    flags = flags.where(sql<boolean>`instr(body, ${JSON.stringify(segmentTargeted)}) > 0`);
  }
  if (turnedOn !== undefined) flags = flags.where(isTurnedOn(turnedOn, environmentKeys));
  const readers = readersOf[sdkAvailability ?? "server"];
  if (readers.length === 0) return flags;
  return flags.where((eb) => eb.or(readers.map((column) => eb(column, "=", 1))));
}

/** The columns that have to hold one value. */
function namedBy({ key, maintainerId, maintainerTeamKey }: FlagFilter) {
  const named = [
    ["key", key],
    ["maintainer_id", maintainerId],
    ["maintainer_team_key", maintainerTeamKey],
  ] as const;
  return named.flatMap(([column, value]) =>
    value === undefined ? [] : [[column, value] as const],
  );
}

/** The columns of which one has to be set; servers may read every flag. */
const readersOf = {
  client: ["for_browsers"],
  mobile: ["for_mobiles"],
  anyClient: ["for_browsers", "for_mobiles"],
  server: [],
} as const;

function isTurnedOn(
  where: NonNullable<FlagFilter["turnedOn"]>,
  environmentKeys: readonly string[],
): RawBuilder<boolean> {
  const paths = environmentKeys.map((key) => sql`body ->> ${`$.environments."${key}".on`}`);
  const switches = sql`(${sql.join(paths)})`;
  if (where === "everywhere") return sql`0 not in ${switches}`;
  return where === "somewhere" ? sql`1 in ${switches}` : sql`1 not in ${switches}`;
}

/** As they were made where nothing else is asked for, or decides. */
function ordered(flags: ReturnType<typeof narrowedFlags>, order: Order) {
  let sorted = flags.select("key");
  for (const { field, isDescending } of order) {
    sorted = sorted.orderBy(field, (by) => {
      // Upper-case names stand among the others.
      const collated = field === "name" || field === "key" ? by.collate("nocase") : by;
      return isDescending ? collated.desc() : collated.asc();
    });
  }
  return sorted.orderBy("created_at").orderBy("key");
}

async function activeKeys(
  { db, intake }: Sources,
  { keys: all, read }: Candidates,
  { filter, environments }: { filter: FlagFilter; environments: readonly Environment[] },
): Promise<readonly string[]> {
  const { segmentTargeted, targetingModifiedDate } = filter;
  const flags = segmentTargeted === undefined ? [] : await read(all);
  const activities = await Promise.all(
    environments.map(
      async ({ id, key }): Promise<FlagActivity> => ({
        modified:
          targetingModifiedDate === undefined
            ? undefined
            : await itemVersions(db, { environmentId: id, kind: "flag", keys: [...all] }),
        evaluations: asksForEvaluations(filter) ? await intake.evaluatedFlags(id) : undefined,
        targetingSegment:
          segmentTargeted === undefined
            ? undefined
            : new Set(
                flags
                  .filter(({ state }) => namesSegment(configurationIn(state, key), segmentTargeted))
                  .map(({ state }) => state.key),
              ),
      }),
    ),
  );
  return all.filter((key) => matchesActivity(filter, key, activities));
}

/** The flags that are not configured alike in the environments that are compared. */
async function differing(
  { keys, read }: Candidates,
  env: FlagView["env"],
): Promise<readonly string[]> {
  const [first, ...others] = env === undefined ? [] : [env].flat();
  if (first === undefined || others.length === 0) {
    throw new DomainError(
      "invalid_request",
      "compare needs environments; name two or more, such as env=test&env=production",
    );
  }
  const found: string[] = [];
  for (let from = 0; from < keys.length; from += readAtOnce) {
    for (const { state } of await read(keys.slice(from, from + readAtOnce)))
      if (others.some((other) => !isAlike(state, first, other))) found.push(state.key);
    // Whoever asks for something small in the meantime is not kept waiting for all of it.
    await setImmediate();
  }
  return found;
}
