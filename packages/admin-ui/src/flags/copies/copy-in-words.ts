import { describeFlagInstructions, differenceOfFlags, flagSentences } from "@halyard/instructions";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { flagStateOf, type VariationOfFlag } from "../state/flag-state.ts";

export interface ChangeInWords {
  readonly words: readonly string[];
  /** What is served then, step by step. */
  readonly sentences: readonly string[];
  /** The instructions that take it back. */
  readonly inverse: readonly object[];
}

interface Change {
  readonly before: FlagRepresentation;
  readonly after: FlagRepresentation;
  readonly environmentKey: string;
  readonly variationOf: VariationOfFlag;
}

/** What differs in an environment from one state of a flag to another. */
export function changeInWords({
  before,
  after,
  environmentKey,
  variationOf,
}: Change): ChangeInWords {
  const [from, to] = [flagStateOf(before, variationOf), flagStateOf(after, variationOf)];
  const instructions = differenceOfFlags(from, to, environmentKey);
  return {
    words: describeFlagInstructions(instructions, from, environmentKey),
    sentences: flagSentences(to, environmentKey),
    inverse: differenceOfFlags(to, from, environmentKey),
  };
}
