import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { parseExpand } from "../http/expand.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import {
  ApprovalSettings,
  approvalSettingsOf,
  noApprovals,
  type ResourceKind,
  resourceKinds,
} from "./approval-settings.ts";
import { changeApprovalSettings } from "./approval-settings-changes.ts";

const inProject = z.object({ projectKey: z.string() });
const path = "/api/v2/approval-requests/projects/:projectKey/settings";
const tags = ["Approvals"];

const SettingsPatch = ApprovalSettings.partial().extend({
  environmentKey: z.string(),
  resourceKind: z.enum(resourceKinds),
});
const SettingsOfKind = z.object({
  environments: z.record(z.string(), ApprovalSettings).optional(),
  _default: ApprovalSettings.optional(),
  _strict: ApprovalSettings.optional(),
});
const SettingsByKind = z.record(z.string(), SettingsOfKind).meta({ id: "ApprovalRequestSettings" });

/** What somebody who wants to be strict would begin with. */
const strict: ApprovalSettings = { ...noApprovals, required: true, minNumApprovals: 2 };

export const approvalSettingsRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getApprovalRequestSettings",
        summary: "Show which changes of a project need approval",
        tags,
        params: inProject,
        querystring: z.object({
          environmentKey: z.string().optional(),
          resourceKind: z.enum(resourceKinds).optional(),
          expand: z.string().optional().describe("What to add: default, strict."),
        }),
        response: { 200: SettingsByKind },
      },
    },
    async ({ params, query }) => {
      const expanded = parseExpand(query.expand, ["default", "strict", "environments"]);
      const kinds = query.resourceKind === undefined ? resourceKinds : [query.resourceKind];
      const environments =
        query.environmentKey === undefined
          ? await listEnvironments(db, (await getProject(db, params.projectKey)).id)
          : [(await getEnvironment(db, params.projectKey, query.environmentKey)).environment];
      const shown = kinds.map((kind) => [
        kind,
        {
          ...settingsOfKind(environments, kind),
          ...(expanded.has("default") ? { _default: noApprovals } : {}),
          ...(expanded.has("strict") ? { _strict: strict } : {}),
        },
      ]);
      return SettingsByKind.parse(Object.fromEntries(shown));
    },
  );

  app.patch(
    path,
    {
      config: {
        access: {
          action: "updateApprovalSettings",
          resource: "proj/{projectKey}:env/{body.environmentKey}",
        },
      },
      schema: {
        operationId: "patchApprovalRequestSettings",
        summary: "Say which changes need approval",
        description: "What is not given stays. Asking for less takes bypassRequiredApproval.",
        tags,
        params: inProject,
        body: SettingsPatch,
        response: { 200: SettingsByKind },
      },
    },
    async ({ params, body, principal }) => {
      const { environmentKey, resourceKind: kind, ...given } = body;
      const environment = await changes.write(principal, async (tx, record) => {
        const place = await getEnvironment(tx, params.projectKey, environmentKey);
        const wanted = { ...approvalSettingsOf(place.environment, kind), ...given };
        const after = ApprovalSettings.parse(wanted); // Both halves have been read by their schema.
        return changeApprovalSettings(tx, record, { ...place, kind, after });
      });
      return { [kind]: settingsOfKind([environment], kind) };
    },
  );
};

function settingsOfKind(
  environments: readonly Environment[],
  kind: ResourceKind,
): z.infer<typeof SettingsOfKind> {
  const entries = environments.map((one) => [one.key, approvalSettingsOf(one, kind)]);
  return { environments: Object.fromEntries(entries) };
}
