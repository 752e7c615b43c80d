import { applyFlagInstructions } from "./apply-flag.ts";
import type { FlagInstruction } from "./flag-instruction.ts";
import { type InstructionContext, isInstructionError, isSame } from "./outcome.ts";
import type { FlagState } from "./state.ts";

/** Pairs are looked for up to this many instructions: each costs an application of all. */
const mostForPairs = 40;

/**
 * The instructions without those that make no difference: what a later one overwrites, and what is
 * done and taken back. They lead to the same flag; none are left where nothing changes. Instructions
 * that do not fit are given back as they are.
 */
export function simplifyFlagInstructions(
  instructions: readonly FlagInstruction[],
  before: FlagState,
  context: InstructionContext<FlagState>,
): readonly FlagInstruction[] {
  const outcome = (some: readonly FlagInstruction[]) => {
    let ids = 0;
    return applyFlagInstructions(before, some, { ...context, newId: () => `new-${ids++}` });
  };
  const wanted = outcome(instructions);
  if (isInstructionError(wanted)) return instructions;
  const isEnough = (some: readonly FlagInstruction[]) => {
    const flag = outcome(some);
    return !isInstructionError(flag) && isSame(flag, wanted);
  };
  const single = withoutOnes(instructions, isEnough);
  return single.length > mostForPairs ? single : withoutPairs(single, isEnough);
}

type IsEnough = (some: readonly FlagInstruction[]) => boolean;

/** The earliest go first: of two that set the same thing it is the later that counts. */
function withoutOnes(
  all: readonly FlagInstruction[],
  isEnough: IsEnough,
): readonly FlagInstruction[] {
  const index = all.findIndex((_, at) => isEnough(all.toSpliced(at, 1)));
  return index === -1 ? all : withoutOnes(all.toSpliced(index, 1), isEnough);
}

/** What is added and then removed: neither can go alone. */
function withoutPairs(
  all: readonly FlagInstruction[],
  isEnough: IsEnough,
): readonly FlagInstruction[] {
  for (let first = 0; first < all.length; first += 1) {
    for (let second = first + 1; second < all.length; second += 1) {
      const fewer = all.toSpliced(second, 1).toSpliced(first, 1);
      if (isEnough(fewer)) return withoutPairs(withoutOnes(fewer, isEnough), isEnough);
    }
  }
  return all;
}
