import { randomUUID } from "node:crypto";
import type { Json } from "@halyard/evaluation";
import {
  type FlagState,
  newFlagConfiguration,
  newFlagState,
  problemOfVariations,
} from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import {
  type Environment,
  itemVersions,
  listEnvironments,
} from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { newSalt } from "../projects/creation.ts";
import { getProject, type Project } from "../projects/project-queries.ts";
import { collection } from "../projects/project-representation.ts";
import type { Db } from "../storage/database.ts";
import { requireInstructions } from "./flag-actions.ts";
import { changeFlag, createFlag, decideFlag, removeFlag } from "./flag-changes.ts";
import { flagOrder, matchesFilter, parseFlagFilter } from "./flag-filter.ts";
import { FlagKey } from "./flag-key.ts";
import { parseFlagPatch } from "./flag-patch.ts";
import {
  findWithRequired,
  getFlag,
  listFlags,
  requiredFlags,
  type StoredFlag,
} from "./flag-queries.ts";
import { type FlagSurroundings, flagRepresentation } from "./flag-representation.ts";

const JsonValue: z.ZodType<Json> = z.json();

const FlagBody = z.object({
  key: FlagKey,
  name: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  temporary: z.boolean().optional(),
  isFlagOn: z.boolean().optional(),
  clientSideAvailability: z
    .object({ usingMobileKey: z.boolean(), usingEnvironmentId: z.boolean() })
    .optional(),
  variations: z
    .array(
      z.object({
        _id: z.string().optional(),
        value: JsonValue,
        name: z.string().optional(),
        description: z.string().optional(),
      }),
    )
    .min(2, "give at least two variations")
    .optional(),
  defaults: z.object({ onVariation: z.int().min(0), offVariation: z.int().min(0) }).optional(),
});

const inProject = z.object({ projectKey: z.string() });
const ofFlag = inProject.extend({ flagKey: z.string() });
const Repeatable = z.union([z.string(), z.array(z.string())]).optional();
const ListQuery = z.object({
  env: Repeatable,
  filter: z.string().optional(),
  tag: z.string().optional(),
  archived: z.stringbool().optional(),
  sort: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
  offset: z.coerce.number().int().min(0).optional(),
});

export interface FlagParts {
  readonly db: Db;
  readonly changes: Changes;
}

