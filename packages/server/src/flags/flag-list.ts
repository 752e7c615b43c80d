import { configurationIn, type FlagState, isSame } from "@halyard/instructions";
import { sql } from "kysely";
import { type Environment, itemVersions } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import type { Page } from "../http/paging.ts";
import type { parseSortSteps } from "../http/sort.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import {
  asksForActivity,
  asksForEvaluations,
  type FlagActivity,
  type FlagFilter,
  type flagOrders,
  matchesActivity,
  namesSegment,
} from "./flag-filter.ts";
import { flagsWithKeys, type StoredFlag } from "./flag-queries.ts";
import { environmentsToShow, type FlagView } from "./flag-surroundings.ts";

type Order = ReturnType<typeof parseSortSteps<(typeof flagOrders)[keyof typeof flagOrders]>>;

/** Which flags of a project are wanted, in which order, and which piece of them. */
export interface WantedFlags {
  readonly filter: FlagFilter;
  readonly order: Order;
  readonly env?: FlagView["env"];
  readonly limit: number;
  readonly offset: number;
  /** Only flags that differ between the environments of `env`. */
  readonly compare?: boolean | undefined;
}

interface Sources {
  readonly db: Db;
  readonly intake: EventIntake;
}

/** A page of the flags that are wanted; no other flag is read. */
export async function pageOfFlags(
  sources: Sources,
  project: Project,
  wanted: WantedFlags,
): Promise<Page<StoredFlag>> {
  const { db } = sources;
  const { filter, limit, offset } = wanted;
  const environments = await environmentsToShow(db, project, filter.filterEnv ?? wanted.env);
  if (wanted.compare !== true && !asksForActivity(filter)) {
    const narrowed = narrowedFlags(db, project, filter);
    const { count } = await narrowed
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    const rows = await ordered(narrowed, wanted.order).limit(limit).offset(offset).execute();
    const keys = rows.map(({ key }) => key);
    return { items: await flagsWithKeys(db, project.id, keys), totalCount: count };
  }
  const rows = await ordered(narrowedFlags(db, project, filter), wanted.order).execute();
  const all = rows.map(({ key }) => key);
  const active = asksForActivity(filter)
    ? await activeKeys(sources, project, { all, filter, environments })
    : all;
  const keys = wanted.compare === true ? await differing(db, project, { active, wanted }) : active;
  const items = await flagsWithKeys(db, project.id, keys.slice(offset, offset + limit));
  return { items, totalCount: keys.length };
}

/** What columns can tell; archived flags are listed only where they are asked for. */
function narrowedFlags(db: Db, project: Project, filter: FlagFilter) {
  const { state, query, type, creationDate, maintainerId, maintainerTeamKey } = filter;
  const { tags = [], sdkAvailability } = filter;
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
  project: Project,
  {
    all,
    filter,
    environments,
  }: { all: string[]; filter: FlagFilter; environments: readonly Environment[] },
): Promise<readonly string[]> {
  const { segmentTargeted, targetingModifiedDate } = filter;
  const flags = segmentTargeted === undefined ? [] : await flagsWithKeys(db, project.id, all);
  const activities = await Promise.all(
    environments.map(
      async ({ id, key }): Promise<FlagActivity> => ({
        modified:
          targetingModifiedDate === undefined
            ? undefined
            : await itemVersions(db, { environmentId: id, kind: "flag", keys: all }),
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
  db: Db,
  project: Project,
  { active, wanted }: { active: readonly string[]; wanted: WantedFlags },
): Promise<readonly string[]> {
  const [first, ...others] = wanted.env === undefined ? [] : [wanted.env].flat();
  if (first === undefined || others.length === 0) {
    throw new DomainError(
      "invalid_request",
      "compare needs environments; name two or more, such as env=test&env=production",
    );
  }
  const flags = await flagsWithKeys(db, project.id, active);
  return flags
    .filter(({ state }) => others.some((other) => !isAlike(state, first, other)))
    .map(({ state }) => state.key);
}

/** Salts and the ids of rules and clauses are each environment's own. */
function isAlike(flag: FlagState, one: string, other: string): boolean {
  const [a, b] = [one, other].map((key) => {
    const configuration = configurationIn(flag, key);
    if (configuration === undefined) return null;
    const { salt: _, rules, ...rest } = configuration;
    return {
      ...rest,
      rules: rules.map(({ id: __, clauses, ...rule }) => ({
        ...rule,
        clauses: clauses.map(({ id: ___, ...clause }) => clause),
      })),
    };
  });
  return isSame(a, b);
}
