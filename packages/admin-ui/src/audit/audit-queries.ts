import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import type { AuditPageOfEntries, WholeAuditEntry } from "./audit-entry.ts";

export const auditPath = "/api/v2/auditlog";
const entriesAtOnce = "50";

/** Entries that fit, the newest first, a page more with each `fetchNextPage`. */
export function useAuditPages(query: URLSearchParams) {
  const asked = new URLSearchParams(query);
  asked.set("limit", entriesAtOnce);
  const first = `${auditPath}?${asked}`;
  return useInfiniteQuery({
    queryKey: [first, "pages"],
    queryFn: ({ pageParam, signal }) =>
      request<AuditPageOfEntries>("GET", pageParam, undefined, { signal }),
    initialPageParam: first,
    getNextPageParam: ({ _links: { next } }) => next?.href,
    placeholderData: (shown) => shown,
  });
}

export function useAuditEntry(id: string) {
  return useQuery({ ...resource<WholeAuditEntry>(apiPath("auditlog", id)), staleTime: Infinity });
}

export interface Person {
  readonly _id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** The members, where one may see them; none otherwise. */
export function usePeople(): readonly Person[] {
  const { data } = useQuery({
    ...resource<Items<Person>>("/api/v2/members?limit=10000"),
    staleTime: 60_000,
    retry: false,
  });
  return data?.items ?? [];
}

export function nameOfPerson({ firstName, lastName, email }: Person): string {
  return `${firstName} ${lastName}`.trim() || email;
}
