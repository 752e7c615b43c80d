import { configurationIn, type FlagConfiguration } from "@halyard/instructions";
import type { FlagEvaluations } from "../events/event-store.ts";
import {
  anyOf,
  count,
  type FilterOf,
  isInRange,
  list,
  oneOf,
  parseFilter,
  text,
  timeRange,
  unavailable,
} from "../http/filter.ts";
import { compareTexts } from "../http/sort.ts";
import type { StoredFlag } from "./flag-queries.ts";

const notKept = {
  experiments: "there are no experiments",
};

const fields = {
  query: text,
  key: text,
  keys: list,
  tags: list,
  state: anyOf("live", "deprecated", "archived"),
  type: oneOf("temporary", "permanent"),
  maintainerId: text,
  maintainerTeamKey: text,
  creationDate: timeRange,
  filterEnv: text,
  turnedOn: oneOf("everywhere", "somewhere", "nowhere"),
  evaluated: timeRange,
  notEvaluated: timeRange,
  targetingModifiedDate: timeRange,
  sdkAvailability: oneOf("client", "mobile", "anyClient", "server"),
  segmentTargeted: text,
  contextKindsEvaluated: list,
  hasExperiment: unavailable(notKept.experiments),
  "codeReferences.min": count,
  "codeReferences.max": count,
};

/** What a list of flags is narrowed to: each part has to fit. */
export type FlagFilter = FilterOf<typeof fields>;

/** The parts of a query that say which flags are wanted; `tag` and `archived` are older than `filter`. */
export interface FlagListQuery {
  readonly filter?: string | undefined;
  readonly tag?: string | undefined;
  readonly archived?: boolean | undefined;
}

/** Reads the filter of a list of flags; what it says itself counts more than the older parameters. */
export function parseFlagFilter({ filter, tag, archived }: FlagListQuery): FlagFilter {
  return {
    ...(tag === undefined ? {} : { tags: [tag] }),
    ...(archived === true ? { state: ["archived"] as const } : {}),
    ...parseFilter(filter, fields),
  };
}

/** What is known of flags in the environments that a filter looks at, one for each; absent is what nobody asks for. */
export interface FlagActivity {
  /** By the key of the flag: when what the environment serves of it last changed. */
  readonly modified: ReadonlyMap<string, { readonly updatedAt: number }> | undefined;
  readonly evaluations: ReadonlyMap<string, FlagEvaluations> | undefined;
  /** Keys of the flags with a rule that names the segment. */
  readonly targetingSegment: ReadonlySet<string> | undefined;
}

/** Whether a filter asks how flags are evaluated, which only the store of events knows. */
export function asksForEvaluations(filter: FlagFilter): boolean {
  const { evaluated, notEvaluated, contextKindsEvaluated } = filter;
  return [evaluated, notEvaluated, contextKindsEvaluated].some((asked) => asked !== undefined);
}

/** Whether a filter asks what happens to flags in an environment. */
export function asksForActivity(filter: FlagFilter): boolean {
  const { targetingModifiedDate, segmentTargeted } = filter;
  return (
    asksForEvaluations(filter) ||
    targetingModifiedDate !== undefined ||
    segmentTargeted !== undefined
  );
}

/** Whether a filter asks in how many files flags are named. */
export function asksForCode(filter: FlagFilter): boolean {
  return filter["codeReferences.min"] !== undefined || filter["codeReferences.max"] !== undefined;
}

/** Whether a flag itself fits, for flags that no column tells of; archived ones are asked for by name. */
export function matchesSettings(
  filter: FlagFilter,
  flag: StoredFlag,
  environmentKeys: readonly string[],
): boolean {
  return (
    matchesState(filter, flag) &&
    matchesMaintainer(filter, flag) &&
    matchesTurnedOn(filter, flag, environmentKeys)
  );
}

function matchesTurnedOn(
  { turnedOn }: FlagFilter,
  { state }: StoredFlag,
  environmentKeys: readonly string[],
): boolean {
  if (turnedOn === undefined) return true;
  const isOn = (key: string) => configurationIn(state, key)?.on === true;
  if (turnedOn === "everywhere") return environmentKeys.every(isOn);
  return environmentKeys.some(isOn) === (turnedOn === "somewhere");
}

