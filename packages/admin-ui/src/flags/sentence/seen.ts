import type { Json } from "@halyard/evaluation";
import { useQueries, useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { type ContextKind, kindsPath, offeredKinds } from "../../context-kinds/context-kind.ts";

/** Where contexts are seen: every environment has its own. */
export interface SeenIn {
  readonly project: string;
  readonly environment: string;
}

export interface SeenAttribute {
  readonly name: string;
  /** How many of the contexts of the kind have it, from 0 to 1. */
  readonly share: number;
}

interface NamesOfKind {
  readonly kind: string;
  readonly names: readonly { readonly name: string; readonly weight: number }[];
}
interface ValuesOfKind {
  readonly kind: string;
  readonly values: readonly { readonly name: Json; readonly weight: number }[];
}

const fresh = { staleTime: 60_000 };

/** The kinds of contexts that are offered, and their attributes as SDKs have reported them; the most frequent first. */
export function useSeenAttributes({ project, environment }: SeenIn): {
  readonly kinds: readonly string[];
  readonly attributesOf: (kind: string) => readonly SeenAttribute[];
} {
  const path = apiPath("projects", project, "environments", environment, "context-attributes");
  const { data } = useQuery({ ...resource<Items<NamesOfKind>>(`${path}?limit=1000`), ...fresh });
  const known = useQuery({ ...resource<Items<ContextKind>>(kindsPath(project)), ...fresh });
  const kinds = data?.items ?? [];
  return {
    kinds: offeredKinds(
      kinds.map(({ kind }) => kind),
      known.data?.items ?? [],
    ),
    attributesOf: (kind) => attributesIn(kinds.find((one) => one.kind === kind)?.names ?? []),
  };
}

/** Every context has a key, so that their number is its weight. */
function attributesIn(names: NamesOfKind["names"]): readonly SeenAttribute[] {
  const all = names.find(({ name }) => name === "key")?.weight ?? 0;
  return names.map(({ name, weight }) => ({ name, share: all === 0 ? 0 : weight / all }));
}

export interface SeenValue {
  readonly value: Json;
  /** How many contexts have it. */
  readonly count: number;
}

function valuesOf(place: SeenIn, attribute: string, limit: number) {
  const { project, environment } = place;
  const path = apiPath(
    "projects",
    project,
    "environments",
    environment,
    "context-attributes",
    attribute,
  );
  return { ...resource<Items<ValuesOfKind>>(`${path}?limit=${limit}`), ...fresh };
}

/** The values that contexts of a kind have there; the most frequent first. */
export function useSeenValues(
  place: SeenIn,
  { kind, attribute, isAsked = true }: { kind: string; attribute: string; isAsked?: boolean },
): readonly SeenValue[] {
  const { data } = useQuery({
    ...valuesOf(place, attribute, 100),
    enabled: isAsked && isName(attribute),
  });
  const found = data?.items.find((one) => one.kind === kind)?.values ?? [];
  return found.map(({ name, weight }) => ({ value: name, count: weight }));
}

/** Some values of each attribute, to know it by. */
export function useSamples(
  place: SeenIn,
  { kind, attributes }: { kind: string; attributes: readonly string[] },
): ReadonlyMap<string, readonly Json[]> {
  const found = useQueries({ queries: attributes.map((name) => valuesOf(place, name, 3)) });
  return new Map(
    attributes.map((name, at) => {
      const values = found[at]?.data?.items.find((one) => one.kind === kind)?.values ?? [];
      return [name, values.map((one) => one.name)];
    }),
  );
}

/** Paths such as `/address/city` are not counted by the server. */
function isName(attribute: string): boolean {
  return attribute !== "" && !attribute.startsWith("/");
}

interface SegmentSummary {
  readonly key: string;
  readonly name: string;
}

export function useSegments(
  { project, environment }: SeenIn,
  isAsked = true,
): readonly SegmentSummary[] {
  const path = `${apiPath("segments", project, environment)}?limit=10000`;
  const query = { ...resource<Items<SegmentSummary>>(path), ...fresh, enabled: isAsked };
  return useQuery(query).data?.items ?? [];
}
