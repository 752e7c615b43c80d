import type { SegmentInstruction } from "./segment-instruction.ts";

/** How some contexts stand to a big segment: listed as in it, listed as not in it, by their keys. */
export interface BigSegmentMembership {
  readonly included: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
}

const effects = {
  addBigSegmentIncludedTargets: { list: "included", isAdded: true },
  removeBigSegmentIncludedTargets: { list: "included", isAdded: false },
  addBigSegmentExcludedTargets: { list: "excluded", isAdded: true },
  removeBigSegmentExcludedTargets: { list: "excluded", isAdded: false },
} as const;
type MembershipInstruction = Extract<SegmentInstruction, { kind: keyof typeof effects }>;

export function isMembershipInstruction(
  instruction: SegmentInstruction,
): instruction is MembershipInstruction {
  return Object.hasOwn(effects, instruction.kind);
}

/** The keys that instructions are about: their membership is all that has to be known to apply them. */
export function keysOfMembership(instructions: readonly SegmentInstruction[]): readonly string[] {
  const keys = instructions.filter(isMembershipInstruction).flatMap(({ values }) => values);
  return [...new Set(keys)];
}

/** The membership after the instructions that are about it. */
export function applyToMembership(
  { included, excluded }: BigSegmentMembership,
  instructions: readonly SegmentInstruction[],
): BigSegmentMembership {
  const after = { included: new Set(included), excluded: new Set(excluded) };
  for (const { kind, values } of instructions.filter(isMembershipInstruction)) {
    const { list, isAdded } = effects[kind];
    for (const key of values) {
      if (isAdded) after[list].add(key);
      else after[list].delete(key);
    }
  }
  return after;
}

/** The instructions that make membership `a` what `b` is. */
export function differenceOfMemberships(
  a: BigSegmentMembership,
  b: BigSegmentMembership,
): MembershipInstruction[] {
  const steps: MembershipInstruction[] = [
    { kind: "removeBigSegmentIncludedTargets", values: only(a.included, b.included) },
    { kind: "addBigSegmentIncludedTargets", values: only(b.included, a.included) },
    { kind: "removeBigSegmentExcludedTargets", values: only(a.excluded, b.excluded) },
    { kind: "addBigSegmentExcludedTargets", values: only(b.excluded, a.excluded) },
  ];
  return steps.filter(({ values }) => values.length > 0);
}

function only(keys: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...keys].filter((key) => !others.has(key));
}
