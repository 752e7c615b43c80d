import {
  type Context,
  type EvaluationStore,
  evaluate,
  explain,
  type Segment,
} from "@halyard/evaluation";
import { z } from "zod";

/** What puts a context into a segment, or keeps it out. */
export const MembershipReason = z.object({
  kind: z.enum(["INCLUDED", "EXCLUDED", "RULE_MATCH", "NO_MATCH"]),
  ruleIndex: z.int().optional(),
  ruleID: z.string().optional(),
});
export type MembershipReason = z.infer<typeof MembershipReason>;

/** What decides, found by asking again without the one and the other. */
export function reasonFor(
  segment: Segment,
  context: Context,
  store: EvaluationStore,
): MembershipReason {
  const rules = segment.rules ?? [];
  const isMember = isInSegment(segment, context, store);
  const byName = { ...segment, rules: [] };
  if (isMember && isInSegment(byName, context, store)) return { kind: "INCLUDED" };
  const ruleAlone = (index: number): Segment => ({
    key: segment.key,
    version: segment.version,
    salt: segment.salt ?? "",
    rules: rules.slice(index, index + 1),
  });
  const at = rules.findIndex((_, index) => isInSegment(ruleAlone(index), context, store));
  if (!isMember) return isExcluded(byName, context, store) ? { kind: "EXCLUDED" } : noMatch;
  const id = rules[at]?.id;
  return { kind: "RULE_MATCH", ruleIndex: at, ...(typeof id === "string" ? { ruleID: id } : {}) };
}

const noMatch = { kind: "NO_MATCH" } as const;

/** Who is excluded by name is not in a segment of which everybody else is. */
function isExcluded(segment: Segment, context: Context, store: EvaluationStore): boolean {
  return !isInSegment({ ...segment, rules: [{ clauses: [] }] }, context, store);
}

/** Whether a context is in a segment, taken in the place of the store's own of that key. */
export function isInSegment(segment: Segment, context: Context, store: EvaluationStore): boolean {
  const flag = {
    key: "",
    version: 1,
    on: true,
    variations: [false, true],
    fallthrough: { variation: 0 },
    rules: [
      {
        clauses: [{ attribute: "", op: "segmentMatch", values: [segment.key], negate: false }],
        variation: 1,
      },
    ],
  };
  const asked = { ...withSegment(store, segment), flag: () => undefined };
  return evaluate(flag, context, asked).value === true;
}

/** What each rule of a segment says to a context, the first condition that does not fit among it. */
export const RuleAnswer = z.object({
  ruleID: z.string(),
  isMatch: z.boolean(),
  failed: z
    .object({
      index: z.int(),
      contextKind: z.string(),
      attribute: z.string(),
      op: z.string(),
      actual: z.unknown(),
    })
    .partial({ actual: true })
    .optional(),
});

export function rulesFor(
  segment: Segment,
  context: Context,
  store: EvaluationStore,
): z.infer<typeof RuleAnswer>[] {
  return (segment.rules ?? []).map((rule, at) => {
    const ruleID = typeof rule.id === "string" ? rule.id : String(at);
    const alone = { key: segment.key, version: 1, salt: segment.salt ?? "", rules: [rule] };
    if (isInSegment(alone, context, store)) return { ruleID, isMatch: true };
    const flag = {
      key: "",
      version: 1,
      on: true,
      variations: [false, true],
      fallthrough: { variation: 0 },
      rules: [{ clauses: rule.clauses ?? [], variation: 1 }],
    };
    const { steps } = explain(flag, context, withSegment(store, segment));
    const failed = steps.find((step) => step.kind === "rule")?.failed;
    return { ruleID, isMatch: false, ...(failed === undefined ? {} : { failed }) };
  });
}

/** The same store, but for one segment. */
export function withSegment(store: EvaluationStore, segment: Segment): EvaluationStore {
  return {
    ...store,
    segment: (key: string) => (key === segment.key ? segment : store.segment(key)),
  };
}
