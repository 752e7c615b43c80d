import type { FlagState } from "@halyard/instructions";
import { z } from "zod";
import type { Project } from "../projects/project-queries.ts";

const days = z.int().min(1).max(365);

/** After how many days a flag comes onto the board, by what it is there for. */
export const LifecycleRules = z.object({
  servedDays: days.describe("Everyone has got the same for so long: it is ready to be removed."),
  unaskedDays: days.describe("Nobody has asked for it for so long: it is safe to archive."),
  unusedDays: days.describe("Made so long ago, and never asked for: it is never used."),
});
export type LifecycleRules = z.infer<typeof LifecycleRules>;

export const usualRules: LifecycleRules = { servedDays: 7, unaskedDays: 7, unusedDays: 14 };

export function lifecycleRulesOf({ lifecycle }: Project): LifecycleRules {
  // Written by this server from its own type.
  return { ...usualRules, ...(JSON.parse(lifecycle) as Partial<LifecycleRules>) };
}

/** The custom property that keeps a flag off the board until a day; it comes along wherever the flag goes. */
const keepUntilProperty = "halyard.keep-until";

/** Unix milliseconds at the end of the day that the property says; undefined where it says none. */
export function keptUntil({ customProperties }: FlagState): number | undefined {
  if (!Object.hasOwn(customProperties, keepUntilProperty)) return undefined;
  const day = customProperties[keepUntilProperty]?.values[0] ?? "";
  const end = /^\d{4}-\d{2}-\d{2}$/u.test(day) ? Date.parse(`${day}T23:59:59.999Z`) : Number.NaN;
  return Number.isNaN(end) ? undefined : end;
}
