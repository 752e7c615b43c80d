import type { Json } from "@halyard/evaluation";
import { configurationIn } from "@halyard/instructions";
import { useQueries, useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useRequiredFlags } from "../draft/use-required-flags.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { SeenAttribute, Surroundings } from "./warnings.ts";

interface NamesOfKind {
  readonly kind: string;
  readonly names: readonly { readonly name: string }[];
}
interface ValuesOfKind {
  readonly kind: string;
  readonly values: readonly { readonly name: Json }[];
}

const fresh = { staleTime: 60_000 };

/** What is known around the draft that it can be at odds with. */
export function useSurroundings(): Surroundings {
  const { project, flag, environment } = useFlagPage();
  const { drafted } = useDraftDesk();
  const configuration = configurationIn(drafted, environment.key);
  const keys = configuration?.prerequisites.map(({ key }) => key) ?? [];
  const required = useRequiredFlags(project, flag, keys);
  return {
    seen: useSeen(),
    requiredOff: keys.filter(
      (key) => required.get(key)?.environments[environment.key]?.on === false,
    ),
    isAskedFor: useIsAskedFor(),
  };
}

function useSeen(): readonly SeenAttribute[] | undefined {
  const { project, environment } = useFlagPage();
  const { drafted } = useDraftDesk();
  const path = apiPath("projects", project, "environments", environment.key, "context-attributes");
  const names = useQuery({ ...resource<Items<NamesOfKind>>(`${path}?limit=1000`), ...fresh });
  const clauses =
    configurationIn(drafted, environment.key)?.rules.flatMap((rule) => rule.clauses) ?? [];
  const compared = [...new Set(clauses.map(({ attribute }) => attribute))].filter(
    (name) => name !== "" && !name.startsWith("/"),
  );
  const values = useQueries({
    queries: compared.map((name) => ({
      ...resource<Items<ValuesOfKind>>(`${path}/${encodeURIComponent(name)}?limit=100`),
      ...fresh,
    })),
  });
  if (names.data === undefined || values.some(({ isPending }) => isPending)) return undefined;
  const typesOf = (contextKind: string, name: string) => {
    const found = values[compared.indexOf(name)]?.data?.items ?? [];
    const all = found.find(({ kind }) => kind === contextKind)?.values ?? [];
    return [...new Set(all.flatMap((one) => typesIn(one.name)))];
  };
  return names.data.items.flatMap(({ kind: contextKind, names: here }) =>
    here.map(({ name }) => ({ contextKind, name, types: typesOf(contextKind, name) })),
  );
}

/** A list fits where one of its items does. */
function typesIn(value: Json): readonly string[] {
  return Array.isArray(value) ? value.map((one) => typeof one) : [typeof value];
}

interface Usage {
  readonly totalCount: number;
}

function useIsAskedFor(): boolean | undefined {
  const { project, flag, environment } = useFlagPage();
  const path = apiPath(
    "projects",
    project,
    "flags",
    flag.key,
    "environments",
    environment.key,
    "evaluations",
  );
  const { data } = useQuery({ ...resource<Usage>(`${path}?period=7d`), ...fresh });
  return data && data.totalCount > 0;
}
