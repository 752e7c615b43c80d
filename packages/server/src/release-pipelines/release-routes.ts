import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { applyToRepresentation, type Patch, PatchBody, parsePatch } from "../http/patch.ts";
import { getProject, type Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { beginRelease, movePhase, recordOn } from "./release-changes.ts";
import { deleteRelease, getRelease, type Release } from "./release-queries.ts";
import { ReleaseRepresentation, releaseRepresentation } from "./release-representation.ts";

const ofFlag = z.object({ projectKey: z.string(), flagKey: z.string() });
const path = "/api/v2/flags/:projectKey/:flagKey/release";
const newerPath = "/api/v2/projects/:projectKey/flags/:flagKey/release";
const flag = "proj/{projectKey}:env/*:flag/{flagKey}";
const tags = ["Releases"];
const response = { 200: ReleaseRepresentation };

interface ReleaseParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Flags on their way through a pipeline. */
export const releaseRoutes: FastifyPluginAsyncZod<ReleaseParts> = async (app, parts) => {
  const { db } = parts;
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getReleaseByFlagKey",
        summary: "Show how far a flag's release is",
        tags,
        params: ofFlag,
        response,
      },
    },
    async ({ params }) => {
      const project = await getProject(db, params.projectKey);
      return shown(db, project, await getRelease(db, project.id, params.flagKey));
    },
  );
  await app.register(beginningRoutes, parts);
  await app.register(phaseRoutes, parts);
};

const beginningRoutes: FastifyPluginAsyncZod<ReleaseParts> = async (app, { db, changes }) => {
  app.put(
    newerPath,
    {
      config: { access: { action: "addReleasePipeline", resource: flag } },
      schema: {
        operationId: "createReleaseForFlag",
        summary: "Begin the release of a flag",
        tags,
        params: ofFlag,
        body: z.object({
          releasePipelineKey: z.string(),
          releaseVariationId: z.string().optional(),
        }),
        response,
      },
    },
    async ({ params, body, access, principal }) => {
      const project = await getProject(db, params.projectKey);
      const { flagKey } = params;
      const releasing = { project, flagKey, access, principal, at: changes.now };
      const begun = await changes.write(principal, (tx, record) =>
        beginRelease(tx, record, releasing, body),
      );
      return shown(db, project, begun);
    },
  );

  app.delete(
    path,
    {
      config: { access: { action: "removeReleasePipeline", resource: flag } },
      schema: {
        operationId: "deleteReleaseByFlagKey",
        summary: "End the release of a flag",
        description: "What was released stays.",
        tags,
        params: ofFlag,
        response: { 204: noContent },
      },
    },
    async ({ params, principal }, reply) => {
      const project = await getProject(db, params.projectKey);
      await changes.write(principal, async (tx, record) => {
        const release = await getRelease(tx, project.id, params.flagKey);
        await deleteRelease(tx, release);
        await recordOn(record, project, params.flagKey, {
          instruction: { kind: "removeReleasePipeline", value: release.pipeline_key },
          words: `End the release through ${release.name}`,
        });
      });
      return reply.code(204).send(null);
    },
  );
};

const moving = { action: "updateReleasePhaseStatus", resource: flag };

const phaseRoutes: FastifyPluginAsyncZod<ReleaseParts> = async (app, { db, changes }) => {
  app.put(
    `${newerPath}/phases/:phaseId`,
    {
      config: { access: moving },
      schema: {
        operationId: "updatePhaseStatus",
        summary: "Start or complete a phase of a release",
        description: "Starting it changes the flag for its audiences, or asks for approval to.",
        tags,
        params: ofFlag.extend({ phaseId: z.string() }),
        body: z.object({
          status: z.enum(["Started", "Complete"]),
          audiences: z
            .array(z.looseObject({}))
            .max(0, "audiences are set in the pipeline")
            .optional(),
        }),
        response,
      },
    },
    async ({ params, body, access, principal }) => {
      const project = await getProject(db, params.projectKey);
      const { flagKey, phaseId } = params;
      const releasing = { project, flagKey, access, principal, at: changes.now };
      const moved = await changes.write(principal, async (tx, record) => {
        const release = await getRelease(tx, project.id, flagKey);
        return movePhase(tx, record, releasing, { release, phaseId, to: body.status });
      });
      return shown(db, project, moved);
    },
  );

  app.patch(
    path,
    {
      config: { access: moving },
      schema: {
        operationId: "patchReleaseByFlagKey",
        summary: "Complete phases of a release",
        description: "Takes a JSON Patch of /phases/N/complete.",
        tags,
        params: ofFlag,
        body: PatchBody,
        response,
      },
    },
    async ({ params, body, headers, access, principal }) => {
      const patch = parsePatch(body, headers["content-type"]);
      const project = await getProject(db, params.projectKey);
      const { flagKey } = params;
      const environments = await listEnvironments(db, project.id);
      const releasing = { project, flagKey, access, principal, at: changes.now };
      const moved = await changes.write(principal, async (tx, record) => {
        let release = await getRelease(tx, project.id, flagKey);
        const before = releaseRepresentation(release, project.key, environments);
        for (const phaseId of completedPhases(before, patch)) {
          const step = { release, phaseId, to: "Complete" } as const;
          release = await movePhase(tx, record, releasing, step);
        }
        return release;
      });
      return shown(db, project, moved);
    },
  );
};

/** The ids of the phases that a patch completes, in their order. */
function completedPhases(before: ReleaseRepresentation, patch: Patch): readonly string[] {
  if (patch.kind === "semantic") throw onlyCompleting();
  const wanted = ReleaseRepresentation.safeParse(applyToRepresentation(before, patch));
  if (!wanted.success) throw onlyCompleting();
  const completed = before.phases.map(({ _id, complete }, index) => ({
    id: _id,
    isComplete: complete,
    isWanted: wanted.data.phases[index]?.complete ?? false,
  }));
  if (completed.some(({ isComplete, isWanted }) => isComplete && !isWanted)) throw onlyCompleting();
  return completed
    .filter(({ isComplete, isWanted }) => isWanted && !isComplete)
    .map(({ id }) => id);
}

function onlyCompleting(): DomainError {
  return new DomainError(
    "invalid_request",
    'a release takes [{"op": "replace", "path": "/phases/0/complete", "value": true}] alone; what is complete stays so',
  );
}

async function shown(db: Db, project: Project, release: Release) {
  return releaseRepresentation(release, project.key, await listEnvironments(db, project.id));
}
