import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import {
  Building2,
  CircleUser,
  Lock,
  LogIn,
  Megaphone,
  RadioTower,
  ShieldCheck,
  Terminal,
  Users,
  UsersRound,
} from "lucide-react";
import { membersSearch } from "../members/search.ts";
import { t } from "../shell/nav-text.ts";
import { teamsSearch } from "../teams/team.ts";
import { tokensSearch } from "../tokens/token.ts";
import { signedIn } from "./signed-in.ts";

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
  component: lazyRouteComponent(() => import("../members/members-page.tsx"), "MembersPage"),
  staticData: { nav: { label: t("nav.members"), icon: Users, place: "account", order: 200 } },
});
const teams = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/teams",
  validateSearch: teamsSearch,
  component: lazyRouteComponent(() => import("../teams/team-list-page.tsx"), "TeamListPage"),
  staticData: { nav: { label: t("nav.teams"), icon: UsersRound, place: "account", order: 210 } },
});
const team = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/teams/$team",
  component: lazyRouteComponent(() => import("../teams/team-page.tsx"), "TeamPage"),
});
const tokens = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/tokens",
  validateSearch: tokensSearch,
  component: lazyRouteComponent(() => import("../tokens/tokens-page.tsx"), "TokensPage"),
  staticData: { nav: { label: t("nav.tokens"), icon: Terminal, place: "account", order: 230 } },
});
const roles = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/roles",
  validateSearch: ({ who }): { who?: string } => (typeof who === "string" ? { who } : {}),
  component: lazyRouteComponent(() => import("../roles/roles-page.tsx"), "RolesPage"),
  staticData: { nav: { label: t("nav.roles"), icon: ShieldCheck, place: "account", order: 220 } },
});
const newRole = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/roles/new",
  component: lazyRouteComponent(() => import("../roles/role-page.tsx"), "NewRolePage"),
});
const role = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/roles/$role",
  component: lazyRouteComponent(() => import("../roles/role-page.tsx"), "RolePage"),
});
const security = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/security",
  component: lazyRouteComponent(() => import("../security/security-page.tsx"), "SecurityPage"),
  staticData: { nav: { label: t("nav.security"), icon: Lock, place: "account", order: 240 } },
});
const sso = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/sso",
  component: lazyRouteComponent(() => import("../sso/sso-page.tsx"), "SsoPage"),
  staticData: { nav: { label: t("nav.sso"), icon: LogIn, place: "account", order: 250 } },
});
const relays = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/relays",
  component: lazyRouteComponent(() => import("../relays/relays-page.tsx"), "RelaysPage"),
  staticData: { nav: { label: t("nav.relays"), icon: RadioTower, place: "account", order: 255 } },
});
const announcements = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/announcements",
  component: lazyRouteComponent(
    () => import("../announcements/announcements-page.tsx"),
    "AnnouncementsPage",
  ),
  staticData: {
    nav: { label: t("nav.announcements"), icon: Megaphone, place: "account", order: 260 },
  },
});
const ownPage = createRoute({
  getParentRoute: () => signedIn,
  path: "/account/me",
  component: lazyRouteComponent(() => import("../me/me-page.tsx"), "MePage"),
  staticData: { nav: { label: t("nav.me"), icon: CircleUser, place: "account", order: 290 } },
});

/** What belongs to no project: members, roles, tokens, and oneself. */
export const accountRoutes = [
  account,
  members,
  teams,
  team,
  tokens,
  roles,
  newRole,
  role,
  security,
  sso,
  relays,
  announcements,
  ownPage,
] as const;
