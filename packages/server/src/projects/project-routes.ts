import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import type { Db } from "../storage/database.ts";
import { createEnvironment, createProject } from "./creation.ts";
import { getEnvironment, getProject, listProjects, type Project } from "./project-queries.ts";
import {
  collection,
  environmentRepresentation,
  projectRepresentation,
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

const ProjectBody = z.object({
  key: Key,
  name: z.string().min(1),
  tags: z.array(z.string()).optional(),
  environments: z.array(EnvironmentBody).min(1).optional(),
});

const inProject = z.object({ projectKey: z.string() });

export const projectRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    "/api/v2/projects",
    { config: { access: { anyoneKnown: "the list holds what the caller may see" } } },
    async ({ access }) => {
      const visible: Project[] = [];
      for (const project of await listProjects(db)) {
        if (await access.permits("viewProject", ["proj", project.key])) visible.push(project);
      }
      return collection(
        "/api/v2/projects",
        visible.map((project) => projectRepresentation(project, undefined)),
      );
    },
  );

  app.post(
    "/api/v2/projects",
    {
      config: { access: { action: "createProject", resource: "proj/{body.key}" } },
      schema: { body: ProjectBody },
    },
    async ({ body, actor }, reply) => {
      const project = await changes.write(actor, (tx, record) =>
        createProject(tx, record, { input: body, at: changes.now }),
      );
      const environments = await listEnvironments(db, project.id);
      return reply.code(201).send({
        ...projectRepresentation(project, undefined),
        // A new project shows its environments as a bare list; asked for later, they are a collection.
        environments: environments.map((one) => environmentRepresentation(one, project.key)),
      });
    },
  );

  app.get(
    "/api/v2/projects/:projectKey",
    {
      config: { access: viewProject },
      schema: { params: inProject, querystring: z.object({ expand: z.string().optional() }) },
    },
    async ({ params, query }) => {
      const project = await getProject(db, params.projectKey);
      const isExpanded = query.expand?.split(",").includes("environments") === true;
      return projectRepresentation(
        project,
        isExpanded ? await listEnvironments(db, project.id) : undefined,
      );
    },
  );

  await app.register(environmentListRoutes, { db, changes });
};

/** The environments that a project has. */
const environmentListRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    "/api/v2/projects/:projectKey/environments",
    { config: { access: viewProject }, schema: { params: inProject } },
    async ({ params }) => {
      const project = await getProject(db, params.projectKey);
      const environments = await listEnvironments(db, project.id);
      return collection(
        `/api/v2/projects/${project.key}/environments`,
        environments.map((environment) => environmentRepresentation(environment, project.key)),
      );
    },
  );

  app.post(
    "/api/v2/projects/:projectKey/environments",
    {
      config: {
        access: {
          action: "createEnvironment",
          resource: "proj/{projectKey}:env/{body.key}",
        },
      },
      schema: { params: inProject, body: EnvironmentBody },
    },
    async ({ params, body, actor }, reply) => {
      const project = await getProject(db, params.projectKey);
      const environment = await changes.write(actor, (tx, record) =>
        createEnvironment(tx, record, { project, input: body, at: changes.now }),
      );
      return reply.code(201).send(environmentRepresentation(environment, project.key));
    },
  );

  app.get(
    "/api/v2/projects/:projectKey/environments/:environmentKey",
    {
      config: { access: viewProject },
      schema: { params: inProject.extend({ environmentKey: z.string() }) },
    },
    async ({ params }) => {
      const { project, environment } = await getEnvironment(
        db,
        params.projectKey,
        params.environmentKey,
      );
      return environmentRepresentation(environment, project.key);
    },
  );
};
