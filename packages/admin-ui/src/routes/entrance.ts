import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "./signed-in.ts";

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: ({ next }): { next?: string } => (typeof next === "string" ? { next } : {}),
  component: lazyRouteComponent(() => import("../session/sign-in-page.tsx"), "LoginPage"),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  validateSearch: ({ token }): { token: string } => ({
    token: typeof token === "string" ? token : "",
  }),
  component: lazyRouteComponent(() => import("../session/sign-in-page.tsx"), "WelcomePage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invite/$token",
  component: lazyRouteComponent(() => import("../session/invitation-page.tsx"), "InvitationPage"),
});
const secondFactor = createRoute({
  getParentRoute: () => root,
  path: "/second-factor",
  component: lazyRouteComponent(
    () => import("../session/second-factor-page.tsx"),
    "SecondFactorPage",
  ),
});

/** Before anybody is signed in. */
export const entranceRoutes = [login, welcome, invitation, secondFactor] as const;
