import type { Json } from "@halyard/evaluation";

/** What changes in code where a flag goes: each call becomes the value that everyone gets. */
export function recipeOf(key: string, keep: Json): string {
  return `- flags.variation(${JSON.stringify(key)}, context, fallback)\n+ ${JSON.stringify(keep)}`;
}

/** The same for an assistant, with what it has to prove. */
export function removalPrompt(key: string, keep: Json): string {
  const value = JSON.stringify(keep);
  return `Remove the feature flag ${JSON.stringify(key)} from this project.

1. Find every place that asks for it, by its key or by a constant that holds
   the key. Look into tests, configuration and other languages too.
2. Everyone gets ${value}. Replace each evaluation by that value, and
   simplify what follows: conditions that are always true or false, branches
   that are never taken, parameters that nobody needs.
3. Delete code, tests and texts that only the other variations used.
4. Run the tests. Then show me the places you changed, and that no place
   names the flag any more.`;
}
