import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import {
  FileUp,
  Flag,
  KeyRound,
  Layers,
  Plug,
  Recycle,
  Settings,
  Shapes,
  SlidersHorizontal,
  Webhook,
} from "lucide-react";
import { t } from "../shell/nav-text.ts";
import { signedIn } from "./signed-in.ts";

const keys = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/keys",
  validateSearch: ({ env }): { env?: string } => (typeof env === "string" ? { env } : {}),
  component: lazyRouteComponent(() => import("../keys/keys-page.tsx"), "KeysPage"),
  staticData: { nav: { label: t("nav.keys"), icon: KeyRound, place: "settings", order: 100 } },
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
  component: lazyRouteComponent(
    () => import("../settings/general-page.tsx"),
    "GeneralSettingsPage",
  ),
  staticData: {
    nav: { label: t("nav.general"), icon: SlidersHorizontal, place: "project", order: 300 },
  },
});
const environments = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/environments",
  component: lazyRouteComponent(
    () => import("../environments/environment-list-page.tsx"),
    "EnvironmentListPage",
  ),
  staticData: { nav: { label: t("nav.environments"), icon: Layers, place: "project", order: 310 } },
});
const flagDefaults = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/flag-defaults",
  component: lazyRouteComponent(
    () => import("../flag-defaults/flag-defaults-page.tsx"),
    "FlagDefaultsPage",
  ),
  staticData: { nav: { label: t("nav.flagDefaults"), icon: Flag, place: "project", order: 320 } },
});
const contextKinds = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/context-kinds",
  component: lazyRouteComponent(
    () => import("../context-kinds/kind-list-page.tsx"),
    "KindListPage",
  ),
  staticData: { nav: { label: t("nav.contextKinds"), icon: Shapes, place: "project", order: 330 } },
});
const lifecycle = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/lifecycle",
  component: lazyRouteComponent(() => import("../lifecycle/lifecycle-page.tsx"), "LifecyclePage"),
  staticData: { nav: { label: t("nav.lifecycle"), icon: Recycle, place: "project", order: 340 } },
});
const webhooks = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/webhooks",
  component: lazyRouteComponent(
    () => import("../webhooks/webhook-list-page.tsx"),
    "WebhookListPage",
  ),
  staticData: { nav: { label: t("nav.webhooks"), icon: Webhook, place: "project", order: 350 } },
});
const webhook = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/webhooks/$webhook",
  component: lazyRouteComponent(() => import("../webhooks/webhook-page.tsx"), "WebhookPage"),
});
const integrations = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/integrations",
  component: lazyRouteComponent(
    () => import("../integrations/integration-list-page.tsx"),
    "IntegrationListPage",
  ),
  staticData: { nav: { label: t("nav.integrations"), icon: Plug, place: "project", order: 360 } },
});
const integration = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/integrations/$kind/$id",
  component: lazyRouteComponent(
    () => import("../integrations/integration-page.tsx"),
    "IntegrationPage",
  ),
});
const importing = createRoute({
  getParentRoute: () => signedIn,
  path: "/p/$project/settings/import",
  component: lazyRouteComponent(() => import("../import/import-page.tsx"), "ImportPage"),
  staticData: { nav: { label: t("nav.import"), icon: FileUp, place: "project", order: 390 } },
});

/** A project's keys and settings. */
export const projectSettingsRoutes = [
  keys,
  settings,
  general,
  environments,
  flagDefaults,
  contextKinds,
  lifecycle,
  webhooks,
  webhook,
  integrations,
  integration,
  importing,
] as const;
