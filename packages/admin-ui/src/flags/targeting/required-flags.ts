import { useQueries, useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { FeatureFlag, Items } from "../../api/representations.ts";
import type { ShownFlag } from "../frame/shown-flag.ts";

export interface KnownFlags {
  readonly get: (key: string) => ShownFlag | undefined;
}

/** The flags by their keys, and those that these require in the environment, as far as it goes. */
export function useRequiredFlags(
  project: string,
  environment: string,
  keys: readonly string[],
): KnownFlags {
  const near = useFlagsOf(project, keys);
  const far = useFlagsOf(project, requiredBy(near, environment));
  const further = useFlagsOf(project, requiredBy(far, environment));
  const all = new Map([...further, ...far, ...near]);
  return { get: (key) => all.get(key) };
}

function useFlagsOf(project: string, keys: readonly string[]): ReadonlyMap<string, ShownFlag> {
  const found = useQueries({
    queries: keys.map((key) => ({
      ...resource<ShownFlag>(apiPath("flags", project, key)),
      retry: false,
    })),
  });
  return new Map(
    keys.flatMap((key, at) => {
      const flag = found[at]?.data;
      return flag === undefined ? [] : [[key, flag] as const];
    }),
  );
}

function requiredBy(flags: ReadonlyMap<string, ShownFlag>, environment: string): readonly string[] {
  const keys = [...flags.values()].flatMap(
    (flag) => flag.environments[environment]?.prerequisites.map(({ key }) => key) ?? [],
  );
  return [...new Set(keys)];
}

/** Flags by key and name, to choose one of; those that fit what is typed. */
export function useFlagChoices(project: string, typed: string): readonly FeatureFlag[] {
  const filter = typed
    .trim()
    .replaceAll(/[,:{}"+]/gu, " ")
    .trim();
  const query = filter === "" ? "" : `&filter=${encodeURIComponent(`query:${filter}`)}`;
  const path = `${apiPath("flags", project)}?limit=50&sort=name${query}`;
  const { data } = useQuery({
    ...resource<Items<FeatureFlag>>(path),
    placeholderData: (before: Items<FeatureFlag> | undefined) => before,
  });
  return data?.items ?? [];
}

interface Dependent {
  readonly key: string;
  readonly name: string;
}

/** The flags that require this one in the environment. */
export function useDependents(
  project: string,
  environment: string,
  flag: string,
): readonly Dependent[] {
  const path = apiPath("flags", project, environment, flag, "dependent-flags");
  return useQuery(resource<Items<Dependent>>(path)).data?.items ?? [];
}
