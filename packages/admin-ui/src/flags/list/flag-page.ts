import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import type { ListedFlag } from "./listed-flag.ts";
import { type FlagListSearch, filterOf, usualSort } from "./search.ts";

/** So many flags are asked for at a time, as one scrolls. */
export const pageSize = 40;

interface FlagPage extends Items<ListedFlag> {
  readonly totalCount: number;
}

/** The list's address for a piece of it. */
export function flagPagePath(
  project: string,
  parameters: URLSearchParams,
  { offset, limit = pageSize }: { readonly offset: number; readonly limit?: number },
): string {
  const query = new URLSearchParams(parameters);
  query.set("limit", String(limit));
  if (offset > 0) query.set("offset", String(offset));
  return `${apiPath("flags", project)}?${query}`;
}

export function flagPage(path: string) {
  return resource<FlagPage>(path);
}

/** What the list begins with where nothing narrows it, so that it can be asked for before the page's code is there. */
export function firstFlagPage(project: string, search: FlagListSearch) {
  if (filterOf(search) !== "" || search.compare !== undefined) return undefined;
  const parameters = new URLSearchParams({ sort: search.sort ?? usualSort });
  return flagPage(flagPagePath(project, parameters, { offset: 0 }));
}
