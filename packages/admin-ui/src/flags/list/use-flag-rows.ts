import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Environment } from "../../api/representations.ts";
import { useSettled } from "../../ui/later.ts";
import { flagPage, flagPagePath, pageSize } from "./flag-page.ts";
import type { ListedFlag } from "./listed-flag.ts";

/** Which rows are on screen, from and up to and with. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

export interface FlagRows {
  readonly count: number;
  readonly rowAt: (index: number) => ListedFlag | undefined;
  /** What is on screen or near it, in pieces as they were asked for. */
  readonly pages: readonly (readonly ListedFlag[])[];
  /** Nothing is known yet. */
  readonly isPending: boolean;
  /** What is shown fits the filter before. */
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly retry: () => unknown;
}

/** The flags of a list that are on screen; the rest is fetched when it is scrolled to. */
export function useFlagRows(
  project: string,
  parameters: URLSearchParams,
  { range, isEnabled }: { readonly range: RowRange; readonly isEnabled: boolean },
): FlagRows {
  const first = useQuery({
    ...flagPage(flagPagePath(project, parameters, { offset: 0 })),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
  const { data, isPlaceholderData } = first;
  const count = data?.totalCount ?? 0;
  const wanted = isPlaceholderData ? [] : laterPages(range, count);
  const later = useQueries({
    queries: wanted.map((page) =>
      flagPage(flagPagePath(project, parameters, { offset: page * pageSize })),
    ),
    combine: (results) => results.map((result) => result.data?.items),
  });
  const key = wanted.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what is wanted.
  return useMemo(() => {
    const found = new Map<number, readonly ListedFlag[]>();
    if (data !== undefined) found.set(0, data.items);
    for (const [at, page] of wanted.entries()) {
      const items = later[at];
      if (items !== undefined) found.set(page, items);
    }
    return {
      count,
      rowAt: (index: number) => found.get(Math.floor(index / pageSize))?.[index % pageSize],
      pages: [...found.values()],
      isPending: data === undefined && first.error === null,
      isStale: isPlaceholderData,
      error: first.error,
      retry: first.refetch,
    };
  }, [data, later, key, count, isPlaceholderData, first.error, first.refetch]);
}

/** The pieces after the first that the rows are in. */
function laterPages({ from, to }: RowRange, count: number): readonly number[] {
  const last = Math.min(Math.floor(to / pageSize), Math.ceil(count / pageSize) - 1);
  const start = Math.max(1, Math.floor(from / pageSize));
  return Array.from({ length: Math.max(0, last - start + 1) }, (_, at) => start + at);
}

interface Sparklines {
  readonly items: readonly {
    readonly flag: string;
    readonly environment: string;
    readonly counts: readonly number[];
    readonly total: number;
  }[];
}
export interface Activity {
  readonly counts: readonly number[];
  readonly total: number;
}
export type FlagStatus = "new" | "active" | "launched" | "inactive";
interface Statuses {
  readonly items: readonly {
    readonly name: FlagStatus;
    readonly _links: { readonly parent: { readonly href: string } };
  }[];
}

export interface FlagActivities {
  /** By `flag environment`, over the last 24 hours. */
  readonly evaluations: ReadonlyMap<string, Activity>;
  /** By flag: the best of the environments that count. */
  readonly statuses: ReadonlyMap<string, FlagStatus>;
}

/** What is known of the flags on screen beside what they are. Rows do not wait for it. */
export function useFlagActivities(
  project: string,
  pages: FlagRows["pages"],
  environments: readonly Environment[],
): FlagActivities {
  const critical = environments.filter((one) => one.critical);
  const judged = critical.length > 0 ? critical : environments;
  // While somebody types or scrolls, rows come and go that nobody wants to know more of.
  const shown = useSettled(pages.map((page) => page.map(({ key }) => key).join(",")).join(";"));
  const keys = shown.split(";").filter((page) => page !== "");
  const counted = useQueries({
    queries: keys.map((flags) => ({
      ...resource<Sparklines>(
        `${apiPath("projects", project, "flag-evaluations")}?flags=${encodeURIComponent(flags)}`,
      ),
      staleTime: 60_000,
    })),
    combine: (results) => results.map(({ data }) => data?.items ?? []),
  });
  const judgedNow = useQueries({
    queries: keys.flatMap((flags) =>
      judged.map(({ key }) => ({
        ...resource<Statuses>(
          `${apiPath("flag-statuses", project, key)}?flags=${encodeURIComponent(flags)}`,
        ),
        staleTime: 60_000,
      })),
    ),
    combine: (results) => results.map(({ data }) => data?.items ?? []),
  });
  const evaluations = useMemo(
    () => new Map(counted.flat().map((one) => [`${one.flag} ${one.environment}`, one])),
    [counted],
  );
  const statuses = useMemo(() => statusesOf(judgedNow.flat()), [judgedNow]);
  return { evaluations, statuses };
}

const ranks: readonly FlagStatus[] = ["inactive", "new", "launched", "active"];

function statusesOf(items: Statuses["items"]): ReadonlyMap<string, FlagStatus> {
  const found = new Map<string, FlagStatus>();
  for (const { name, _links } of items) {
    const key = decodeURIComponent(_links.parent.href.split("/").at(-1) ?? "");
    const before = found.get(key);
    if (before === undefined || ranks.indexOf(name) > ranks.indexOf(before)) found.set(key, name);
  }
  return found;
}
