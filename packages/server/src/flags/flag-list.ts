import { setImmediate } from "node:timers/promises";
import {
  configurationIn,
  type FlagConfiguration,
  type FlagState,
  isSame,
} from "@halyard/instructions";
import { sql } from "kysely";
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
  if (!asksForMore && at === undefined) return presentPage(db, project, wanted);
  const { keys: all, read } =
    at === undefined
      ? await presentFlags(db, project, wanted)
      : await pastFlags(db, project, { ...wanted, at });
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
  { filter, order, limit, offset }: WantedFlags,
): Promise<Page<StoredFlag>> {
  const narrowed = narrowedFlags(db, project, filter);
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
  { filter, order }: WantedFlags,
): Promise<Candidates> {
  const rows = await ordered(narrowedFlags(db, project, filter), order).execute();
  return {
    keys: rows.map(({ key }) => key),
    read: (keys) => flagsWithKeys(db, project.id, keys),
  };
}

/** Of the past there are no columns: what flags were is read from the log, and looked at here. */
async function pastFlags(
  db: Db,
  project: Project,
  { filter, order, at }: WantedFlags & { readonly at: number },
): Promise<Candidates> {
  const flags = (await listFlagsAt(db, project.id, await momentAt(db, at)))
    .filter((flag) => matchesSettings(filter, flag))
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
function narrowedFlags(db: Db, project: Project, filter: FlagFilter) {
  const { state, query, type, creationDate, maintainerId, maintainerTeamKey } = filter;
  const { tags = [], sdkAvailability, segmentTargeted } = filter;
  let flags = db.selectFrom("flag").where("project_id", "=", project.id);
  flags = flags.where("state", "in", state ?? ["live", "deprecated"]);
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
  if (maintainerId !== undefined) flags = flags.where("maintainer_id", "=", maintainerId);
  if (maintainerTeamKey !== undefined) {
    flags = flags.where("maintainer_team_key", "=", maintainerTeamKey);
  }
  if (segmentTargeted !== undefined) {
    // Whoever targets a segment names it; which of them do is told by the bodies of these few.
    flags = flags.where(sql<boolean>`instr(body, ${JSON.stringify(segmentTargeted)}) > 0`);
  }
  if (sdkAvailability === "client") return flags.where("for_browsers", "=", 1);
  if (sdkAvailability === "mobile") return flags.where("for_mobiles", "=", 1);
  if (sdkAvailability !== "anyClient") return flags;
  return flags.where((eb) => eb.or([eb("for_browsers", "=", 1), eb("for_mobiles", "=", 1)]));
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

/** Salts and the ids of rules and clauses are each environment's own. */
function isAlike(flag: FlagState, one: string, other: string): boolean {
  const [a, b] = [configurationIn(flag, one), configurationIn(flag, other)];
  if (a === undefined || b === undefined) return a === b;
  // Tells most of those that differ, without a look at everything that they have.
  if (a.on !== b.on || a.rules.length !== b.rules.length) return false;
  return isSame(withoutIds(a), withoutIds(b));
}

function withoutIds({ salt: _, rules, ...rest }: FlagConfiguration): object {
  return {
    ...rest,
    rules: rules.map(({ id: __, clauses, ...rule }) => ({
      ...rule,
      clauses: clauses.map(({ id: ___, ...clause }) => clause),
    })),
  };
}
