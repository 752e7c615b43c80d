import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { CircleDot, Flag, KeyRound, Terminal, UsersRound } from "lucide-react";
import { RequestError } from "./api/request.ts";
import { contextSearch } from "./contexts/context-filter.ts";
import { tab } from "./flags/frame/tab-text.ts";
import { newSegmentSearch, segmentListSearch, segmentSearch } from "./segments/segment-search.ts";
import { me } from "./session/me.ts";
import { t } from "./shell/nav-text.ts";
import { lastProject } from "./shell/project.ts";
import { projects } from "./shell/project-switch.tsx";
import { RouteError, RouteNotFound, RoutePending } from "./shell/route-states.tsx";
import { Shell } from "./shell/shell.tsx";

const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()();

// Before anybody is signed in.
const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: ({ next }): { next?: string } => (typeof next === "string" ? { next } : {}),
  component: lazyRouteComponent(() => import("./session/sign-in-page.tsx"), "LoginPage"),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: ({ token }): { token: string } => ({
    token: typeof token === "string" ? token : "",
  }),
  component: lazyRouteComponent(() => import("./session/sign-in-page.tsx"), "WelcomePage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: lazyRouteComponent(() => import("./session/invitation-page.tsx"), "InvitationPage"),
});
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  component: lazyRouteComponent(
    () => import("./session/second-factor-page.tsx"),
    "SecondFactorPage",
  ),
});

/** Everything below is for who is signed in, and has the shell around it. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    await context.queries.ensureQueryData(me).catch((error: unknown) => {
      if (!(error instanceof RequestError) || error.status !== 401) throw error;
      if (error.code === "second_factor_required") throw redirect({ to: "/second-factor" });
      const { href } = location;
      throw redirect({ to: "/login", search: href === "/" ? {} : { next: href } });
    });
  },
});
const start = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: async ({ context }) => {
    const { items } = await context.queries.ensureQueryData(projects);
    const project = items.find(({ key }) => key === lastProject()) ?? items[0];
    if (project === undefined) return;
    throw redirect({ to: "/p/$project/flags", params: { project: project.key } });
  },
});
const flags = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/flags",
  component: lazyRouteComponent(() => import("./flags/flag-list-page.tsx"), "FlagListPage"),
  staticData: {
    nav: {
      label: t("nav.flags"),
      icon: Flag,
      place: "work",
      order: 20,
      key: "f",
      isInBottomBar: true,
    },
  },
});
const newFlag = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/flags/new",
  component: lazyRouteComponent(() => import("./flags/new-flag-page.tsx"), "NewFlagPage"),
});
const flag = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/flags/$flag",
  validateSearch: ({ env }): { env?: string } => (typeof env === "string" ? { env } : {}),
  component: lazyRouteComponent(() => import("./flags/frame/flag-frame.tsx"), "FlagFrame"),
});
const flagStart = createRoute({
  getParentRoute: () => flag,
  path: "/",
  beforeLoad: ({ params, search }) => {
    throw redirect({ to: "/p/$project/flags/$flag/targeting", params, search, replace: true });
  },
});
const targeting = createRoute({
  getParentRoute: () => flag,
  path: "targeting",
  component: lazyRouteComponent(
    () => import("./flags/targeting/targeting-page.tsx"),
    "TargetingPage",
  ),
  staticData: { flagTab: { label: tab("tab.targeting"), order: 10 } },
});
const compare = createRoute({
  getParentRoute: () => flag,
  path: "compare",
  component: lazyRouteComponent(() => import("./flags/compare/compare-page.tsx"), "ComparePage"),
});
const segments = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/segments",
  validateSearch: segmentListSearch,
  component: lazyRouteComponent(
    () => import("./segments/segment-list-page.tsx"),
    "SegmentListPage",
  ),
  staticData: {
    nav: { label: t("nav.segments"), icon: UsersRound, place: "work", order: 30, key: "s" },
  },
});
const newSegment = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/segments/new",
  validateSearch: newSegmentSearch,
  component: lazyRouteComponent(() => import("./segments/new-segment-page.tsx"), "NewSegmentPage"),
});
const segment = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/segments/$segment",
  validateSearch: segmentSearch,
  component: lazyRouteComponent(() => import("./segments/segment-page.tsx"), "SegmentPage"),
});
const contexts = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/contexts",
  validateSearch: contextSearch,
  component: lazyRouteComponent(
    () => import("./contexts/context-list-page.tsx"),
    "ContextListPage",
  ),
  staticData: {
    nav: { label: t("nav.contexts"), icon: CircleDot, place: "work", order: 40, key: "c" },
  },
});
const context = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/contexts/$kind/$key",
  validateSearch: segmentSearch,
  component: lazyRouteComponent(() => import("./contexts/context-page.tsx"), "ContextPage"),
});
const keys = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/keys",
  component: lazyRouteComponent(() => import("./keys/keys-page.tsx"), "KeysPage"),
  staticData: { nav: { label: t("nav.keys"), icon: KeyRound, place: "settings", order: 100 } },
});
const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/tokens",
  component: lazyRouteComponent(() => import("./tokens/tokens-page.tsx"), "TokensPage"),
  staticData: { nav: { label: t("nav.tokens"), icon: Terminal, place: "settings", order: 120 } },
});

// Each component in each state, for those who build pages; not in what is published.
const kit = createRoute({
  getParentRoute: () => root,
  path: "/kit",
  component: import.meta.env.DEV
    ? lazyRouteComponent(() => import("./kit/kit-page.tsx"), "KitPage")
    : RouteNotFound,
});

// A part of the flag's page is a route below the flag; with `staticData.flagTab` it is a tab.
const flagParts = [flagStart, targeting, compare];

const routeTree = root.addChildren([
  login,
  welcome,
  invitation,
  secondFactor,
  kit,
  signedIn.addChildren([start, flags, newFlag, flag.addChildren(flagParts), segments, newSegment, segment, contexts, context, keys, tokens]),
]);

/** Every page by its path. A page is one route here; with `staticData.nav` it stands in the sidebar. */
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

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
