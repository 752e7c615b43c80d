import { configurationIn, type RuleClause, type SegmentState } from "@halyard/instructions";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { listFlagsHolding, type StoredFlag } from "../flags/flag-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { listSegments } from "./segment-queries.ts";

interface SegmentPlace {
  readonly project: Project;
  readonly environment: Environment;
  readonly key: string;
}

/** How many users a message names; the representation has all of them. */
const namedInMessage = 5;

/** The flags of which a rule names a segment, in its environment. */
export async function flagsNaming(
  db: Db,
  { project, environment, key }: SegmentPlace,
): Promise<readonly StoredFlag[]> {
  const written = [JSON.stringify("segmentMatch"), JSON.stringify(key)] as const;
  return (await listFlagsHolding(db, project.id, written)).filter(({ state }) =>
    configurationIn(state, environment.key)?.rules.some(({ clauses }) =>
      namedIn(clauses).includes(key),
    ),
  );
}

/** The flags of which a rule names a segment of the environment, by the segment's key. */
export async function flagsByNamedSegment(
  db: Db,
  { project, environment }: Omit<SegmentPlace, "key">,
): Promise<ReadonlyMap<string, readonly StoredFlag[]>> {
  const byKey = new Map<string, StoredFlag[]>();
  const written = JSON.stringify("segmentMatch");
  for (const flag of await listFlagsHolding(db, project.id, [written, written])) {
    const rules = configurationIn(flag.state, environment.key)?.rules ?? [];
    for (const key of new Set(rules.flatMap(({ clauses }) => namedIn(clauses)))) {
      byKey.set(key, [...(byKey.get(key) ?? []), flag]);
    }
  }
  return byKey;
}

/** The flags whose answer may depend on a segment: their rules name it, or a segment that asks for it. */
export async function flagsAskingFor(
  db: Db,
  { project, environment, key }: SegmentPlace,
): Promise<readonly StoredFlag[]> {
  const segments = await listSegments(db, environment.id);
  const reaching = new Set([key]);
  for (let known = 0; known < reaching.size; ) {
    known = reaching.size;
    for (const { state } of segments)
      if (segmentsNamed(state).some((named) => reaching.has(named))) reaching.add(state.key);
  }
  const byKey = await flagsByNamedSegment(db, { project, environment });
  const found = [...reaching].flatMap((one) => byKey.get(one) ?? []);
  return [...new Set(found)].filter(({ state }) => !state.archived);
}

/** Ends the deletion of a segment that something still asks for. */
export async function refuseWhileNamed(tx: Tx, place: SegmentPlace): Promise<void> {
  const flags = (await flagsNaming(tx, place)).map(({ state }) => `flag "${state.key}"`);
  const segments = (await listSegments(tx, place.environment.id))
    .filter(({ state }) => segmentsNamed(state).includes(place.key))
    .map(({ state }) => `segment "${state.key}"`);
  const users = [...flags, ...segments];
  if (users.length === 0) return;
  const more = users.length > namedInMessage ? ` and ${users.length - namedInMessage} more` : "";
  throw new DomainError(
    "conflict",
    `segment "${place.key}" cannot be deleted while rules of ${users.slice(0, namedInMessage).join(", ")}${more} name it; remove those clauses first`,
  );
}

/** The keys of the segments that a segment's rules ask for. */
export function segmentsNamed({ rules }: SegmentState): readonly string[] {
  return rules.flatMap(({ clauses }) => namedIn(clauses));
}

function namedIn(clauses: readonly RuleClause[]): readonly string[] {
  return clauses
    .filter(({ op }) => op === "segmentMatch")
    .flatMap(({ values }) => values.filter((value) => typeof value === "string"));
}
