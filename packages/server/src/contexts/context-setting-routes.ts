import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import {
  type ContextSetting,
  findContextSetting,
  saveContextSetting,
} from "./context-setting-queries.ts";

const params = z.object({ projectKey: z.string(), environmentKey: z.string() });
const path = "/api/v2/projects/:projectKey/environments/:environmentKey/context-settings";
const tags = ["Contexts"];
const Setting = z.object({
  keepContexts: z.boolean().describe("Whether a sample of contexts is kept. Counts are, always."),
  retentionDays: z.int().min(1).max(365).describe("For how long after they were seen last."),
});
const isSameSetting = (a: ContextSetting, b: ContextSetting) =>
  a.isKept === b.isKept && a.retentionDays === b.retentionDays;

/** Whether and for how long an environment keeps contexts. */
export const contextSettingRoutes: FastifyPluginAsyncZod<{
  db: Db;
  changes: Changes;
  intake: EventIntake;
}> = async (app, { db, changes, intake }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContextSettings",
        summary: "Say whether and for how long contexts are kept",
        tags,
        params,
        response: { 200: Setting },
      },
    },
    async ({ params: { projectKey, environmentKey } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      return settingRepresentation(await findContextSetting(db, environment.id));
    },
  );

  app.patch(
    path,
    {
      config: {
        access: {
          action: "updateContextSettings",
          resource: "proj/{projectKey}:env/{environmentKey}",
        },
      },
      schema: {
        operationId: "patchContextSettings",
        summary: "Keep contexts, or keep none",
        description: "Where none are to be kept, those that are kept are forgotten at once.",
        tags,
        params,
        body: Setting.partial(),
        response: { 200: Setting },
      },
    },
    async ({ params: { projectKey, environmentKey }, body, actor }) => {
      const setting = await changes.write(actor, async (tx, record) => {
        const { project, environment } = await getEnvironment(tx, projectKey, environmentKey);
        const before = await findContextSetting(tx, environment.id);
        const after = {
          isKept: body.keepContexts ?? before.isKept,
          retentionDays: body.retentionDays ?? before.retentionDays,
        };
        if (isSameSetting(before, after)) return after;
        await saveContextSetting(tx, environment.id, after);
        await record({
          projectId: project.id,
          kind: "environment",
          key: environment.key,
          resources: [`proj/${project.key}:env/${environment.key}`],
          instructions: [{ kind: "updateContextSettings", ...settingRepresentation(after) }],
          words: [
            after.isKept ? `Keep contexts for ${after.retentionDays} days` : "Keep no contexts",
          ],
          before: settingRepresentation(before),
          after: settingRepresentation(after),
          served: [],
          environments: [environment.key],
        });
        return after;
      });
      if (!setting.isKept) {
        const { environment } = await getEnvironment(db, projectKey, environmentKey);
        const known = await intake.allInstances(environment.id);
        await intake.deleteInstances(
          environment.id,
          known.map(({ id }) => id),
        );
      }
      return settingRepresentation(setting);
    },
  );
};

function settingRepresentation({ isKept, retentionDays }: ContextSetting) {
  return { keepContexts: isKept, retentionDays };
}
