import type { FlagInstruction } from "@halyard/instructions";

/** Instructions about a part that has no parts of its own, or about all of them. */
const wholeParts: Readonly<Partial<Record<FlagInstruction["kind"], string>>> = {
  turnFlagOn: "on",
  turnFlagOff: "on",
  archiveFlag: "archived",
  restoreFlag: "archived",
  replaceRules: "rules",
  reorderRules: "rules",
  clearTargets: "targets",
  clearUserTargets: "targets",
  replaceTargets: "targets",
  replaceUserTargets: "targets",
  replacePrerequisites: "prerequisites",
};

/**
 * The part of a flag that an instruction touches, as a path such as `rules/ID`; two that touch the
 * same part, or a part of the other's, stand in each other's way.
 */
export function partsOf(instruction: FlagInstruction): readonly string[] {
  const { kind } = instruction;
  const whole = wholeParts[kind];
  if (whole !== undefined) return [whole];
  if (kind === "addRule")
    return [`rules/${instruction.ruleId ?? JSON.stringify(instruction.clauses)}`];
  if (kind === "updateVariation" || kind === "removeVariation")
    return [`variations/${instruction.variationId}`];
  if (kind.endsWith("Prerequisite") && "key" in instruction)
    return [`prerequisites/${instruction.key}`];
  return partsByMembers(instruction);
}

function partsByMembers(instruction: FlagInstruction): readonly string[] {
  if ("ruleId" in instruction) return [`rules/${instruction.ruleId}`];
  if ("contextKey" in instruction) {
    return [`targets/${instruction.contextKind ?? "user"}/${instruction.contextKey}`];
  }
  if (instruction.kind === "addTargets" || instruction.kind === "removeTargets") {
    const { contextKind = "user", values } = instruction;
    return values.map((value) => `targets/${contextKind}/${value}`);
  }
  if (instruction.kind === "addUserTargets" || instruction.kind === "removeUserTargets") {
    return instruction.values.map((value) => `targets/user/${value}`);
  }
  return [instruction.kind];
}

export function isSamePart(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
