import { parseReference } from "./attribute-reference.ts";
import { Buckets } from "./bucket.ts";
import { type CompiledClause, compileClauses, isOldStyle, kindOf, listOf } from "./clause.ts";
import type { Segment, SegmentRule, SegmentTarget } from "./model.ts";
import type { BigSegmentsStatus } from "./reason.ts";
import { type BigSegmentsUse, MalformedFlag, type Run } from "./run.ts";

interface CompiledSegment {
  readonly isIncluded: (run: Run) => boolean;
  readonly isExcluded: (run: Run) => boolean;
  readonly rules: readonly ((run: Run) => boolean)[];
}

const compiled = new WeakMap<Segment, CompiledSegment>();

/** Whether the run's context is in the segment of this key; an unknown segment holds nobody. */
export function isInSegment(key: string, run: Run): boolean {
  const segment = run.store.segment(key);
  if (segment === undefined || segment.deleted === true) return false;
  run.segments ??= [];
  if (run.segments.includes(key)) {
    throw new MalformedFlag(`segment "${key}" reaches itself`);
  }
  run.segments.push(key);
  try {
    return contains(segment, run);
  } finally {
    run.segments.pop();
  }
}

function contains(segment: Segment, run: Run): boolean {
  let ready = compiled.get(segment);
  if (ready === undefined) {
    ready = compileSegment(segment);
    compiled.set(segment, ready);
  }
  if (segment.unbounded === true) {
    const answer = bigSegmentAnswer(segment, run);
    if (answer !== undefined) return answer;
  } else {
    if (ready.isIncluded(run)) return true;
    if (ready.isExcluded(run)) return false;
  }
  return ready.rules.some((rule) => rule(run));
}

function compileSegment(segment: Segment): CompiledSegment {
  return {
    isIncluded: compileLists(segment.included, segment.includedContexts),
    isExcluded: compileLists(segment.excluded, segment.excludedContexts),
    rules: listOf(segment.rules).map((rule) => compileRule(rule, segment)),
  };
}

function compileLists(
  userKeys: readonly string[] | null | undefined,
  targets: readonly SegmentTarget[] | null | undefined,
): (run: Run) => boolean {
  const all = [{ contextKind: "user", values: userKeys }, ...listOf(targets)];
  const lists = all
    .map((target) => ({ kind: kindOf(target), keys: new Set(listOf(target.values)) }))
    .filter(({ keys }) => keys.size > 0);
  return ({ context }) =>
    lists.some(({ kind, keys }) => {
      const individual = context.individual(kind);
      return individual !== undefined && keys.has(individual.key);
    });
}

function compileRule(rule: SegmentRule, segment: Segment): (run: Run) => boolean {
  const clauses: readonly CompiledClause[] = compileClauses(rule.clauses);
  const { weight, rolloutContextKind } = rule;
  const matches = (run: Run) => clauses.every((clause) => clause.matches(run));
  if (weight === undefined || weight === null) return matches;
  const bucketBy = isOldStyle(rule.bucketBy) ? "key" : rule.bucketBy;
  const reference = parseReference(bucketBy, isOldStyle(rolloutContextKind));
  const kind = kindOf({ contextKind: rolloutContextKind ?? null });
  const buckets = new Buckets(kind, reference, `${segment.key}.${segment.salt ?? ""}`);
  return (run) => {
    if (!matches(run)) return false;
    if (!reference.isValid) throw new MalformedFlag(`"${bucketBy}" cannot be bucketed by`);
    return buckets.placeOf(run.context) < weight / 100_000;
  };
}

/** What the store of big segments says; undefined where the segment's rules decide. */
function bigSegmentAnswer(segment: Segment, run: Run): boolean | undefined {
  const { generation } = segment;
  const individual = run.context.individual(
    kindOf({ contextKind: segment.unboundedContextKind ?? null }),
  );
  // Users of the older shape may have an empty key, by which no store is asked.
  if (individual === undefined || individual.key === "") return false;
  run.big ??= { answers: new Map(), status: undefined };
  if (typeof generation !== "number") {
    worsen(run.big, "NOT_CONFIGURED");
    return false;
  }
  const answer = run.big.answers.get(individual.key) ??
    run.store.bigSegments?.(individual.key) ?? { membership: undefined, status: "NOT_CONFIGURED" };
  run.big.answers.set(individual.key, answer);
  worsen(run.big, answer.status);
  return answer.membership?.[`${segment.key}.g${generation}`];
}

const severity: readonly BigSegmentsStatus[] = [
  "HEALTHY",
  "STALE",
  "STORE_ERROR",
  "NOT_CONFIGURED",
];

function worsen(big: BigSegmentsUse, status: BigSegmentsStatus): void {
  const known = big.status;
  if (known === undefined || severity.indexOf(status) > severity.indexOf(known)) {
    big.status = status;
  }
}
