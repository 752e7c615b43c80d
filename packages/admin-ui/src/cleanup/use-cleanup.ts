import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import type { CleanupCard } from "./board.ts";
import type { KeptFlag } from "./keep.ts";

const minuteMs = 60_000;

interface Board extends Items<CleanupCard> {
  readonly kept: readonly KeptFlag[];
}

export function useCleanup(project: string) {
  return useQuery(resource<Board>(apiPath("projects", project, "cleanup")));
}

/**
 * How many cards wait; keys without a flag among them. It stands on every page, and the evidence takes the
 * server a while: so it has a key of its own, and is not fetched anew with each change.
 */
export function useCleanupCount(project: string): number | undefined {
  const { data } = useQuery({
    queryKey: ["cleanup count", project],
    queryFn: () => request<Items<CleanupCard>>("GET", apiPath("projects", project, "cleanup")),
    enabled: project !== "",
    staleTime: 5 * minuteMs,
  });
  return data?.items.length;
}

interface Member {
  readonly _id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email: string;
}

/** What the members are called, by their ids; empty for those who may not see them. */
export function useMemberNames(isAsked: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({
    ...resource<Items<Member>>("/api/v2/members?limit=10000"),
    enabled: isAsked,
    staleTime: minuteMs,
  });
  return new Map(
    data?.items.map(({ _id, firstName = "", lastName = "", email }) => [
      _id,
      `${firstName} ${lastName}`.trim() || email,
    ]),
  );
}
