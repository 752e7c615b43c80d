import { differenceOfFlags, FlagInstruction, type FlagState } from "@halyard/instructions";
import { DomainError } from "../errors.ts";
import { applyToRepresentation, type Patch, parsePatch } from "../http/patch.ts";
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
  /** Reads the representation only where the translation needs it. */
  toInstructions(shown: () => Promise<ShownFlag>): Promise<FlagPatch>;
}

/** Reads the body of a PATCH. Semantic patches say instructions; the others are translated. */
export function parseFlagPatch(body: unknown, contentType?: string): RequestedFlagPatch {
  const patch = parsePatch(body, contentType);
  if (patch.kind !== "semantic")
    return { toInstructions: async (shown) => translated(await shown(), patch) };
  const instructions = parseFlagInstructions(patch);
  const { comment, environmentKey } = patch;
  return { toInstructions: async () => ({ instructions, comment, environmentKey }) };
}

/** The instructions of a semantic patch; a wrong one is named by its place. */
export function parseFlagInstructions({
  instructions,
}: {
  readonly instructions: readonly { readonly kind: string }[];
}): readonly FlagInstruction[] {
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

/** The instructions that lead from a flag to what a patch makes of its representation. */
async function translated(
  { stored, representation, findFlags }: ShownFlag,
  patch: Exclude<Patch, { kind: "semantic" }>,
): Promise<FlagPatch> {
  const wanted = applyToRepresentation(representation, patch);
  const required = await findFlags(keysOfPrerequisites(wanted));
  const after = flagOfRepresentation(stored.state, representation, { wanted, required });
  const changed = changedEnvironments(stored.state, after);
  if (changed.length > 1) {
    throw new DomainError(
      "invalid_request",
      `the patch is about several environments (${changed.join(", ")}); send one patch for each`,
    );
  }
  const [environmentKey] = changed;
  return {
    instructions: differenceOfFlags(stored.state, after, environmentKey ?? ""),
    comment: patch.comment,
    environmentKey,
  };
}
