import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { CircleDot, UsersRound } from "lucide-react";
import { contextSearch } from "../contexts/context-filter.ts";
import { newSegmentSearch, segmentListSearch, segmentSearch } from "../segments/segment-search.ts";
import { t } from "../shell/nav-text.ts";
import { signedIn } from "./signed-in.ts";

const segments = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/segments",
  validateSearch: segmentListSearch,
  component: lazyRouteComponent(
    () => import("../segments/segment-list-page.tsx"),
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
  component: lazyRouteComponent(() => import("../segments/new-segment-page.tsx"), "NewSegmentPage"),
});
const segment = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/segments/$segment",
  validateSearch: segmentSearch,
  component: lazyRouteComponent(() => import("../segments/segment-page.tsx"), "SegmentPage"),
});
const contexts = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/contexts",
  validateSearch: contextSearch,
  component: lazyRouteComponent(
    () => import("../contexts/context-list-page.tsx"),
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
  component: lazyRouteComponent(() => import("../contexts/context-page.tsx"), "ContextPage"),
});

/** Whom flags are for: segments, and the contexts that were seen. */
export const audienceRoutes = [segments, newSegment, segment, contexts, context] as const;
