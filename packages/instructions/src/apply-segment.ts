import { newClause, reordered, withClause, withRule } from "./clauses.ts";
import {
  type InstructionContext,
  type InstructionError,
  inOrder,
  isSame,
  Refusal,
} from "./outcome.ts";
import {
  addExpiringSegmentTarget,
  removeExpiringSegmentTarget,
  updateExpiringSegmentTarget,
  withLiveSegmentTargets,
} from "./segment-expiry.ts";
import type { SegmentInstruction } from "./segment-instruction.ts";
import type { SegmentState, SegmentStateRule, SegmentStateTarget } from "./state.ts";

type Of<K extends SegmentInstruction["kind"]> = Extract<SegmentInstruction, { kind: K }>;
type Handlers = {
  readonly [K in SegmentInstruction["kind"]]: (
    segment: SegmentState,
    instruction: Of<K>,
    newId: () => string,
  ) => SegmentState;
};

const handlers: Handlers = {
  updateName: (segment, { value }) => ({ ...segment, name: value }),
  updateDescription: (segment, { value }) => ({ ...segment, description: value }),
  addTags: (segment, { values: added }) => ({ ...segment, tags: union(segment.tags, added) }),
  removeTags: (segment, { values: gone }) => ({ ...segment, tags: without(segment.tags, gone) }),
  addIncludedTargets: (segment, target) => changedList(segment, "included", target, union),
  removeIncludedTargets: (segment, target) => changedList(segment, "included", target, without),
  addExcludedTargets: (segment, target) => changedList(segment, "excluded", target, union),
  removeExcludedTargets: (segment, target) => changedList(segment, "excluded", target, without),
  addIncludedUsers: (segment, { values: keys }) =>
    changedList(segment, "included", ofUsers(keys), union),
  removeIncludedUsers: (segment, { values: keys }) =>
    changedList(segment, "included", ofUsers(keys), without),
  addExcludedUsers: (segment, { values: keys }) =>
    changedList(segment, "excluded", ofUsers(keys), union),
  removeExcludedUsers: (segment, { values: keys }) =>
    changedList(segment, "excluded", ofUsers(keys), without),
  addRule: (segment, input, newId) => {
    if (segment.rules.some(({ id }) => id === input.ruleId)) {
      throw new Refusal(`there is a rule "${input.ruleId}" already; leave ruleId out`);
    }
    return { ...segment, rules: [...segment.rules, newRule(input, newId)] };
  },
  removeRule: (segment, { ruleId: gone }) => ({
    ...segment,
    rules: segment.rules.filter(({ id }) => id !== gone),
  }),
  reorderRules: (segment, { ruleIds }) => ({
    ...segment,
    rules: reordered(segment.rules, ruleIds),
  }),
  addClauses: (segment, { ruleId: id, clauses }, newId) => ({
    ...segment,
    rules: withRule(segment.rules, id, (one) => ({
      ...one,
      clauses: [...one.clauses, ...clauses.map((clause) => newClause(clause, newId))],
    })),
  }),
  removeClauses: (segment, { ruleId: id, clauseIds }) => ({
    ...segment,
    rules: withRule(segment.rules, id, (one) => ({
      ...one,
      clauses: one.clauses.filter((clause) => !clauseIds.includes(clause.id)),
    })),
  }),
  updateClause: (segment, { clause, ...at }, newId) => ({
    ...segment,
    rules: withClause(segment.rules, at, ({ id }) => newClause({ ...clause, _id: id }, newId)),
  }),
  addValuesToClause: (segment, { values: added, ...at }) => ({
    ...segment,
    rules: withClause(segment.rules, at, (clause) => ({
      ...clause,
      values: [
        ...clause.values,
        ...added.filter((value) => !clause.values.some((known) => isSame(known, value))),
      ],
    })),
  }),
  removeValuesFromClause: (segment, { values: gone, ...at }) => ({
    ...segment,
    rules: withClause(segment.rules, at, (clause) => ({
      ...clause,
      values: clause.values.filter((value) => !gone.some((one) => isSame(one, value))),
    })),
  }),
  updateRuleDescription: (segment, { ruleId: id, description }) => ({
    ...segment,
    rules: withRule(segment.rules, id, (one) => ({ ...one, description })),
  }),
  addBigSegmentIncludedTargets: bigSegment,
  removeBigSegmentIncludedTargets: bigSegment,
  addBigSegmentExcludedTargets: bigSegment,
  removeBigSegmentExcludedTargets: bigSegment,
  processBigSegmentImport: bigSegment,
  addExpiringTarget: addExpiringSegmentTarget,
  updateExpiringTarget: updateExpiringSegmentTarget,
  removeExpiringTarget: removeExpiringSegmentTarget,
  updateRuleRolloutAndContextKind: (segment, { ruleId: id, weight, contextKind }) => ({
    ...segment,
    rules: withRule(segment.rules, id, (one) => ({
      ...one,
      weight,
      ...(contextKind === undefined ? {} : { rolloutContextKind: contextKind }),
    })),
  }),
};

