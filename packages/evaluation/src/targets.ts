import { kindOf, listOf } from "./clause.ts";
import type { Context } from "./context.ts";
import type { Flag, Target } from "./model.ts";
import { type Serve, serveVariation } from "./serve.ts";

/** Makes ready who is named one by one: what serves them, or undefined for everyone else. */
export function compileTargets(flag: Flag): (context: Context) => Serve | undefined {
  const lists = orderedTargets(flag).map((target) => ({
    kind: kindOf(target),
    keys: new Set(listOf(target.values)),
    serve: serveVariation(flag, target.variation, { kind: "TARGET_MATCH" }),
  }));
  return (context) => {
    for (const { kind, keys, serve } of lists) {
      const individual = context.individual(kind);
      if (individual !== undefined && keys.has(individual.key)) return serve;
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
