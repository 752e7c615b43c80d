/** An instruction that does not fit: which one, and what to do. */
export interface InstructionError {
  /** From 0. */
  readonly index: number;
  readonly kind: string;
  readonly message: string;
}

export function isInstructionError(outcome: object): outcome is InstructionError {
  return "message" in outcome && "index" in outcome;
}

/** What deciding needs from outside. */
export interface InstructionContext<State> {
  /** The environment that instructions about targeting are meant for. */
  readonly environmentKey?: string;
  readonly newId: () => string;
  /** Another flag of the project, to follow prerequisites. */
  readonly findFlag?: (key: string) => State | undefined;
}

/** Ends an instruction that does not fit; {@link inOrder} turns it into an {@link InstructionError}. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Applies all in order, or none: the error names the one that does not fit. */
export function inOrder<State, Instruction extends { readonly kind: string }>(
  state: State,
  instructions: readonly Instruction[],
  subject: string,
  applyOne: (state: State, instruction: Instruction) => State,
): State | InstructionError {
  let changed = state;
  for (const [index, instruction] of instructions.entries()) {
    try {
      changed = applyOne(changed, instruction);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { kind } = instruction;
      return {
        index,
        kind,
        message: `instruction ${index} (${kind}) on ${subject}: ${error.message}`,
      };
    }
  }
  return isSame(changed, state) ? state : changed;
}

/** Whether two values are the same JSON, whatever the order of their members. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
