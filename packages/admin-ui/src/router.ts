import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { accountRoutes } from "./routes/account.ts";
import { audienceRoutes } from "./routes/audience.ts";
import { entranceRoutes } from "./routes/entrance.ts";
import { flagRoutes } from "./routes/flags.ts";
import { projectSettingsRoutes } from "./routes/project-settings.ts";
import { root, signedIn } from "./routes/signed-in.ts";
import { workRoutes } from "./routes/work.ts";
import { RouteError, RouteNotFound, RoutePending } from "./shell/route-states.tsx";

// Each component in each state, for those who build pages; not in what is published.
const kit = createRoute({
  getParentRoute: () => root,
  path: "/kit",
  component: import.meta.env.DEV
    ? lazyRouteComponent(() => import("./kit/kit-page.tsx"), "KitPage")
    : RouteNotFound,
});

const routeTree = root.addChildren([
  ...entranceRoutes,
  kit,
  signedIn.addChildren([
    ...workRoutes,
    ...flagRoutes,
    ...audienceRoutes,
    ...projectSettingsRoutes,
    ...accountRoutes,
  ]),
]);

/** Every page by its path. A page is one route of its area in `routes/`; with `staticData.nav` it stands in the sidebar. */
export function newRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: "intent",
    defaultPendingMs: 300,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: RouteNotFound,
  });
}

export type Router = ReturnType<typeof newRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: Router;
  }
}
