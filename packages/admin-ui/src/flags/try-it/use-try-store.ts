import type { EvaluationStore, JsonObject, Segment } from "@halyard/evaluation";
import { configurationIn, deliveredFlag, type FlagState } from "@halyard/instructions";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { request } from "../../api/request.ts";
import { variationIn } from "../draft/use-required-flags.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { flagStateOf } from "../state/flag-state.ts";
import { type SegmentRepresentation, segmentOf, segmentsIn } from "./segment-model.ts";

/** What an evaluation finds by key, and whether all of it is there. */
export interface TryStore {
  readonly store: EvaluationStore;
  readonly findFlag: (key: string) => FlagState | undefined;
  readonly isWhole: boolean;
  readonly error: Error | undefined;
}

interface Place {
  readonly project: string;
  readonly environment: string;
}

/** The flags and segments that a flag leads to in an environment: fetched once, then asked on each key press. */
export function useTryStore(
  place: Place,
  flag: FlagState,
  context: JsonObject | undefined,
): TryStore {
  const { environment } = place;
  const flags = useRequiredStates(place, flag);
  const named = [flag, ...flags.states.values()].flatMap(
    (one) =>
      configurationIn(one, environment)?.rules.flatMap(({ clauses }) => segmentsIn(clauses)) ?? [],
  );
  const segments = useSegments(place, named, context);
  return useMemo(() => {
    const findFlag = (key: string) => flags.states.get(key);
    const delivered = new Map(
      [...flags.states].flatMap(([key, state]) => {
        const one = deliveredFlag(state, { environmentKey: environment, version: 1, findFlag });
        return one === undefined || state.archived ? [] : [[key, one] as const];
      }),
    );
    return {
      findFlag,
      store: {
        flag: (key) => delivered.get(key),
        segment: (key) => segments.found.get(key),
      },
      isWhole: flags.isWhole && segments.isWhole,
      error: segments.error,
    };
  }, [flags, segments, environment]);
}

function useRequiredStates({ project, environment }: Place, flag: FlagState) {
  const client = useQueryClient();
  const keys = reached(
    configurationIn(flag, environment)?.prerequisites.map(({ key }) => key) ?? [],
    (key) =>
      client
        .getQueryData<FlagRepresentation>([apiPath("flags", project, key)])
        ?.environments[environment]?.prerequisites.map((one) => one.key) ?? [],
  );
  return useQueries({
    queries: keys.map((key) => ({
      ...resource<FlagRepresentation>(apiPath("flags", project, key)),
      retry: false,
    })),
    combine: statesOf,
  });
}

function statesOf(
  results: readonly {
    readonly data?: FlagRepresentation | undefined;
    readonly isPending: boolean;
  }[],
) {
  const known = new Map(
    results.flatMap(({ data }) => (data === undefined ? [] : [[data.key, data]])),
  );
  const states = new Map(
    [...known].map(([key, one]) => [key, flagStateOf(one, variationIn(known))]),
  );
  return { states, isWhole: results.every(({ isPending }) => !isPending) };
}

function useSegments(place: Place, named: readonly string[], context: JsonObject | undefined) {
  const { project, environment } = place;
  const client = useQueryClient();
  const keys = reached(named, (key) =>
    (
      client.getQueryData<SegmentRepresentation>([apiPath("segments", project, environment, key)])
        ?.rules ?? []
    ).flatMap(({ clauses }) => segmentsIn(clauses)),
  );
  const all = useQueries({
    queries: keys.map((key) => ({
      ...resource<SegmentRepresentation>(apiPath("segments", project, environment, key)),
      retry: false,
    })),
    combine: shownOf,
  });
  const asked = useMemberships(place, context, all.shown.some(needsServer));
  return useMemo(() => {
    const found = new Map<string, Segment>(
      all.shown.map((segment) => [
        segment.key,
        segmentOf(segment, needsServer(segment) ? asked.memberOf.has(segment.key) : undefined),
      ]),
    );
    return { found, isWhole: all.isWhole && asked.isWhole, error: asked.error };
  }, [all, asked]);
}

function shownOf(
  results: readonly {
    readonly data?: SegmentRepresentation | undefined;
    readonly isPending: boolean;
  }[],
) {
  const shown = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return { shown, isWhole: results.every(({ isPending }) => !isPending) };
}

/** Big segments are kept by the server alone, and it alone knows the salt of those with shares. */
function needsServer({ unbounded, rules }: SegmentRepresentation): boolean {
  return unbounded || rules.some(({ weight }) => weight !== undefined);
}

interface Membership {
  readonly key: string;
  readonly isMember: boolean;
}

function useMemberships(place: Place, context: JsonObject | undefined, isNeeded: boolean) {
  const rested = useDeferredValue(context);
  const path = apiPath(
    "projects",
    place.project,
    "environments",
    place.environment,
    "segments",
    "evaluate",
  );
  const { data, error, isPending } = useQuery({
    queryKey: [path, rested],
    enabled: isNeeded && rested !== undefined,
    retry: false,
    queryFn: ({ signal }) => request<Items<Membership>>("POST", path, rested, { signal }),
  });
  return useMemo(() => {
    const members = data?.items.filter(({ isMember }) => isMember) ?? [];
    return {
      memberOf: new Set(members.map(({ key }) => key)),
      isWhole: !isNeeded || !isPending,
      error: error ?? undefined,
    };
  }, [data, error, isPending, isNeeded]);
}

/** The keys and those that they lead to, as far as they are known. */
function reached(
  from: readonly string[],
  leadingTo: (key: string) => readonly string[],
): readonly string[] {
  const found = new Set<string>();
  const open = [...from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (found.has(key)) continue;
    found.add(key);
    open.push(...leadingTo(key));
  }
  return [...found].sort();
}
