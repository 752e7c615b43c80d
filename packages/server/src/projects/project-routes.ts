import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { answerWithEtag } from "../http/etag.ts";
import { parseExpand } from "../http/expand.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import type { Db } from "../storage/database.ts";
import { createEnvironment, createProject } from "./creation.ts";
import { getEnvironment, getProject, listProjects, type Project } from "./project-queries.ts";
import {
  EnvironmentRepresentation,
  environmentRepresentation,
  expandedProject,
  NewProjectRepresentation,
  ProjectRepresentation,
  projectRepresentation,
  tagsOf,
} from "./project-representation.ts";

const Key = z
  .string()
  .max(100)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/u,
    "begin with a letter or digit, then letters, digits, '.', '_' and '-'",
  );

const EnvironmentBody = z.object({
  key: Key,
  name: z.string().min(1),
  color: z
    .string()
    .regex(/^#?[0-9A-Fa-f]{6}$/u, "six hexadecimal digits")
    .optional(),
  critical: z.boolean().optional(),
});

const ProjectBody = z
  .object({
    key: Key,
    name: z.string().min(1),
    tags: z.array(z.string()).optional(),
    environments: z.array(EnvironmentBody).min(1).optional(),
  })
  .meta({
    examples: [
      {
        key: "web-shop",
        name: "Web shop",
        environments: [{ key: "production", name: "Production" }],
      },
    ],
  });

const inProject = z.object({ projectKey: z.string() });
const expand = z.string().optional().describe("What to add: environments.");
const filter = z.string().optional().describe("Such as query:web,tags:beta+shop.");
const sort = z.string().optional().describe("Such as name or -createdOn.");
const ListQuery = z.object({ ...pageQuery, filter, sort, expand });

const projectFilters = { query: text, tags: list, keys: list };
const projectOrders = {
  name: (a: Project, b: Project) => compareTexts(a.name, b.name),
  createdOn: (a: Project, b: Project) => a.created_at - b.created_at,
};
const environmentFilters = { query: text };
const environmentOrders = {
  name: (a: Environment, b: Environment) => compareTexts(a.name, b.name),
  createdOn: (a: Environment, b: Environment) => a.created_at - b.created_at,
  critical: (a: Environment, b: Environment) => a.critical - b.critical,
};
const tags = ["Projects"];
const environmentTags = ["Environments"];

interface ProjectParts {
  readonly db: Db;
  readonly changes: Changes;
}

export const projectRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(creatingRoutes, parts);
  await app.register(environmentReadingRoutes, parts);
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
          (wanted.tags ?? []).every((tag) => tagsOf(project).includes(tag)) &&
          (wanted.keys?.includes(project.key) ?? true),
      );
      const page = pageOf(matching.sort(order), query);
      const items = await Promise.all(
        page.items.map(async (project) =>
          isExpanded
            ? expandedProject(project, await listEnvironments(db, project.id))
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
      const { params, query } = request;
      const isExpanded = parseExpand(query.expand, ["environments"]).has("environments");
      const project = await getProject(db, params.projectKey);
      const whole: ProjectRepresentation = projectRepresentation(project);
      const shown = isExpanded
        ? expandedProject(project, await listEnvironments(db, project.id))
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
        body: ProjectBody,
        response: { 201: NewProjectRepresentation },
      },
    },
    async ({ body, principal }, reply) => {
      const project = await changes.write(principal, (tx, record) =>
        createProject(tx, record, { input: body, at: changes.now }),
      );
      const environments = await listEnvironments(db, project.id);
      return reply.code(201).send({
        ...projectRepresentation(project),
        environments: environments.map((one) => environmentRepresentation(one, project.key)),
      });
    },
  );

  app.post(
    "/api/v2/projects/:projectKey/environments",
    {
      config: {
        access: { action: "createEnvironment", resource: "proj/{projectKey}:env/{body.key}" },
      },
      schema: {
        operationId: "postEnvironment",
        summary: "Make an environment",
        tags: environmentTags,
        params: inProject,
        body: EnvironmentBody,
        response: { 201: EnvironmentRepresentation },
      },
    },
    async ({ params, body, principal }, reply) => {
      const project = await getProject(db, params.projectKey);
      const environment = await changes.write(principal, (tx, record) =>
        createEnvironment(tx, record, { project, input: body, at: changes.now }),
      );
      return reply.code(201).send(environmentRepresentation(environment, project.key));
    },
  );
};

const environmentReadingRoutes: FastifyPluginAsyncZod<ProjectParts> = async (app, { db }) => {
  app.get(
    "/api/v2/projects/:projectKey/environments",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getEnvironmentsByProject",
        summary: "List the environments of a project",
        tags: environmentTags,
        params: inProject,
        querystring: z.object({ ...pageQuery, filter, sort }),
        response: { 200: listOf(EnvironmentRepresentation) },
      },
    },
    async ({ params, query, url }) => {
      const wanted = parseFilter(query.filter, environmentFilters);
      const order = parseSort(query.sort, environmentOrders);
      const project = await getProject(db, params.projectKey);
      const matching = (await listEnvironments(db, project.id)).filter((environment) =>
        matchesText(environment, wanted.query),
      );
      const page = pageOf(matching.sort(order), query);
      const items = page.items.map((one) => environmentRepresentation(one, project.key));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    "/api/v2/projects/:projectKey/environments/:environmentKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getEnvironment",
        summary: "Read one environment",
        tags: environmentTags,
        params: inProject.extend({ environmentKey: z.string() }),
        response: { 200: EnvironmentRepresentation },
      },
    },
    async (request, reply) => {
      const { projectKey, environmentKey } = request.params;
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      const shown = environmentRepresentation(environment, project.key);
      return answerWithEtag(request, reply, { shown });
    },
  );
};

function matchesText(
  { key, name }: { readonly key: string; readonly name: string },
  query: string | undefined,
): boolean {
  return query === undefined || `${key} ${name}`.toLowerCase().includes(query.toLowerCase());
}
