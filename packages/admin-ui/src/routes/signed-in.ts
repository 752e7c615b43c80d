import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, redirect } from "@tanstack/react-router";
import { RequestError } from "../api/request.ts";
import { me } from "../session/me.ts";
import { lastProject, rememberProject } from "../shell/project.ts";
import { projects } from "../shell/project-switch.tsx";
import { Shell } from "../shell/shell.tsx";

export const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()();
/** Everything below is for who is signed in, and has the shell around it. */
export const signedIn = createRoute({
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
