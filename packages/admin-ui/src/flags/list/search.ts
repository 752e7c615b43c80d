import { builtInViews, isBuiltInView } from "./views.ts";

export const flagSorts = ["name", "-name", "key", "-creationDate", "creationDate"] as const;
export type FlagSort = (typeof flagSorts)[number];

export const usualSort: FlagSort = "creationDate";

/** What the address of the list holds. */
export interface FlagListSearch {
  /** The filter as it is typed; it goes before the view. */
  readonly q?: string;
  readonly view?: string;
  readonly sort?: FlagSort;
  /** Two environments, joined by a comma. */
  readonly compare?: string;
}

export function flagListSearch(search: Record<string, unknown>): FlagListSearch {
  const { q, view, sort, compare } = search;
  const order = flagSorts.find((one) => one === sort);
  return {
    // The router reads what looks like JSON as such: a number is a text here.
    ...(typeof q === "string" || typeof q === "number" ? { q: String(q) } : {}),
    ...(typeof view === "string" && isBuiltInView(view) ? { view } : {}),
    ...(order === undefined ? {} : { sort: order }),
    ...(typeof compare === "string" && compare.includes(",") ? { compare } : {}),
  };
}

/** The filter that the address asks for. */
export function filterOf({ q, view }: FlagListSearch): string {
  if (q !== undefined) return q;
  return view !== undefined && isBuiltInView(view) ? builtInViews[view] : "";
}
