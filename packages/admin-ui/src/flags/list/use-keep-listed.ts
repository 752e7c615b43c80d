import { useEffect } from "react";
import { pageSize } from "./flag-page.ts";
import { keepListed } from "./listed.ts";
import type { FlagRows } from "./use-flag-rows.ts";

/** Remembers the list that is shown, so that a flag's page can go on to its neighbours. */
export function useKeepListed(
  project: string,
  parameters: URLSearchParams | undefined,
  rows: FlagRows,
): void {
  useEffect(() => {
    if (parameters === undefined || rows.isPending || rows.isStale) return;
    const pieces: Record<string, readonly string[]> = {};
    for (let from = 0; from < rows.count; from += pageSize) {
      if (rows.rowAt(from) === undefined) continue;
      const places = Array.from({ length: pageSize }, (_, at) => rows.rowAt(from + at)?.key);
      pieces[from] = places.filter((key) => key !== undefined);
    }
    keepListed(project, { parameters: parameters.toString(), count: rows.count, pieces });
  }, [project, parameters, rows]);
}
