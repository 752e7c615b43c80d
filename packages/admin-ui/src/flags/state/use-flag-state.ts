import type { FlagState } from "@halyard/instructions";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { apiPath, resource, taggedResource } from "../../api/queries.ts";
import type { FlagRepresentation } from "./flag-representation.ts";
import { flagStateOf } from "./flag-state.ts";

interface KnownFlag {
  readonly state: FlagState | undefined;
  /** What a change of this state is sent with. */
  readonly etag: string;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** A flag as instructions see it, with the variations that its prerequisites name. None without a key. */
export function useFlagState(project: string, key: string): KnownFlag {
  const path = apiPath("flags", project, key);
  const { data, error, refetch } = useQuery({
    ...taggedResource<FlagRepresentation>(path),
    enabled: key !== "",
  });
  const flag = data?.data;
  const required = useMemo(() => requiredBy(flag), [flag]);
  const others = useQueries({
    queries: required.map((other) =>
      resource<FlagRepresentation>(apiPath("flags", project, other)),
    ),
    combine: (results) => ({
      flags: results.flatMap((one) => (one.data === undefined ? [] : [one.data])),
      isPending: results.some((one) => one.isPending),
    }),
  });
  const state = useMemo(
    () =>
      flag === undefined || others.isPending
        ? undefined
        : flagStateOf(
            flag,
            (other, index) => others.flags.find((one) => one.key === other)?.variations[index]?._id,
          ),
    [flag, others],
  );
  return { state, etag: data?.etag ?? "", error, retry: () => void refetch() };
}

function requiredBy(flag: FlagRepresentation | undefined): readonly string[] {
  const all = Object.values(flag?.environments ?? {}).flatMap(({ prerequisites }) => prerequisites);
  return [...new Set(all.map(({ key }) => key))];
}
