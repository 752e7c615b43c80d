import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import {
  Building2,
  CircleDot,
  CircleUser,
  Eraser,
  Flag,
  GitPullRequestArrow,
  House,
  KeyRound,
  Radio,
  ScrollText,
  Settings,
  ShieldCheck,
  Terminal,
  Users,
  UsersRound,
} from "lucide-react";
import { RequestError } from "./api/request.ts";
import { type ApprovalView, approvalViews } from "./approvals/approval.ts";
import { useWaitingApprovals } from "./approvals/approval-queries.ts";
import { auditSearchOf } from "./audit/audit-search.ts";
import type { CleanupSearch } from "./cleanup/cleanup-page.tsx";
import { useCleanupCount } from "./cleanup/use-cleanup.ts";
import { contextSearch } from "./contexts/context-filter.ts";
import type { FirstRunSearch } from "./first-run/first-run-page.tsx";
import { environmentsOf } from "./flags/environments-query.ts";
import { type Period, periods } from "./flags/evaluations/period.ts";
import { tab } from "./flags/frame/tab-text.ts";
import { flagListSearch } from "./flags/list/search.ts";
import type { LiveSearch } from "./live-page/live-page.tsx";
import { membersSearch } from "./members/search.ts";
import { newSegmentSearch, segmentListSearch, segmentSearch } from "./segments/segment-search.ts";
import { me } from "./session/me.ts";
import { t } from "./shell/nav-text.ts";
import { lastProject, rememberProject } from "./shell/project.ts";
import { projects } from "./shell/project-switch.tsx";
import { RouteError, RouteNotFound, RoutePending } from "./shell/route-states.tsx";
import { Shell } from "./shell/shell.tsx";
import { tokensSearch } from "./tokens/token.ts";
import { codeSearch } from "./use-in-code/code-search.ts";

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
    if (lastProject() !== "") return;
    // On pages of the account the shell leads to a project that nobody has looked at yet.
    const { items } = await context.queries.ensureQueryData(projects);
    rememberProject(items[0]?.key ?? "");
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
/** Where the owner of a new server begins. */
const begin = createRoute({
  getParentRoute: () => signedIn,
  path: "/first-run",
  beforeLoad: async ({ context }) => {
    const [first] = (await context.queries.ensureQueryData(projects)).items;
    if (first === undefined) throw redirect({ to: "/" });
    throw redirect({ to: "/p/$project/first-run", params: { project: first.key } });
  },
});
const firstRun = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/first-run",
  validateSearch: (search): FirstRunSearch => ({
    ...(typeof search["flag"] === "string" ? { flag: search["flag"] } : {}),
    ...(typeof search["env"] === "string" ? { env: search["env"] } : {}),
    ...codeSearch(search),
  }),
  component: lazyRouteComponent(() => import("./first-run/first-run-page.tsx"), "FirstRunPage"),
});
const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project",
  component: lazyRouteComponent(() => import("./home/home-page.tsx"), "HomePage"),
  staticData: { nav: { label: t("nav.home"), icon: House, place: "work", order: 10, key: "h" } },
});
const flags = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/flags",
  validateSearch: flagListSearch,
  // Asked for while the page's code is on its way.
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(environmentsOf(params.project));
  },
  component: lazyRouteComponent(() => import("./flags/list/flag-list-page.tsx"), "FlagListPage"),
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
  component: lazyRouteComponent(() => import("./flags/create/new-flag-page.tsx"), "NewFlagPage"),
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
const code = createRoute({
  getParentRoute: () => flag,
  path: "code",
  validateSearch: codeSearch,
  component: lazyRouteComponent(() => import("./flags/code/code-page.tsx"), "CodePage"),
  staticData: { flagTab: { label: tab("tab.code"), order: 50 } },
});
const variations = createRoute({
  getParentRoute: () => flag,
  path: "variations",
  component: lazyRouteComponent(
    () => import("./flags/variations/variations-page.tsx"),
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
    () => import("./flags/evaluations/evaluations-page.tsx"),
    "EvaluationsPage",
  ),
  staticData: { flagTab: { label: tab("tab.evaluations"), order: 30 } },
});
const flagSettings = createRoute({
  getParentRoute: () => flag,
  path: "settings",
  component: lazyRouteComponent(() => import("./flags/settings/settings-page.tsx"), "SettingsPage"),
  staticData: { flagTab: { label: tab("tab.settings"), order: 60 } },
});
const compare = createRoute({
  getParentRoute: () => flag,
  path: "compare",
  component: lazyRouteComponent(() => import("./flags/compare/compare-page.tsx"), "ComparePage"),
});
const history = createRoute({
  getParentRoute: () => flag,
  path: "history",
  validateSearch: auditSearchOf,
  component: lazyRouteComponent(() => import("./flags/history/history-page.tsx"), "HistoryPage"),
  staticData: { flagTab: { label: tab("tab.history"), order: 40 } },
});
const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/approvals",
  validateSearch: ({ view }): { view?: ApprovalView } => {
    const known = approvalViews.find((one) => one === view);
    return known === undefined ? {} : { view: known };
  },
  component: lazyRouteComponent(() => import("./approvals/approvals-page.tsx"), "ApprovalsPage"),
  staticData: {
    nav: {
      label: t("nav.approvals"),
      icon: GitPullRequestArrow,
      place: "work",
      order: 60,
      key: "p",
      useCount: useWaitingApprovals,
    },
  },
});
const schedule = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/approvals/schedule",
  component: lazyRouteComponent(() => import("./schedules/schedule-page.tsx"), "SchedulePage"),
});
const approval = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/approvals/$id",
  component: lazyRouteComponent(() => import("./approvals/approval-page.tsx"), "ApprovalPage"),
});
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/audit",
  validateSearch: auditSearchOf,
  component: lazyRouteComponent(() => import("./audit/audit-page.tsx"), "AuditPage"),
  staticData: {
    nav: { label: t("nav.audit"), icon: ScrollText, place: "work", order: 80, key: "a" },
  },
});
const auditEntry = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/audit/$entry",
  component: lazyRouteComponent(() => import("./audit/audit-entry-page.tsx"), "AuditEntryPage"),
});
const live = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/live",
  validateSearch: ({ env, flag: key, q }): LiveSearch => ({
    ...(typeof env === "string" ? { env } : {}),
    ...(typeof key === "string" ? { flag: key } : {}),
    ...(typeof q === "string" ? { q } : {}),
  }),
  component: lazyRouteComponent(() => import("./live-page/live-page.tsx"), "LivePage"),
  staticData: {
    nav: {
      label: t("nav.live"),
      icon: Radio,
      place: "work",
      order: 70,
      key: "l",
      isInBottomBar: true,
    },
  },
});
const cleanup = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/cleanup",
  validateSearch: ({ q, mine }): CleanupSearch => ({
    ...(typeof q === "string" ? { q } : {}),
    ...(mine === true ? { mine } : {}),
  }),
  component: lazyRouteComponent(() => import("./cleanup/cleanup-page.tsx"), "CleanupPage"),
  staticData: {
    nav: {
      label: t("nav.cleanup"),
      icon: Eraser,
      place: "work",
      order: 90,
      useCount: useCleanupCount,
    },
  },
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
  validateSearch: ({ env }): { env?: string } => (typeof env === "string" ? { env } : {}),
  component: lazyRouteComponent(() => import("./keys/keys-page.tsx"), "KeysPage"),
  staticData: { nav: { label: t("nav.keys"), icon: KeyRound, place: "settings", order: 100 } },
});
const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  beforeLoad: () => {
    throw redirect({ to: "/account/members" });
  },
  staticData: { nav: { label: t("nav.account"), icon: Building2, place: "settings", order: 120 } },
});
const members = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/members",
  validateSearch: membersSearch,
  component: lazyRouteComponent(() => import("./members/members-page.tsx"), "MembersPage"),
  staticData: { nav: { label: t("nav.members"), icon: Users, place: "account", order: 200 } },
});
const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/tokens",
  validateSearch: tokensSearch,
  component: lazyRouteComponent(() => import("./tokens/tokens-page.tsx"), "TokensPage"),
  staticData: { nav: { label: t("nav.tokens"), icon: Terminal, place: "account", order: 230 } },
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/p/$project/settings/general", params });
  },
  staticData: { nav: { label: t("nav.settings"), icon: Settings, place: "settings", order: 200 } },
});
const general = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/general",
  component: lazyRouteComponent(() => import("./settings/general-page.tsx"), "GeneralSettingsPage"),
});
const environments = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/environments",
  component: lazyRouteComponent(
    () => import("./environments/environment-list-page.tsx"),
    "EnvironmentListPage",
  ),
});
const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/webhooks",
  component: lazyRouteComponent(
    () => import("./webhooks/webhook-list-page.tsx"),
    "WebhookListPage",
  ),
});
const webhook = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/webhooks/$webhook",
  component: lazyRouteComponent(() => import("./webhooks/webhook-page.tsx"), "WebhookPage"),
});

