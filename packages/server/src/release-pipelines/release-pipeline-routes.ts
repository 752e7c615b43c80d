import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { getProject, type Project } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { newPhases, ReleasePipelineInput, ReleasePipelineSettings } from "./release-pipeline.ts";
import {
  deletePipeline,
  getPipeline,
  listPipelines,
  listReleases,
  phasesOf,
  type ReleasePipeline,
  savePipeline,
} from "./release-queries.ts";
import {
  PipelineList,
  PipelineRepresentation,
  ProgressionList,
  pipelineRepresentation,
  progressionOf,
} from "./release-representation.ts";

const inProject = z.object({ projectKey: z.string() });
const ofPipeline = inProject.extend({ pipelineKey: z.string() });
const path = "/api/v2/projects/:projectKey/release-pipelines";
const one = "proj/{projectKey}:release-pipeline/{pipelineKey}";
const tags = ["Release pipelines"];
const querystring = z.object({ ...pageQuery, filter: z.string().optional() });

interface PipelineParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** In which order a project's environments get what is new. */
export const releasePipelineRoutes: FastifyPluginAsyncZod<PipelineParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(creatingRoutes, parts);
  await app.register(changingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<PipelineParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getAllReleasePipelines",
        summary: "List release pipelines",
        tags,
        params: inProject,
        querystring,
        response: { 200: PipelineList },
      },
    },
    async ({ params, query, url }) => {
      const wanted = parseFilter(query.filter, { query: text, env: list });
      const project = await getProject(db, params.projectKey);
      const environments = await listEnvironments(db, project.id);
      const matching = (await listPipelines(db, project.id)).filter(
        (pipeline) =>
          `${pipeline.key} ${pipeline.name}`
            .toLowerCase()
            .includes(wanted.query?.toLowerCase() ?? "") &&
          (wanted.env?.every((key) => environmentsIn(pipeline).includes(key)) ?? true),
      );
      const page = pageOf(matching, query);
      const shown = page.items.map((pipeline) =>
        pipelineRepresentation(pipeline, project.key, environments),
      );
      return pagedList(url, { ...page, items: shown }, query);
    },
  );

  app.get(
    `${path}/:pipelineKey`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getReleasePipelineByKey",
        summary: "Read one release pipeline",
        tags,
        params: ofPipeline,
        response: { 200: PipelineRepresentation },
      },
    },
    async ({ params }) => {
      const project = await getProject(db, params.projectKey);
      return shown(db, project, await getPipeline(db, project, params.pipelineKey));
    },
  );
  await app.register(progressionRoutes, { db });
};

const progressionRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    `${path}/:pipelineKey/releases`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getAllReleaseProgressionsForReleasePipeline",
        summary: "Show how far the releases of a pipeline are",
        tags,
        params: ofPipeline,
        querystring,
        response: { 200: ProgressionList },
      },
    },
    async ({ params, query, url }) => {
      const wanted = parseFilter(query.filter, { flagKey: text });
      const project = await getProject(db, params.projectKey);
      const pipeline = await getPipeline(db, project, params.pipelineKey);
      const all = (await listReleases(db, project.id))
        .filter(({ pipeline_key }) => pipeline_key === pipeline.key)
        .filter(({ flag_key }) => (wanted.flagKey ?? flag_key) === flag_key)
        .map((release) => progressionOf(release, project.key));
      const completed = all.filter(({ activePhaseId }) => activePhaseId === undefined);
      const page = pageOf(all, query);
      return {
        ...pagedList(url, page, query),
        activeCount: all.length - completed.length,
        completedCount: completed.length,
        phases: phasesOf(pipeline).map(({ id, name }) => ({
          _id: id,
          name,
          releaseCount: all.filter(({ activePhaseId }) => activePhaseId === id).length,
        })),
      };
    },
  );
};

