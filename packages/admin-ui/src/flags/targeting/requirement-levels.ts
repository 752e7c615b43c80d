import type { ShownFlag } from "../frame/shown-flag.ts";

/** A flag in the graph: what stands between it and this flag is its depth. */
export interface RequiredNode {
  readonly key: string;
  readonly name: string;
  readonly isOn: boolean | undefined;
}

/** The flags that are required, those nearest first, and behind them what these require; each once. */
export function requirementLevels(
  keys: readonly string[],
  environment: string,
  find: (key: string) => ShownFlag | undefined,
): readonly (readonly RequiredNode[])[] {
  const seen = new Set<string>();
  const levels: RequiredNode[][] = [];
  for (let level = keys; level.length > 0; ) {
    const fresh = [...new Set(level)].filter((key) => !seen.has(key));
    if (fresh.length === 0) break;
    for (const key of fresh) seen.add(key);
    levels.push(
      fresh.map((key) => {
        const flag = find(key);
        return { key, name: flag?.name ?? key, isOn: flag?.environments[environment]?.on };
      }),
    );
    level = fresh.flatMap(
      (key) => find(key)?.environments[environment]?.prerequisites.map((one) => one.key) ?? [],
    );
  }
  return levels;
}
