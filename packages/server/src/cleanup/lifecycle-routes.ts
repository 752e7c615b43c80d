import { isSame } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { Link, linkTo } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import { getProject, type Project, updateProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { LifecycleRules, lifecycleRulesOf } from "./lifecycle.ts";

const path = "/api/v2/projects/:projectKey/lifecycle";
const tags = ["Usage"];
const params = z.object({ projectKey: z.string() });

const LifecycleRepresentation = LifecycleRules.extend({
  _links: z.object({ self: Link, parent: Link }),
}).meta({ id: "Lifecycle" });

interface LifecycleParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** When the flags of a project come onto the clean-up board. */
export const lifecycleRoutes: FastifyPluginAsyncZod<LifecycleParts> = async (
  app,
  { db, changes },
) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getLifecycle",
        summary: "Read when flags come onto the clean-up board",
        tags,
        params,
        response: { 200: LifecycleRepresentation },
      },
    },
    async (request, reply) => {
      const project = await getProject(db, request.params.projectKey);
      return answerWithEtag(request, reply, { shown: representation(project) });
    },
  );

  app.patch(
    path,
    {
      config: { access: { action: "updateLifecycle", resource: "proj/{projectKey}" } },
      schema: {
        operationId: "patchLifecycle",
        summary: "Change when flags come onto the clean-up board",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params,
        body: PatchBody,
        response: { 200: LifecycleRepresentation },
      },
    },
    async (request) => {
      const patch = parsePatch(request.body, request.headers["content-type"]);
      const project = await changes.write(request.actor, async (tx, record) => {
        const stored = await getProject(tx, request.params.projectKey);
        await refuseStale(request, () => representation(stored));
        const { wanted: after } = patchedSettings(representation(stored), patch, {
          settings: LifecycleRules,
          what: "a project's lifecycle",
        });
        const before = lifecycleRulesOf(stored);
        if (isSame(before, after)) return stored;
        const kept = await updateProject(tx, { ...stored, lifecycle: JSON.stringify(after) });
        await record({
          projectId: stored.id,
          kind: "project",
          key: stored.key,
          resources: [`proj/${stored.key}`],
          served: [],
          environments: [],
          instructions: [{ kind: "updateLifecycle", value: after }],
          words: ["Change when flags come onto the clean-up board"],
          comment: patch.comment,
          before,
          after,
        });
        return kept;
      });
      return representation(project);
    },
  );
};

function representation(project: Project): z.output<typeof LifecycleRepresentation> {
  const parent = `/api/v2/projects/${project.key}`;
  return {
    ...lifecycleRulesOf(project),
    _links: { self: linkTo(`${parent}/lifecycle`), parent: linkTo(parent) },
  };
}
