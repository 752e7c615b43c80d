import { randomUUID } from "node:crypto";
import {
  applyFlagInstructions,
  differenceOfFlags,
  environmentOf,
  FlagInstruction,
  type FlagState,
  type InstructionContext,
  isInstructionError,
  isSame,
} from "@halyard/instructions";
import { DomainError } from "../errors.ts";
import { applyToRepresentation, changedMembers, type Patch, parsePatch } from "../http/patch.ts";
import type { FlagPatch } from "./flag-changes.ts";
import type { StoredFlag } from "./flag-queries.ts";
import type { FlagRepresentation } from "./flag-representation.ts";
import {
  changedEnvironments,
  flagOfRepresentation,
  keysOfPrerequisites,
} from "./flag-translation.ts";

/** A flag as it is kept, and as it is shown whole. */
interface ShownFlag {
  readonly stored: StoredFlag;
  readonly representation: FlagRepresentation;
  readonly findFlags: (keys: readonly string[]) => Promise<ReadonlyMap<string, FlagState>>;
}

/** The body of a PATCH of a flag, which becomes instructions where the flag is known. */
export interface RequestedFlagPatch {
  /** Where the flag is to be deleted, and why; there are no instructions then. */
  readonly deletion?: { readonly comment: string | undefined };
  /** Reads the representation only where the translation needs it. */
  toInstructions(shown: () => Promise<ShownFlag>): Promise<FlagPatch>;
}

/** Reads the body of a PATCH. Semantic patches say instructions; the others are translated. */
export function parseFlagPatch(body: unknown, contentType?: string): RequestedFlagPatch {
  const patch = parsePatch(body, contentType);
  if (patch.kind !== "semantic")
    return { toInstructions: async (shown) => translated(await shown(), patch) };
  const { comment, environmentKey } = patch;
  if (patch.instructions.some(({ kind }) => kind === "deleteFlag")) {
    if (patch.instructions.length > 1) {
      throw new DomainError(
        "invalid_request",
        "deleteFlag stands alone: nothing else can be done to a flag that is gone",
      );
    }
    return { deletion: { comment }, toInstructions: async () => ({ instructions: [], comment }) };
  }
  const instructions = parseInstructionsAnywhere(patch);
  return { toInstructions: async () => ({ instructions, comment, environmentKey }) };
}

interface ParsedInstructions {
  readonly instructions: readonly { readonly kind: string }[];
}

/** Instructions that are all for one environment, or for the flag; a wrong one is named by its place. */
export function parseFlagInstructions(input: ParsedInstructions): readonly FlagInstruction[] {
  const instructions = parseInstructionsAnywhere(input);
  const index = instructions.findIndex((one) => environmentOf(one) !== undefined);
  if (index === -1) return instructions;
  throw new DomainError(
    "invalid_request",
    `instruction ${index} (${instructions[index]?.kind}): it names an environment of its own, and here all are for the same; leave environmentKey out`,
  );
}

/** Instructions of which each may name its environment. */
function parseInstructionsAnywhere({
  instructions,
}: ParsedInstructions): readonly FlagInstruction[] {
  return instructions.map((input, index) => {
    const parsed = FlagInstruction.safeParse(input);
    if (parsed.success) return parsed.data;
    const [problem] = parsed.error.issues;
    const at = problem?.path.length === 0 ? "" : ` at ${problem?.path.join("/")}`;
    throw new DomainError(
      "invalid_request",
      `instruction ${index} (${input.kind}): ${problem?.message ?? "it cannot be read"}${at}`,
    );
  });
}

/** Ends a patch of which instructions can do a part only, such as the order of variations. */
function refuseHalves(
  before: FlagState,
  wanted: FlagState,
  translation: {
    readonly instructions: readonly FlagInstruction[];
    readonly context: InstructionContext<FlagState>;
  },
): void {
  const reached = applyFlagInstructions(before, translation.instructions, translation.context);
  // An instruction that does not fit is told of when it is decided.
  if (isInstructionError(reached) || isSame(reached, wanted)) return;
  const members = changedMembers(reached, wanted).join(", ");
  throw new DomainError(
    "invalid_request",
    `no instruction can make all that the patch changes in ${members}; variations keep their order, and each thing is listed once`,
  );
}

/** The instructions that lead from a flag to what a patch makes of its representation. */
async function translated(
  { stored, representation, findFlags }: ShownFlag,
  patch: Exclude<Patch, { kind: "semantic" }>,
): Promise<FlagPatch> {
  const wanted = applyToRepresentation(representation, patch);
  const required = await findFlags(keysOfPrerequisites(wanted));
  const after = flagOfRepresentation(stored.state, representation, { wanted, required });
  const changed = changedEnvironments(stored.state, after);
  const [environmentKey] = changed;
  const instructions = differenceOfFlags(stored.state, after, ...changed);
  const context = {
    newId: randomUUID,
    findFlag: (key: string) => required.get(key),
    ...(environmentKey === undefined ? {} : { environmentKey }),
  };
  refuseHalves(stored.state, after, { instructions, context });
  return {
    instructions,
    comment: patch.comment,
    // Where they are several, each instruction names its own.
    ...(changed.length === 1 ? { environmentKey } : {}),
  };
}
