import { randomUUID } from "node:crypto";
import {
  applyFlagInstructions,
  applySegmentInstructions,
  differenceOfFlags,
  differenceOfSegments,
  FlagInstruction,
  type FlagState,
  isInstructionError,
  isSame,
  newFlagConfiguration,
  newSegmentState,
  SegmentInstruction,
  type SegmentState,
} from "@halyard/instructions";
import { FlagKey } from "../flags/flag-key.ts";

/**
 * Why flags of a file cannot be stored, by key. Each is led from a new flag to what it is by the
 * instructions that anybody would have to give, so an import passes the checks that a patch does.
 * A flag that requires a refused one is refused too, until nothing more falls.
 */
export function problemsOfFlags(
  flags: readonly FlagState[],
  known: ReadonlyMap<string, FlagState>,
): ReadonlyMap<string, string> {
  const sound = new Map(flags.map((flag) => [flag.key, flag]));
  const problems = new Map<string, string>();
  for (let fallen = -1; fallen !== problems.size; ) {
    fallen = problems.size;
    for (const flag of [...sound.values()]) {
      const problem = problemOfFlag(flag, (key) => sound.get(key) ?? known.get(key));
      if (problem === undefined) continue;
      problems.set(flag.key, problem);
      sound.delete(flag.key);
    }
  }
  return problems;
}

function problemOfFlag(
  flag: FlagState,
  findFlag: (key: string) => FlagState | undefined,
): string | undefined {
  const key = FlagKey.safeParse(flag.key);
  if (!key.success) return `its key cannot be one: ${key.error.issues[0]?.message}`;
  if (hasDuplicates(flag.variations)) return "two of its variations have the same id";
  for (const [environmentKey, configuration] of Object.entries(flag.environments)) {
    const where = `environment "${environmentKey}"`;
    if (hasDuplicates(configuration.rules)) return `${where}: two of its rules have the same id`;
    const fresh = newFlagConfiguration(flag, configuration.salt);
    const before = { ...flag, environments: { [environmentKey]: fresh } };
    const instructions = FlagInstruction.array().safeParse(
      differenceOfFlags(before, flag, environmentKey),
    );
    if (!instructions.success) return `${where}: ${wordsOf(instructions.error.issues)}`;
    const context = { environmentKey, newId: randomUUID, findFlag };
    const after = applyFlagInstructions(before, instructions.data, context);
    if (isInstructionError(after)) return `${where}: ${after.message}`;
    if (!isSame(after.environments[environmentKey], configuration)) {
      return `${where}: its variations' ids would come in another order; give it ids that are no numbers`;
    }
  }
  return undefined;
}

/** Why a segment cannot be stored; undefined where it can. */
export function problemOfSegment(segment: SegmentState): string | undefined {
  const key = FlagKey.safeParse(segment.key);
  if (!key.success) return `its key cannot be one: ${key.error.issues[0]?.message}`;
  if (hasDuplicates(segment.rules)) return "two of its rules have the same id";
  const before = newSegmentState({ key: segment.key, name: segment.name }, segment.salt);
  const instructions = SegmentInstruction.array().safeParse(differenceOfSegments(before, segment));
  if (!instructions.success) return wordsOf(instructions.error.issues);
  const after = applySegmentInstructions(before, instructions.data, { newId: randomUUID });
  return isInstructionError(after) ? after.message : undefined;
}

function hasDuplicates(list: readonly { readonly id: string }[]): boolean {
  return new Set(list.map(({ id }) => id)).size < list.length;
}

function wordsOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  const [issue] = issues;
  return `${issue?.path.join("/")}: ${issue?.message}`;
}
