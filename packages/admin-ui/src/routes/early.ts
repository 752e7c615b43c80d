import type { QueryClient } from "@tanstack/react-query";
import type { AnyRoute, AnyRouteMatch } from "@tanstack/react-router";
import type { Router } from "../router.ts";
import { me } from "../session/me.ts";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** Asks for what the page shows first, while it is not yet known who is there. */
    readonly early?: (
      queries: QueryClient,
      params: Readonly<Record<string, string>>,
      search: Record<string, unknown>,
    ) => void;
  }
}

/** Who asks, the page's code and its data are fetched side by side, where the router has to take them in turns. */
export function beginEarly(router: Router, queries: QueryClient): void {
  const matches: readonly AnyRouteMatch[] = router.matchRoutes(router.latestLocation);
  const routes: Readonly<Record<string, AnyRoute>> = router.routesById;
  if (!matches.some(({ routeId }) => routeId === "/signed-in")) return;
  void queries.prefetchQuery(me);
  for (const { routeId, params, search, staticData } of matches) {
    const route = routes[routeId];
    if (route !== undefined) void router.loadRouteChunk(route);
    staticData.early?.(queries, params, search);
  }
}
