import { kindOf, listOf } from "./clause.ts";
import type { Context } from "./context.ts";
import type { Flag, Target } from "./model.ts";
import { type Serving, servingVariation } from "./serve.ts";

/** Finds what is served to a context that is named, or undefined for everyone else. */
export type FindTarget = (context: Context) => Serving | undefined;

/** Makes ready who is named one by one; undefined where nobody is. */
export function compileTargets(flag: Flag): FindTarget | undefined {
  const lists = orderedTargets(flag).map((target) => ({
    kind: kindOf(target),
    keys: new Set(listOf(target.values)),
    serving: servingVariation(flag, target.variation, { kind: "TARGET_MATCH" }),
  }));
  if (lists.length === 0) return undefined;
  return (context) => {
    for (const { kind, keys, serving } of lists) {
      const individual = context.individual(kind);
      if (individual !== undefined && keys.has(individual.key)) return serving;
    }
    return undefined;
  };
}

/**
 * An entry for users among the context targets holds a place for the user list of its variation;
 * keys of its own, and an entry without such a list, target nobody.
 */
function orderedTargets(flag: Flag): readonly Target[] {
  const userTargets = listOf(flag.targets).map((target) => ({ ...target, contextKind: "user" }));
  const contextTargets = listOf(flag.contextTargets);
  if (contextTargets.length === 0) return userTargets;
  return contextTargets.flatMap((target) => {
    if (kindOf(target) !== "user") return [target];
    return userTargets.find(({ variation }) => variation === target.variation) ?? [];
  });
}