const roles = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/roles",
  validateSearch: ({ who }): { who?: string } => (typeof who === "string" ? { who } : {}),
  component: lazyRouteComponent(() => import("./roles/roles-page.tsx"), "RolesPage"),
  staticData: { nav: { label: t("nav.roles"), icon: ShieldCheck, place: "account", order: 220 } },
});
const newRole = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/roles/new",
  component: lazyRouteComponent(() => import("./roles/role-page.tsx"), "NewRolePage"),
});
const role = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/roles/$role",
  component: lazyRouteComponent(() => import("./roles/role-page.tsx"), "RolePage"),
});
const ownPage = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/me",
  component: lazyRouteComponent(() => import("./me/me-page.tsx"), "MePage"),
  staticData: { nav: { label: t("nav.me"), icon: CircleUser, place: "account", order: 290 } },
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

const routeTree = root.addChildren([
  login,
  welcome,
  invitation,
  secondFactor,
  kit,
  signedIn.addChildren([
    start,
    home,
    flags,
    newFlag,
    flag.addChildren(flagParts),
    segments,
    newSegment,
    segment,
    contexts,
    context,
    approvals,
    schedule,
    approval,
    audit,
    auditEntry,
    keys,
    tokens,
    account,
    members,
    roles,
    newRole,
    role,
    ownPage,
    settings,
    general,
    environments,
    webhooks,
    webhook,
    begin,
    firstRun,
    live,
    cleanup,
  ]),
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
