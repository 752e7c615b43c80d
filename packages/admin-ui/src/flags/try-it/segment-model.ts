import type { Json, Segment } from "@halyard/evaluation";

interface Clause {
  readonly contextKind?: string;
  readonly attribute: string;
  readonly op: string;
  readonly negate: boolean;
  readonly values: readonly Json[];
}

interface Targets {
  readonly contextKind: string;
  readonly values: readonly string[];
}

/** A segment as `GET /api/v2/segments/PROJECT/ENV/SEGMENT` gives it, as far as trying needs it. */
export interface SegmentRepresentation {
  readonly key: string;
  readonly version: number;
  readonly included: readonly string[];
  readonly excluded: readonly string[];
  readonly includedContexts: readonly Targets[];
  readonly excludedContexts: readonly Targets[];
  readonly rules: readonly {
    readonly _id: string;
    readonly clauses: readonly Clause[];
    readonly weight?: number;
  }[];
  readonly unbounded: boolean;
}

/** What an evaluation asks; where the server has said who is in it, that alone. */
export function segmentOf(shown: SegmentRepresentation, isMember?: boolean): Segment {
  const { key, version, included, excluded, includedContexts, excludedContexts, rules } = shown;
  // A rule without conditions takes everyone.
  if (isMember !== undefined) return { key, version, rules: isMember ? [{ clauses: [] }] : [] };
  return {
    key,
    version,
    included,
    excluded,
    includedContexts,
    excludedContexts,
    rules: rules.map(({ _id: id, clauses }) => ({ id, clauses })),
  };
}

/** The segments that conditions name. */
export function segmentsIn(clauses: readonly Pick<Clause, "op" | "values">[]): readonly string[] {
  return clauses.flatMap(({ op, values }) =>
    op === "segmentMatch" ? values.filter((value) => typeof value === "string") : [],
  );
}
