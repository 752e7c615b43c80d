import "./styles.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
  redirect,
} from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { TokensPage } from "./access/tokens-page.tsx";
import type { Items, Project } from "./api/representations.ts";
import { RequestError, request } from "./api/request.ts";
import { KeysPage } from "./environments/keys-page.tsx";
import { FlagListPage } from "./flags/flag-list-page.tsx";
import { FlagPage } from "./flags/flag-page.tsx";
import { NewFlagPage } from "./flags/new-flag-page.tsx";
import { InvitationPage } from "./session/invitation-page.tsx";
import { SecondFactorPage } from "./session/second-factor-page.tsx";
import { SignInPage } from "./session/sign-in-page.tsx";
import { Shell } from "./ui/shell.tsx";

const root = createRootRoute();
const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async () => {
    const projects = await request<Items<Project>>("GET", "/api/v2/projects?limit=10000").catch(
      (error) => {
        if (!(error instanceof RequestError) || error.status !== 401) throw error;
        const needsFactor = error.code === "second_factor_required";
        throw redirect({ to: needsFactor ? "/second-factor" : "/login" });
      },
    );
    const project = projects.items[0]?.key ?? "";
    throw redirect({ to: "/p/$project/flags", params: { project } });
  },
});
const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  component: () => <SignInPage />,
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: () => <SignInPage token={new URLSearchParams(location.search).get("token") ?? ""} />,
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: InvitationPage,
});
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  component: SecondFactorPage,
});
const project = createRoute({ getParentRoute: () => root, path: "/p/$project", component: Shell });
const flags = createRoute({
  getParentRoute: () => project,
  path: "flags",
  component: FlagListPage,
});
const flag = createRoute({
  getParentRoute: () => project,
  path: "flags/$flag/targeting",
  component: FlagPage,
  validateSearch: (search): { env?: string } =>
    typeof search["env"] === "string" ? { env: search["env"] } : {},
});
const newFlag = createRoute({
  getParentRoute: () => project,
  path: "flags/new",
  component: NewFlagPage,
});
const keys = createRoute({ getParentRoute: () => project, path: "keys", component: KeysPage });
const tokens = createRoute({
  getParentRoute: () => project,
  path: "tokens",
  component: TokensPage,
});
const router = createRouter({
  routeTree: root.addChildren([
    home,
    login,
    welcome,
    invitation,
    secondFactor,
    project.addChildren([flags, newFlag, flag, keys, tokens]),
  ]),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

const isDark = matchMedia("(prefers-color-scheme: dark)");
function applyTheme() {
  document.documentElement.dataset["theme"] = isDark.matches ? "dark" : "light";
}
applyTheme();
isDark.addEventListener("change", applyTheme);
const container = document.getElementById("root");
if (container !== null) {
  createRoot(container).render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