const creatingRoutes: FastifyPluginAsyncZod<PipelineParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: {
        access: {
          action: "createReleasePipeline",
          resource: "proj/{projectKey}:release-pipeline/{body.key}",
        },
      },
      schema: {
        operationId: "postReleasePipeline",
        summary: "Make a release pipeline",
        tags,
        params: inProject,
        body: ReleasePipelineInput,
        response: { 201: PipelineRepresentation },
      },
    },
    async ({ params, body, principal }, reply) => {
      const project = await getProject(db, params.projectKey);
      const made = await changes.write(principal, async (tx, record) => {
        if ((await listPipelines(tx, project.id)).some(({ key }) => key === body.key)) {
          throw new DomainError(
            "conflict",
            `there is a pipeline "${body.key}"; choose another key`,
          );
        }
        await refuseUnknownEnvironments(tx, project, body);
        await record(aboutPipeline(project, body.key, "createReleasePipeline"));
        return savePipeline(tx, {
          id: newId(),
          project_id: project.id,
          key: body.key,
          ...columnsOf(body),
          is_default: body.isProjectDefault === true ? 1 : 0,
          version: 1,
          created_at: changes.now,
        });
      });
      return reply.code(201).send(await shown(db, project, made));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<PipelineParts> = async (app, { db, changes }) => {
  app.put(
    `${path}/:pipelineKey`,
    {
      config: { access: { action: "updateReleasePipeline", resource: one } },
      schema: {
        operationId: "putReleasePipeline",
        summary: "Replace a release pipeline",
        description: "Releases that are under way go on as they began.",
        tags,
        params: ofPipeline,
        body: ReleasePipelineSettings,
        response: { 200: PipelineRepresentation },
      },
    },
    async ({ params, body, principal }) => {
      const project = await getProject(db, params.projectKey);
      const changed = await changes.write(principal, async (tx, record) => {
        const before = await getPipeline(tx, project, params.pipelineKey);
        await refuseUnknownEnvironments(tx, project, body);
        await record(aboutPipeline(project, before.key, "updateReleasePipeline"));
        return savePipeline(tx, { ...before, ...columnsOf(body), version: before.version + 1 });
      });
      return shown(db, project, changed);
    },
  );

  app.delete(
    `${path}/:pipelineKey`,
    {
      config: { access: { action: "deleteReleasePipeline", resource: one } },
      schema: {
        operationId: "deleteReleasePipeline",
        summary: "Delete a release pipeline",
        tags,
        params: ofPipeline,
        response: { 204: noContent },
      },
    },
    async ({ params, principal }, reply) => {
      const project = await getProject(db, params.projectKey);
      await changes.write(principal, async (tx, record) => {
        const { id, key } = await getPipeline(tx, project, params.pipelineKey);
        await deletePipeline(tx, id);
        await record(aboutPipeline(project, key, "deleteReleasePipeline"));
      });
      return reply.code(204).send(null);
    },
  );
};

function columnsOf({ name, description = "", tags: list = [], phases }: ReleasePipelineSettings) {
  return {
    name,
    description,
    tags: JSON.stringify(list),
    phases: JSON.stringify(newPhases(phases)),
  };
}

async function refuseUnknownEnvironments(
  tx: Tx,
  project: Project,
  { phases }: ReleasePipelineSettings,
): Promise<void> {
  const known = (await listEnvironments(tx, project.id)).map(({ key }) => key);
  const unknown = phases
    .flatMap(({ audiences }) => audiences)
    .find(({ environmentKey }) => !known.includes(environmentKey));
  if (unknown === undefined) return;
  throw new DomainError(
    "invalid_request",
    `audience "${unknown.name}": project "${project.key}" has no environment "${unknown.environmentKey}"; it has ${known.join(", ")}`,
  );
}

function environmentsIn(pipeline: ReleasePipeline): readonly string[] {
  return phasesOf(pipeline).flatMap(({ audiences }) =>
    audiences.map(({ environmentKey }) => environmentKey),
  );
}

async function shown(db: Db, project: Project, pipeline: ReleasePipeline) {
  return pipelineRepresentation(pipeline, project.key, await listEnvironments(db, project.id));
}

function aboutPipeline(project: Project, key: string, kind: string) {
  const words = { c: "Make", u: "Change", d: "Delete" }[kind.charAt(0)] ?? kind;
  return {
    projectId: project.id,
    kind: "release-pipeline",
    key,
    resources: [`proj/${project.key}:release-pipeline/${key}`],
    instructions: [{ kind }],
    words: [`${words} the release pipeline ${key}`],
    served: [],
    environments: [],
  };
}
