import type { FlagConfiguration } from "@halyard/instructions";
import type { FlagEvaluations } from "../events/event-store.ts";
import {
  anyOf,
  type FilterOf,
  isInRange,
  list,
  oneOf,
  parseFilter,
  text,
  timeRange,
  unavailable,
} from "../http/filter.ts";

const notKept = {
  experiments: "there are no experiments",
  codeReferences: "no code references are kept",
};

const fields = {
  query: text,
  tags: list,
  state: anyOf("live", "deprecated", "archived"),
  type: oneOf("temporary", "permanent"),
  maintainerId: text,
  maintainerTeamKey: text,
  creationDate: timeRange,
  filterEnv: text,
  evaluated: timeRange,
  targetingModifiedDate: timeRange,
  sdkAvailability: oneOf("client", "mobile", "anyClient", "server"),
  segmentTargeted: text,
  contextKindsEvaluated: list,
  hasExperiment: unavailable(notKept.experiments),
  "codeReferences.min": unavailable(notKept.codeReferences),
  "codeReferences.max": unavailable(notKept.codeReferences),
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
export function asksForEvaluations({ evaluated, contextKindsEvaluated }: FlagFilter): boolean {
  return evaluated !== undefined || contextKindsEvaluated !== undefined;
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

/** It is enough that a flag fits in one of the environments, but there it has to fit in all. */
export function matchesActivity(
  filter: FlagFilter,
  key: string,
  activities: readonly FlagActivity[],
): boolean {
  const { evaluated, targetingModifiedDate, segmentTargeted, contextKindsEvaluated } = filter;
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

/** What a list of flags can be sorted by, as the store knows it. */
export const flagOrders = {
  creationDate: "created_at",
  key: "key",
  name: "name",
  type: "temporary",
  maintainerId: "maintainer_id",
  tags: "tags",
} as const;
