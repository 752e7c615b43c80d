import { applySegmentInstructions } from "./apply-segment.ts";
import { type InstructionContext, isInstructionError, isSame } from "./outcome.ts";
import type { SegmentInstruction } from "./segment-instruction.ts";
import type { SegmentState, SegmentStateRule, SegmentStateTarget } from "./state.ts";

/** The instructions that make segment `a` what `b` is. Lists that differ go whole and come whole, so that their order is kept. */
export function differenceOfSegments(a: SegmentState, b: SegmentState): SegmentInstruction[] {
  return [
    ...when(a.name !== b.name, [{ kind: "updateName", value: b.name }]),
    ...when(a.description !== b.description, [{ kind: "updateDescription", value: b.description }]),
    ...when(!isSame(a.tags, b.tags), [
      { kind: "removeTags", values: [...a.tags] },
      { kind: "addTags", values: [...b.tags] },
    ]),
    ...when(!isSame(a.included, b.included), [
      { kind: "removeIncludedUsers", values: [...a.included] },
      { kind: "addIncludedUsers", values: [...b.included] },
    ]),
    ...when(!isSame(a.excluded, b.excluded), [
      { kind: "removeExcludedUsers", values: [...a.excluded] },
      { kind: "addExcludedUsers", values: [...b.excluded] },
    ]),
    ...when(!isSame(a.includedContexts, b.includedContexts), [
      ...a.includedContexts.map((target) => ({
        kind: "removeIncludedTargets" as const,
        ...copied(target),
      })),
      ...b.includedContexts.map((target) => ({
        kind: "addIncludedTargets" as const,
        ...copied(target),
      })),
    ]),
    ...when(!isSame(a.excludedContexts, b.excludedContexts), [
      ...a.excludedContexts.map((target) => ({
        kind: "removeExcludedTargets" as const,
        ...copied(target),
      })),
      ...b.excludedContexts.map((target) => ({
        kind: "addExcludedTargets" as const,
        ...copied(target),
      })),
    ]),
    ...when(!isSame(a.rules, b.rules), [
      ...a.rules.map(({ id }) => ({ kind: "removeRule" as const, ruleId: id })),
      ...b.rules.map((rule) => ({ kind: "addRule" as const, ...ruleInput(rule) })),
    ]),
    ...differenceOfExpiries(a, b),
  ];
}

/** After those about targets: where a list differs, its targets went and took their expiries along. */
function differenceOfExpiries(a: SegmentState, b: SegmentState): SegmentInstruction[] {
  const listed: readonly (keyof SegmentState)[] = [
    "included",
    "excluded",
    "includedContexts",
    "excludedContexts",
  ];
  const isSameLists = listed.every((list) => isSame(a[list], b[list]));
  if (isSameLists && isSame(a.expiringTargets ?? [], b.expiringTargets ?? [])) return [];
  return [
    ...(a.expiringTargets ?? []).map(({ expiresAt: _, ...target }) => ({
      kind: "removeExpiringTarget" as const,
      ...target,
    })),
    ...(b.expiringTargets ?? []).map(({ expiresAt, ...target }) => ({
      kind: "addExpiringTarget" as const,
      ...target,
      value: expiresAt,
    })),
  ];
}

/** The instructions that take back what the given ones would do; none where they fit not. */
export function invertSegmentInstructions(
  instructions: readonly SegmentInstruction[],
  before: SegmentState,
  context: InstructionContext<SegmentState>,
): SegmentInstruction[] {
  const after = applySegmentInstructions(before, instructions, context);
  return isInstructionError(after) ? [] : differenceOfSegments(after, before);
}

function copied({ contextKind, values }: SegmentStateTarget) {
  return { contextKind, values: [...values] };
}

function ruleInput({ id, clauses, ...rest }: SegmentStateRule) {
  return {
    ...rest,
    ruleId: id,
    clauses: clauses.map(({ id: _id, values, ...clause }) => ({
      ...clause,
      _id,
      values: [...values],
    })),
  };
}

function when(condition: boolean, instructions: SegmentInstruction[]): SegmentInstruction[] {
  return condition ? instructions : [];
}
