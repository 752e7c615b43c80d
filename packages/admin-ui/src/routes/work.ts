import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Eraser, GitPullRequestArrow, House, Radio, ScrollText } from "lucide-react";
import { type ApprovalView, approvalViews } from "../approvals/approval.ts";
import { useWaitingApprovals } from "../approvals/approval-queries.ts";
import { auditSearchOf } from "../audit/audit-search.ts";
import type { CleanupSearch } from "../cleanup/cleanup-page.tsx";
import { useCleanupCount } from "../cleanup/use-cleanup.ts";
import type { FirstRunSearch } from "../first-run/first-run-page.tsx";
import type { LiveSearch } from "../live-page/live-page.tsx";
import { t } from "../shell/nav-text.ts";
import { lastProject } from "../shell/project.ts";
import { projects } from "../shell/project-switch.tsx";
import { codeSearch } from "../use-in-code/code-search.ts";
import { workflowViews } from "../workflows/workflow.ts";
import type { WorkflowsSearch } from "../workflows/workflows-page.tsx";
import { signedIn } from "./signed-in.ts";

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
  component: lazyRouteComponent(() => import("../first-run/first-run-page.tsx"), "FirstRunPage"),
});
const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project",
  component: lazyRouteComponent(() => import("../home/home-page.tsx"), "HomePage"),
  staticData: { nav: { label: t("nav.home"), icon: House, place: "work", order: 10, key: "h" } },
});
const approvals = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/approvals",
  validateSearch: ({ view }): { view?: ApprovalView } => {
    const known = approvalViews.find((one) => one === view);
    return known === undefined ? {} : { view: known };
  },
  component: lazyRouteComponent(() => import("../approvals/approvals-page.tsx"), "ApprovalsPage"),
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
  component: lazyRouteComponent(() => import("../schedules/schedule-page.tsx"), "SchedulePage"),
});
const workflows = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/approvals/workflows",
  validateSearch: ({ view }): WorkflowsSearch => {
    const known = workflowViews.find((one) => one === view);
    return known === undefined ? {} : { view: known };
  },
  component: lazyRouteComponent(() => import("../workflows/workflows-page.tsx"), "WorkflowsPage"),
});
const approval = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/approvals/$id",
  component: lazyRouteComponent(() => import("../approvals/approval-page.tsx"), "ApprovalPage"),
});
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/audit",
  validateSearch: auditSearchOf,
  component: lazyRouteComponent(() => import("../audit/audit-page.tsx"), "AuditPage"),
  staticData: {
    nav: {
      label: t("nav.audit"),
      icon: ScrollText,
      place: "work",
      order: 80,
      key: "a",
      isInBottomBar: true,
    },
  },
});
const auditEntry = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/audit/$entry",
  component: lazyRouteComponent(() => import("../audit/audit-entry-page.tsx"), "AuditEntryPage"),
});
const live = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/live",
  validateSearch: ({ env, flag: key, q }): LiveSearch => ({
    ...(typeof env === "string" ? { env } : {}),
    ...(typeof key === "string" ? { flag: key } : {}),
    ...(typeof q === "string" ? { q } : {}),
  }),
  component: lazyRouteComponent(() => import("../live-page/live-page.tsx"), "LivePage"),
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
  component: lazyRouteComponent(() => import("../cleanup/cleanup-page.tsx"), "CleanupPage"),
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

/** What people come back to: home, approvals, the audit log, what is live, what can go. */
export const workRoutes = [
  start,
  begin,
  firstRun,
  home,
  approvals,
  schedule,
  workflows,
  approval,
  audit,
  auditEntry,
  live,
  cleanup,
] as const;
