import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Flag } from "lucide-react";
import { auditSearchOf } from "../audit/audit-search.ts";
import { environmentsOf } from "../flags/environments-query.ts";
import { type Period, periods } from "../flags/evaluations/period.ts";
import { tab } from "../flags/frame/tab-text.ts";
import { firstFlagPage } from "../flags/list/flag-page.ts";
import { flagListSearch } from "../flags/list/search.ts";
import { t } from "../shell/nav-text.ts";
import { codeSearch } from "../use-in-code/code-search.ts";
import { signedIn } from "./signed-in.ts";

const flags = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/flags",
  validateSearch: flagListSearch,
  // Asked for while the page's code is on its way.
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(environmentsOf(params.project));
  },
  component: lazyRouteComponent(() => import("../flags/list/flag-list-page.tsx"), "FlagListPage"),
  staticData: {
    early: (queries, { project = "" }, search) => {
      void queries.prefetchQuery(environmentsOf(project));
      const page = firstFlagPage(project, flagListSearch(search));
      if (page !== undefined) void queries.prefetchQuery(page);
    },
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
  component: lazyRouteComponent(() => import("../flags/create/new-flag-page.tsx"), "NewFlagPage"),
});
const flag = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/flags/$flag",
  validateSearch: ({ env }): { env?: string } => (typeof env === "string" ? { env } : {}),
  component: lazyRouteComponent(() => import("../flags/frame/flag-frame.tsx"), "FlagFrame"),
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
    () => import("../flags/targeting/targeting-page.tsx"),
    "TargetingPage",
  ),
  staticData: { flagTab: { label: tab("tab.targeting"), order: 10 } },
});
const code = createRoute({
  getParentRoute: () => flag,
  path: "code",
  validateSearch: codeSearch,
  component: lazyRouteComponent(() => import("../use-in-code/code-page.tsx"), "CodePage"),
  staticData: { flagTab: { label: tab("tab.code"), order: 50 } },
});
const variations = createRoute({
  getParentRoute: () => flag,
  path: "variations",
  component: lazyRouteComponent(
    () => import("../flags/variations/variations-page.tsx"),
    "VariationsPage",
  ),
  staticData: { flagTab: { label: tab("tab.variations"), order: 20 } },
});
const evaluations = createRoute({
  getParentRoute: () => flag,
  path: "evaluations",
  validateSearch: ({ period }): { period?: Period } => {
    const known = periods.find((one) => one === period);
    return known === undefined ? {} : { period: known };
  },
  component: lazyRouteComponent(
    () => import("../flags/evaluations/evaluations-page.tsx"),
    "EvaluationsPage",
  ),
  staticData: { flagTab: { label: tab("tab.evaluations"), order: 30 } },
});
const flagSettings = createRoute({
  getParentRoute: () => flag,
  path: "settings",
  component: lazyRouteComponent(
    () => import("../flags/settings/settings-page.tsx"),
    "SettingsPage",
  ),
  staticData: { flagTab: { label: tab("tab.settings"), order: 60 } },
});
const compare = createRoute({
  getParentRoute: () => flag,
  path: "compare",
  component: lazyRouteComponent(() => import("../flags/compare/compare-page.tsx"), "ComparePage"),
});
const history = createRoute({
  getParentRoute: () => flag,
  path: "history",
  validateSearch: auditSearchOf,
  component: lazyRouteComponent(() => import("../flags/history/history-page.tsx"), "HistoryPage"),
  staticData: { flagTab: { label: tab("tab.history"), order: 40 } },
});

// A part of the flag's page is a route below the flag; with `staticData.flagTab` it is a tab.
const flagParts = [
  flagStart,
  targeting,
  variations,
  evaluations,
  history,
  code,
  flagSettings,
  compare,
];

/** The list of flags, and the page of each. */
export const flagRoutes = [flags, newFlag, flag.addChildren(flagParts)] as const;
