import {
  applyFlagInstructions,
  describeFlagInstruction,
  type FlagInstruction,
  type FlagState,
  isInstructionError,
  isSame,
} from "@halyard/instructions";
import { type Part, partsTouchedBy } from "./touched-parts.ts";

/** What somebody has typed and not saved. */
export interface Draft {
  /** The flag as it was when the draft was begun. */
  readonly base: FlagState;
  /** What instructions are about that name no environment themselves. */
  readonly environmentKey: string;
  readonly instructions: readonly FlagInstruction[];
}

/** A part that both have changed, and differently. */
interface ContestedPart {
  readonly name: string;
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

type RebasedInstruction =
  | { readonly outcome: "fits"; readonly instruction: FlagInstruction }
  /** Somebody has to say whose it shall be. */
  | {
      readonly outcome: "undecided";
      readonly instruction: FlagInstruction;
      /** What mine does, in words. */
      readonly words: string;
      /** Empty where what it is about is not there any more, or cannot be done any more. */
      readonly contested: readonly ContestedPart[];
      /** Why mine cannot be kept; absent where it can. */
      readonly obstacle?: string;
    }
  /** It is left out: that was chosen, or they have done the same. */
  | { readonly outcome: "theirs"; readonly instruction: FlagInstruction };

export interface Rebase {
  /** What can be saved over their state. */
  readonly instructions: readonly FlagInstruction[];
  /** Whether nothing is undecided. */
  readonly fits: boolean;
  /** One for each instruction of the draft, in its order. */
  readonly outcomes: readonly RebasedInstruction[];
}

/** Whose it shall be, by the place of the instruction in the draft. */
export type Choices = ReadonlyMap<number, "mine" | "theirs">;

/**
 * Carries a draft over to what the flag has become meanwhile. What touches other parts than their
 * change does fits, and so does what both have done alike; the rest waits for a choice.
 */
export function rebase(draft: Draft, theirs: FlagState, choices: Choices = new Map()): Rebase {
  const context = contextOf(draft);
  const mine = applyFlagInstructions(draft.base, draft.instructions, context);
  const intended = isInstructionError(mine) ? draft.base : mine;
  let state = theirs;
  const outcomes = draft.instructions.map((instruction, index): RebasedInstruction => {
    if (choices.get(index) === "theirs") return { outcome: "theirs", instruction };
    const parts = partsTouchedBy(instruction, draft.environmentKey);
    if (parts.length > 0 && parts.every((part) => isDone(part, { draft, intended, theirs }))) {
      return { outcome: "theirs", instruction };
    }
    const contested = parts.flatMap((part) => contestOf(part, { draft, intended, theirs }));
    const next = applyFlagInstructions(state, [instruction], context);
    const obstacle = isInstructionError(next) ? next.message : undefined;
    const isKept = contested.length === 0 || choices.get(index) === "mine";
    if (isKept && !isInstructionError(next)) {
      state = next;
      return { outcome: "fits", instruction };
    }
    const words = describeFlagInstruction(instruction, draft.base);
    const why = obstacle === undefined ? {} : { obstacle };
    return { outcome: "undecided", instruction, words, contested, ...why };
  });
  return {
    instructions: outcomes.flatMap(({ outcome, instruction }) =>
      outcome === "fits" ? [instruction] : [],
    ),
    fits: outcomes.every(({ outcome }) => outcome !== "undecided"),
    outcomes,
  };
}

interface Sides {
  readonly draft: Draft;
  /** The flag as the draft would have left it. */
  readonly intended: FlagState;
  readonly theirs: FlagState;
}

/** Whether they have changed it to what I would have. */
function isDone({ read }: Part, { draft, intended, theirs }: Sides): boolean {
  return !isEqual(read(draft.base), read(theirs)) && isEqual(read(intended), read(theirs));
}

function contestOf(
  { name, read }: Part,
  { draft, intended, theirs }: Sides,
): readonly ContestedPart[] {
  const part = { name, before: read(draft.base), mine: read(intended), theirs: read(theirs) };
  if (isEqual(part.before, part.theirs) || isEqual(part.mine, part.theirs)) return [];
  return [part];
}

function isEqual(a: unknown, b: unknown): boolean {
  return isSame(a ?? null, b ?? null);
}

function contextOf({ environmentKey }: Draft) {
  let made = 0;
  // Only to try it out: what is saved is applied by the server, which gives ids of its own.
  return { environmentKey, newId: () => `draft-${made++}` };
}
