import {
  configurationIn,
  differenceOfFlags,
  type FlagInstruction,
  type FlagState,
} from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";

/** The parts of a configuration that can be copied, called as policies call changing them. */
export const CopiedPart = z.enum([
  "updateOn",
  "updateFallthrough",
  "updateOffVariation",
  "updateRules",
  "updateTargets",
  "updatePrerequisites",
]);
type CopiedPart = z.infer<typeof CopiedPart>;

export interface FlagCopy {
  readonly from: string;
  readonly to: string;
  readonly includedActions?: readonly CopiedPart[] | undefined;
  readonly excludedActions?: readonly CopiedPart[] | undefined;
}

/** The instructions that make a flag in one environment what it is in another. */
export function copyingInstructions(
  flag: FlagState,
  { from, to, includedActions, excludedActions = [] }: FlagCopy,
): readonly FlagInstruction[] {
  const source = configurationIn(flag, from);
  const target = configurationIn(flag, to);
  if (source === undefined || target === undefined) {
    throw new DomainError(
      "not_found",
      `the flag has no environment "${source === undefined ? from : to}"; check the spelling`,
    );
  }
  const parts = (includedActions ?? CopiedPart.options).filter(
    (part) => !excludedActions.includes(part),
  );
  const { offVariationId: _, ...rest } = target;
  const off = parts.includes("updateOffVariation") ? source : target;
  const configuration = {
    ...rest,
    ...(off.offVariationId === undefined ? {} : { offVariationId: off.offVariationId }),
    ...(parts.includes("updateOn") ? { on: source.on } : {}),
    ...(parts.includes("updateFallthrough") ? { fallthrough: source.fallthrough } : {}),
    ...(parts.includes("updateRules") ? { rules: source.rules } : {}),
    ...(parts.includes("updateTargets") ? { targets: source.targets } : {}),
    ...(parts.includes("updatePrerequisites") ? { prerequisites: source.prerequisites } : {}),
  };
  const after = { ...flag, environments: { ...flag.environments, [to]: configuration } };
  const instructions = differenceOfFlags(flag, after, to);
  if (instructions.length > 0) return instructions;
  throw new DomainError(
    "conflict",
    `"${from}" and "${to}" are the same in what is to be copied; there is nothing to approve`,
  );
}
