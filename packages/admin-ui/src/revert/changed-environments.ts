import { configurationIn, type FlagState, isSame } from "@halyard/instructions";

/** The keys of the environments in which two states of a flag are not the same. */
export function changedEnvironments(before: FlagState, after: FlagState): readonly string[] {
  return Object.keys(after.environments).filter(
    (key) => !isSame(configurationIn(before, key) ?? null, configurationIn(after, key) ?? null),
  );
}