/** The segment after all instructions; the very same one where nothing changes; or what does not fit. */
export function applySegmentInstructions(
  segment: SegmentState,
  instructions: readonly SegmentInstruction[],
  { newId }: InstructionContext<SegmentState>,
): SegmentState | InstructionError {
  const table = handlers as unknown as Readonly<
    Record<
      string,
      (segment: SegmentState, instruction: SegmentInstruction, newId: () => string) => SegmentState
    >
  >;
  return inOrder(segment, instructions, `segment "${segment.key}"`, (state, instruction) =>
    withLiveSegmentTargets(table[instruction.kind]?.(state, instruction, newId) ?? state),
  );
}

/** A segment that holds nobody yet. */
export function newSegmentState(
  input: {
    /** Whether it is a big one, whose members are kept apart; then of which kind they are. */
    readonly unbounded?: boolean | undefined;
    readonly unboundedContextKind?: string | undefined;
    readonly key: string;
    readonly name: string;
    readonly description?: string | undefined;
    readonly tags?: readonly string[] | undefined;
  },
  salt: string,
): SegmentState {
  return {
    key: input.key,
    name: input.name,
    description: input.description ?? "",
    tags: input.tags ?? [],
    salt,
    included: [],
    excluded: [],
    includedContexts: [],
    excludedContexts: [],
    rules: [],
    unbounded: input.unbounded ?? false,
    ...(input.unbounded === true
      ? { unboundedContextKind: input.unboundedContextKind ?? "user", generation: 1 }
      : {}),
  };
}

/** The members of a big segment are not part of its state; {@link applyToMembership} has them. */
function bigSegment(segment: SegmentState): SegmentState {
  if (segment.unbounded) return segment;
  throw new Refusal(
    "it is no big segment; use addIncludedTargets and the like, or create it with unbounded",
  );
}

function newRule(
  { ruleId: given, kind: _, clauses, ...rest }: Of<"addRule">,
  newId: () => string,
): SegmentStateRule {
  const { description, weight, bucketBy, rolloutContextKind } = rest;
  return {
    id: given ?? newId(),
    ...(description === undefined ? {} : { description }),
    clauses: clauses.map((clause) => newClause(clause, newId)),
    ...(weight === undefined ? {} : { weight }),
    ...(bucketBy === undefined ? {} : { bucketBy }),
    ...(rolloutContextKind === undefined ? {} : { rolloutContextKind }),
  };
}

function ofUsers(keys: readonly string[]): SegmentStateTarget {
  return { contextKind: "user", values: keys };
}

/** Users are listed apart from contexts of other kinds. */
function changedList(
  segment: SegmentState,
  list: "included" | "excluded",
  { contextKind, values: keys }: SegmentStateTarget,
  change: (known: readonly string[], keys: readonly string[]) => readonly string[],
): SegmentState {
  if (contextKind === "user") return { ...segment, [list]: change(segment[list], keys) };
  const name = list === "included" ? "includedContexts" : "excludedContexts";
  const known = segment[name].find((target) => target.contextKind === contextKind)?.values ?? [];
  const others = segment[name].filter((target) => target.contextKind !== contextKind);
  const changed = change(known, keys);
  return {
    ...segment,
    [name]: changed.length === 0 ? others : [...others, { contextKind, values: changed }],
  };
}

function union(known: readonly string[], added: readonly string[]): readonly string[] {
  return [...new Set([...known, ...added])];
}

function without(known: readonly string[], gone: readonly string[]): readonly string[] {
  return known.filter((value) => !gone.includes(value));
}
