import type { FlagInstruction } from "@halyard/instructions";

/**
 * The part of a flag that an instruction touches, as a path such as `rules/ID`; two that touch the
 * same part, or a part of the other's, stand in each other's way.
 */
export function partsOf(instruction: FlagInstruction): readonly string[] {
  const { kind } = instruction;
  switch (kind) {
    case "turnFlagOn":
    case "turnFlagOff":
      return ["on"];
    case "archiveFlag":
    case "restoreFlag":
      return ["archived"];
    case "replaceRules":
    case "reorderRules":
      return ["rules"];
    case "addRule":
      return [`rules/${instruction.ruleId ?? JSON.stringify(instruction.clauses)}`];
    case "clearTargets":
    case "clearUserTargets":
    case "replaceTargets":
    case "replaceUserTargets":
      return ["targets"];
    case "replacePrerequisites":
      return ["prerequisites"];
    case "addPrerequisite":
    case "updatePrerequisite":
    case "removePrerequisite":
      return [`prerequisites/${instruction.key}`];
    case "updateVariation":
    case "removeVariation":
      return [`variations/${instruction.variationId}`];
    default:
      return partsByMembers(instruction);
  }
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
