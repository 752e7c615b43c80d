import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { resource } from "../../api/queries.ts";
import type { Environment, Items } from "../../api/representations.ts";
import { me } from "../../session/me.ts";
import { type FilterField, type FlagFilter, filterParameters, parseFilter } from "./filter.ts";
import { type FlagListSearch, type FlagSort, filterOf, usualSort } from "./search.ts";
import { useStars } from "./stars.ts";

interface Member {
  readonly _id: string;
  readonly email: string;
}

export interface ListFilter {
  /** As it stands in the field. */
  readonly text: string;
  readonly filter: FlagFilter;
  /** The same for the server's list; undefined until everything that it names is known. */
  readonly parameters: URLSearchParams | undefined;
  readonly sort: FlagSort;
  readonly setText: (text: string) => void;
  readonly setView: (view: { readonly view: string } | { readonly q: string }) => void;
  readonly setSort: (sort: FlagSort) => void;
}

/** What the list is narrowed to and ordered by: it stands in the address, and acts as it is typed. */
export function useListFilter(environments: readonly Environment[] | undefined): ListFilter {
  const search: FlagListSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const inAddress = filterOf(search);
  const [text, setTyped] = useState(inAddress);
  const [known, setKnown] = useState(inAddress);
  // What came into the address otherwise, as by the back button, goes into the field.
  if (inAddress !== known) {
    setKnown(inAddress);
    setTyped(inAddress);
  }
  const sort = search.sort ?? usualSort;
  const go = (next: FlagListSearch) => void navigate({ to: ".", search: next, replace: true });
  const rest = search.sort === undefined ? {} : { sort: search.sort };
  const filter = useMemo(() => parseFilter(text), [text]);
  const parameters = useParameters(filter, sort, environments);
  return {
    text,
    filter,
    parameters,
    sort,
    setText: (typed) => {
      setTyped(typed);
      setKnown(typed);
      go({ ...(typed === "" ? {} : { q: typed }), ...rest });
    },
    setView: (view) => {
      void navigate({
        to: ".",
        search: { ...("q" in view && view.q === "" ? {} : view), ...rest },
      });
    },
    setSort: (chosen) => go({ ...search, sort: chosen }),
  };
}

function useParameters(
  filter: FlagFilter,
  sort: FlagSort,
  environments: readonly Environment[] | undefined,
): URLSearchParams | undefined {
  const { project = "" } = useParams({ strict: false });
  const starred = useStars(project);
  const myself = useQuery(me).data;
  const namesSomebody = filter.terms.some(
    ({ field, value }) => field === "maintainer" && value !== "me",
  );
  const members = useQuery({
    ...resource<Items<Member>>("/api/v2/members?limit=10000"),
    enabled: namesSomebody,
  });
  // A filter over time begins when the page is opened, so that its answer can be kept.
  const [now] = useState(() => Date.now());
  const last = useRef<string>(undefined);
  // What the filter does not name is not waited for.
  const has = (field: FilterField, value: string) =>
    filter.terms.some((term) => term.field === field && term.value === value);
  const isKnown =
    (myself !== undefined || !has("maintainer", "me")) &&
    (environments !== undefined || !has("differ", "all")) &&
    (!namesSomebody || !members.isPending);
  const text = isKnown
    ? filterParameters(filter, {
        now,
        memberId: myself?.id ?? "",
        starred: [...starred],
        environments: environments?.map(({ key }) => key) ?? [],
        memberOf: (email) => members.data?.items.find((one) => one.email === email)?._id,
      }).toString()
    : undefined;
  return useMemo(() => {
    // What cannot be read is not guessed at: the list stays as it was.
    const wanted = filter.problems.length > 0 ? (last.current ?? text) : text;
    if (wanted === undefined) return undefined;
    last.current = wanted;
    const parameters = new URLSearchParams(wanted);
    parameters.set("sort", sort);
    return parameters;
  }, [text, sort, filter.problems]);
}
