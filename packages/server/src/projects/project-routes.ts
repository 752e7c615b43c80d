import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, requireEach, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { parseExpand } from "../http/expand.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import type { Db } from "../storage/database.ts";
import { createProject } from "./creation.ts";
import { actionOnProject, NewProject, ProjectSettings, settingsOfProject } from "./project.ts";
import { removeProject, setProject } from "./project-changes.ts";
import { getProject, listProjects, type Project } from "./project-queries.ts";
import {
  expandedProject,
  ProjectRepresentation,
  projectRepresentation,
  WrittenProjectRepresentation,
  writtenProject,
} from "./project-representation.ts";

const inProject = z.object({ projectKey: z.string() });
const expand = z.string().optional().describe("What to add: environments.");
const ListQuery = z.object({
  ...pageQuery,
  filter: z.string().optional().describe("Such as query:web,tags:beta+shop."),
  sort: z.string().optional().describe("Such as name or -createdOn."),
  expand,
});

const projectFilters = { query: text, tags: list, keys: list };
const projectOrders = {
  name: (a: Project, b: Project) => compareTexts(a.name, b.name),
  createdOn: (a: Project, b: Project) => a.created_at - b.created_at,
};
const tags = ["Projects"];

interface ProjectParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
  readonly intake: EventIntake;
}

export const projectRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(creatingRoutes, parts);
  await app.register(changingRoutes, parts);
  await app.register(deletingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, { db }) => {
  app.get(
    "/api/v2/projects",
    {
      config: { access: { anyoneKnown: "the list holds what the caller may see" } },
      schema: {
        operationId: "getProjects",
        summary: "List projects",
        tags,
        querystring: ListQuery,
        response: { 200: listOf(ProjectRepresentation) },
      },
    },
    async ({ query, url, access }) => {
      const wanted = parseFilter(query.filter, projectFilters);
      const order = parseSort(query.sort, projectOrders);
      const isExpanded = parseExpand(query.expand, ["environments"]).has("environments");
      const visible: Project[] = [];
      for (const project of await listProjects(db)) {
        if (await access.permits("viewProject", ["proj", project.key])) visible.push(project);
      }
      const matching = visible.filter(
        (project) =>
          matchesText(project, wanted.query) &&
          (wanted.tags ?? []).every((tag) => settingsOfProject(project).tags.includes(tag)) &&
          (wanted.keys?.includes(project.key) ?? true),
      );
      const page = pageOf(matching.sort(order), query);
      const items = await Promise.all(
        page.items.map(async (project) =>
          isExpanded
            ? expandedProject(project, await listEnvironments(db, project.id), access)
            : projectRepresentation(project),
        ),
      );
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    "/api/v2/projects/:projectKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getProject",
        summary: "Read one project",
        tags,
        params: inProject,
        querystring: z.object({ expand }),
        response: { 200: ProjectRepresentation },
      },
    },
    async (request, reply) => {
      const { params, query, access } = request;
      const isExpanded = parseExpand(query.expand, ["environments"]).has("environments");
      const project = await getProject(db, params.projectKey);
      const whole: ProjectRepresentation = projectRepresentation(project);
      const shown = isExpanded
        ? await expandedProject(project, await listEnvironments(db, project.id), access)
        : whole;
      return answerWithEtag(request, reply, { shown, whole });
    },
  );
};

const creatingRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, { db, changes }) => {
  app.post(
    "/api/v2/projects",
    {
      config: { access: { action: "createProject", resource: "proj/{body.key}" } },
      schema: {
        operationId: "postProject",
        summary: "Make a project",
        description: "Without environments it gets two, test and production.",
        tags,
        body: NewProject,
        response: { 201: WrittenProjectRepresentation },
      },
    },
    async ({ body, principal, access }, reply) => {
      const project = await changes.write(principal, (tx, record) =>
        createProject(tx, record, { input: body, at: changes.now }),
      );
      const environments = await listEnvironments(db, project.id);
      return reply.code(201).send(await writtenProject(project, environments, access));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, { db, changes }) => {
  app.patch(
    "/api/v2/projects/:projectKey",
    {
      config: { access: eachInstructionOn("proj/{projectKey}") },
      schema: {
        operationId: "patchProject",
        summary: "Change a project",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params: inProject,
        body: PatchBody,
        response: { 200: WrittenProjectRepresentation },
      },
    },
    async (request) => {
      const { params, body, headers, principal, access } = request;
      const patch = parsePatch(body, headers["content-type"]);
      const changed = await changes.write(principal, async (tx, record) => {
        const project = await getProject(tx, params.projectKey);
        const representation = projectRepresentation(project);
        await refuseStale(request, () => representation);
        const { members, wanted } = patchedSettings(representation, patch, {
          settings: ProjectSettings,
          what: "a project",
        });
        const steps = [["proj", project.key]] as const;
        await requireEach(access.within(tx), actionOnProject, { changed: members, steps });
        const { comment } = patch;
        return setProject(tx, record, { project, members, wanted, comment });
      });
      return writtenProject(changed, await listEnvironments(db, changed.id), access);
    },
  );
};

const deletingRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, parts) => {
  const { changes, feed, intake } = parts;
  app.delete(
    "/api/v2/projects/:projectKey",
    {
      config: { access: { action: "deleteProject", resource: "proj/{projectKey}" } },
      schema: {
        operationId: "deleteProject",
        summary: "Delete a project with everything in it",
        description: "The SDKs of its environments lose their connection.",
        tags,
        params: inProject,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, principal } = request;
      const ended = await changes.write(principal, async (tx, record) => {
        const project = await getProject(tx, params.projectKey);
        await refuseStale(request, () => projectRepresentation(project));
        return removeProject(tx, record, project);
      });
      for (const { id } of ended) feed.publishEnvironmentEnd(id);
      for (const { id } of ended) await intake.forget(id);
      return reply.code(204).send(null);
    },
  );
};

function matchesText(
  { key, name }: { readonly key: string; readonly name: string },
  query: string | undefined,
): boolean {
  return query === undefined || `${key} ${name}`.toLowerCase().includes(query.toLowerCase());
}