/** Whether so many files name a flag as the filter wants. */
export function matchesCode(
  { "codeReferences.min": fewest = 0, "codeReferences.max": most = Infinity }: FlagFilter,
  files: number,
): boolean {
  return files >= fewest && files <= most;
}

function matchesState(filter: FlagFilter, { state, createdAt }: StoredFlag): boolean {
  const { query, key, keys, tags, type, creationDate } = filter;
  const lifecycle = state.archived ? "archived" : state.deprecated ? "deprecated" : "live";
  return (
    (filter.state === undefined ? !state.archived : filter.state.includes(lifecycle)) &&
    (tags ?? []).every((tag) => state.tags.includes(tag)) &&
    (type === undefined || type === (state.temporary ? "temporary" : "permanent")) &&
    (creationDate === undefined || isInRange(createdAt, creationDate)) &&
    (key === undefined || state.key === key) &&
    (keys === undefined || keys.includes(state.key)) &&
    (query === undefined ||
      `${state.key} ${state.name}`.toLowerCase().includes(query.toLowerCase()))
  );
}

function matchesMaintainer(
  { maintainerId, maintainerTeamKey, sdkAvailability }: FlagFilter,
  { state }: StoredFlag,
): boolean {
  const { usingEnvironmentId, usingMobileKey } = state.clientSideAvailability;
  const isAvailable = {
    client: usingEnvironmentId,
    mobile: usingMobileKey,
    anyClient: usingEnvironmentId || usingMobileKey,
    server: true,
  };
  return (
    (maintainerId === undefined || maintainerId === state.maintainerId) &&
    (maintainerTeamKey === undefined || maintainerTeamKey === state.maintainerTeamKey) &&
    (sdkAvailability === undefined || isAvailable[sdkAvailability])
  );
}

/** It is enough that a flag fits in one of the environments, but there it has to fit in all; what was not evaluated was so in none. */
export function matchesActivity(
  filter: FlagFilter,
  key: string,
  activities: readonly FlagActivity[],
): boolean {
  const { evaluated, targetingModifiedDate, segmentTargeted, contextKindsEvaluated } = filter;
  const { notEvaluated } = filter;
  const wasEvaluated = ({ evaluations }: FlagActivity) => {
    const lastAt = evaluations?.get(key)?.lastAt;
    return notEvaluated !== undefined && lastAt !== undefined && isInRange(lastAt, notEvaluated);
  };
  if (activities.some(wasEvaluated)) return false;
  return activities.some(({ modified, evaluations, targetingSegment }) => {
    const known = evaluations?.get(key);
    const modifiedAt = modified?.get(key)?.updatedAt;
    return (
      (evaluated === undefined || (known !== undefined && isInRange(known.lastAt, evaluated))) &&
      (targetingModifiedDate === undefined ||
        (modifiedAt !== undefined && isInRange(modifiedAt, targetingModifiedDate))) &&
      (segmentTargeted === undefined || targetingSegment?.has(key) === true) &&
      (contextKindsEvaluated ?? []).every((kind) => known?.contextKinds.includes(kind) === true)
    );
  });
}

export function namesSegment(
  configuration: FlagConfiguration | undefined,
  segmentKey: string,
): boolean {
  return (
    configuration?.rules.some(({ clauses }) =>
      clauses.some(({ op, values }) => op === "segmentMatch" && values.includes(segmentKey)),
    ) === true
  );
}

/** The orders of flags that are read from the past, by the columns of {@link flagOrders}. */
export const pastOrders: Readonly<
  Record<(typeof flagOrders)[keyof typeof flagOrders], (a: StoredFlag, b: StoredFlag) => number>
> = {
  created_at: (a, b) => a.createdAt - b.createdAt,
  key: (a, b) => compareTexts(a.state.key, b.state.key),
  name: (a, b) => compareTexts(a.state.name, b.state.name),
  temporary: (a, b) => Number(a.state.temporary) - Number(b.state.temporary),
  maintainer_id: (a, b) => compareTexts(a.state.maintainerId ?? "", b.state.maintainerId ?? ""),
  tags: (a, b) => compareTexts(a.state.tags.join(), b.state.tags.join()),
};

/** What a list of flags can be sorted by, as the store knows it. */
export const flagOrders = {
  creationDate: "created_at",
  key: "key",
  name: "name",
  type: "temporary",
  maintainerId: "maintainer_id",
  tags: "tags",
} as const;