export const flagRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, { db }) => {
  app.get(
    "/api/v2/flags/:projectKey",
    { config: { access: viewProject }, schema: { params: inProject, querystring: ListQuery } },
    async ({ params, query }) => {
      const project = await getProject(db, params.projectKey);
      const matching = (await listFlags(db, project.id))
        .filter(matchesFilter(parseFlagFilter(query)))
        .sort(flagOrder(query.sort));
      const offset = query.offset ?? 0;
      const page = matching.slice(offset, offset + (query.limit ?? 20));
      const surroundings = await surroundingsOf(db, project, page, query.env);
      const items = page.map((flag) => flagRepresentation(flag, surroundings));
      return collection(`/api/v2/flags/${project.key}`, items, matching.length);
    },
  );

  app.get(
    "/api/v2/flags/:projectKey/:flagKey",
    {
      config: { access: viewProject },
      schema: { params: ofFlag, querystring: z.object({ env: Repeatable }) },
    },
    async ({ params, query }) => {
      const project = await getProject(db, params.projectKey);
      const stored = await getFlag(db, project, params.flagKey);
      return flagRepresentation(stored, await surroundingsOf(db, project, [stored], query.env));
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, { db, changes }) => {
  app.post(
    "/api/v2/flags/:projectKey",
    {
      config: {
        access: { action: "createFlag", resource: "proj/{projectKey}:env/*:flag/{body.key}" },
      },
      schema: { params: inProject, body: FlagBody },
    },
    async ({ params, body, actor }, reply) => {
      const project = await getProject(db, params.projectKey);
      const flag = await newFlagIn(db, project, body);
      const stored = await changes.write(actor, (tx, record) =>
        createFlag(tx, record, { project, flag, at: changes.now }),
      );
      return reply
        .code(201)
        .send(flagRepresentation(stored, await surroundingsOf(db, project, [stored], undefined)));
    },
  );

  app.patch(
    "/api/v2/flags/:projectKey/:flagKey",
    {
      config: { access: eachInstructionOn("proj/{projectKey}:env/*:flag/{flagKey}") },
      schema: { params: ofFlag, querystring: z.object({ dryRun: z.stringbool().optional() }) },
    },
    async ({ params, body, query, actor, access }) => {
      const patch = parseFlagPatch(body);
      const { environmentKey } = patch;
      await requireInstructions(access, { ...params, environmentKey }, patch.instructions);
      const project = await getProject(db, params.projectKey);
      const stored = await changes.write(actor, async (tx, record) => {
        const found = await getFlag(tx, project, params.flagKey);
        const before = found.state;
        const after = await decideFlag(tx, project, before, patch);
        if (after === before) return found;
        if (query.dryRun === true) return { ...found, state: after };
        return changeFlag(tx, record, { project, before, after, patch, at: changes.now });
      });
      return flagRepresentation(stored, await surroundingsOf(db, project, [stored], undefined));
    },
  );

  app.delete(
    "/api/v2/flags/:projectKey/:flagKey",
    {
      config: {
        access: { action: "deleteFlag", resource: "proj/{projectKey}:env/*:flag/{flagKey}" },
      },
      schema: { params: ofFlag },
    },
    async ({ params, actor }, reply) => {
      const project = await getProject(db, params.projectKey);
      await changes.write(actor, async (tx, record) => {
        const { state } = await getFlag(tx, project, params.flagKey);
        await removeFlag(tx, record, { project, flag: state });
      });
      return reply.code(204).send();
    },
  );
};

async function newFlagIn(
  db: Db,
  project: Project,
  body: z.infer<typeof FlagBody>,
): Promise<FlagState> {
  const problem = problemOfVariations(body.variations ?? []);
  if (problem !== undefined) throw new DomainError("invalid_request", problem);
  const flag = newFlagState(body, randomUUID);
  if (flag === undefined) {
    throw new DomainError(
      "invalid_request",
      "defaults name a variation that is not given; use indexes from 0",
    );
  }
  const environments = await listEnvironments(db, project.id);
  const entries = environments.map(({ key }) => [
    key,
    { ...newFlagConfiguration(flag, newSalt()), on: body.isFlagOn ?? false },
  ]);
  return { ...flag, environments: Object.fromEntries(entries) };
}

async function environmentsToShow(
  db: Db,
  project: Project,
  env: string | readonly string[] | undefined,
): Promise<readonly Environment[]> {
  const all = await listEnvironments(db, project.id);
  if (env === undefined) return all;
  const wanted = [env].flat();
  const unknown = wanted.find((key) => !all.some((environment) => environment.key === key));
  if (unknown !== undefined) {
    throw new DomainError(
      "not_found",
      `project "${project.key}" has no environment "${unknown}"; check the spelling`,
    );
  }
  return all.filter(({ key }) => wanted.includes(key));
}

async function surroundingsOf(
  db: Db,
  project: Project,
  flags: readonly StoredFlag[],
  env: string | readonly string[] | undefined,
): Promise<FlagSurroundings> {
  const keys = flags.map(({ state }) => state.key);
  const facts = await Promise.all(
    (await environmentsToShow(db, project, env)).map(async ({ id, key, name, created_at }) => ({
      key,
      name,
      createdAt: created_at,
      items: await itemVersions(db, { environmentId: id, kind: "flag", keys }),
    })),
  );
  const required = await findWithRequired(
    db,
    project.id,
    flags.flatMap(({ state }) => requiredFlags(state)),
  );
  return { projectKey: project.key, environments: facts, required };
}
