import { randomUUID } from "node:crypto";
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
import { filesNamingFlags } from "../code-references/code-reference-queries.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { parseExpand } from "../http/expand.ts";
import { JsonValue } from "../http/json-value.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody } from "../http/patch.ts";
import { parseSort } from "../http/sort.ts";
import { newSalt } from "../projects/creation.ts";
import { withFlagDefaults } from "../projects/flag-defaults.ts";
import { getProject, type Project } from "../projects/project-queries.ts";
import { getFlagAt, listFlagsAt, momentAt } from "../restore/past-queries.ts";
import type { Db } from "../storage/database.ts";
import { requireInstructions } from "./flag-actions.ts";
import { changeFlag, createFlag, decideFlag, removeFlag } from "./flag-changes.ts";
import { asksForCode, flagOrders, matchesFilter, parseFlagFilter } from "./flag-filter.ts";
import { FlagKey } from "./flag-key.ts";
import { parseFlagPatch } from "./flag-patch.ts";
import { findWithRequired, getFlag, listFlags, type StoredFlag } from "./flag-queries.ts";
import { FlagRepresentation, flagRepresentation } from "./flag-representation.ts";
import { activitiesOf, type FlagView, surroundingsOf } from "./flag-surroundings.ts";

const example = {
  key: "checkout",
  name: "Checkout",
  variations: [{ value: "old" }, { value: "new" }],
  defaults: { onVariation: 1, offVariation: 0 },
};
const FlagBody = z
  .object({
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
  })
  .meta({ examples: [example] });

const inProject = z.object({ projectKey: z.string() });
const ofFlag = inProject.extend({ flagKey: z.string() });
const Repeatable = z.union([z.string(), z.array(z.string())]).optional();
const view = {
  env: Repeatable.describe("Keys of the environments to show; all unless told."),
  expand: z.string().optional().describe("What to add: evaluation."),
  at: z.coerce.number().int().min(0).optional().describe("How it was then, in Unix milliseconds."),
};
const ListQuery = z.object({
  ...view,
  ...pageQuery,
  filter: z
    .string()
    .optional()
    .describe("Such as query:dark,tags:beta+web,state:archived; every argument has to fit."),
  sort: z.string().optional().describe("Such as -creationDate,key; a minus is for descending."),
  summary: z
    .stringbool()
    .default(true)
    .describe("0 shows targets, rules and prerequisites, not only how many there are."),
  tag: z.string().optional(),
  archived: z.stringbool().optional(),
});
const tags = ["Feature flags"];

export interface FlagParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly intake: EventIntake;
}

export const flagRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(creatingRoutes, parts);
  await app.register(changingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, parts) => {
  const { db } = parts;
  app.get(
    "/api/v2/flags/:projectKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFeatureFlags",
        summary: "List the flags of a project",
        tags,
        params: inProject,
        querystring: ListQuery,
        response: { 200: listOf(FlagRepresentation) },
      },
    },
    async ({ params, query, url }) => {
      const { env, summary: isSummary, at } = query;
      const filter = parseFlagFilter(query);
      const order = parseSort(query.sort, flagOrders);
      const hasEvaluations = isEvaluationWanted(query.expand);
      const project = await getProject(db, params.projectKey);
      const all =
        at === undefined
          ? await listFlags(db, project.id)
          : await listFlagsAt(db, project.id, await momentAt(db, at));
      const activities = await activitiesOf(parts, project, all, { filter, env });
      const inCode = asksForCode(filter) ? await filesNamingFlags(db, project.key) : new Map();
      const matches = matchesFilter(filter, activities, inCode);
      const page = pageOf(all.filter(matches).sort(order), query);
      const items = await represented(parts, project, page.items, {
        env,
        isSummary,
        hasEvaluations,
        at,
      });
      return pagedList(url, { items, totalCount: page.totalCount }, query);
    },
  );

  app.get(
    "/api/v2/flags/:projectKey/:flagKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFeatureFlag",
        summary: "Read one flag",
        tags,
        params: ofFlag,
        querystring: z.object(view),
        response: { 200: FlagRepresentation },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { env, at } = query;
      const hasEvaluations = isEvaluationWanted(query.expand);
      const project = await getProject(db, params.projectKey);
      if (at !== undefined) {
        const was = await getFlagAt(db, project, { key: params.flagKey, at });
        return representedOne(parts, project, was, { env, at });
      }
      const stored = await getFlag(db, project, params.flagKey);
      const whole = await representedOne(parts, project, stored);
      const isWhole = env === undefined && !hasEvaluations;
      const shown = isWhole
        ? whole
        : await representedOne(parts, project, stored, { env, hasEvaluations });
      return answerWithEtag(request, reply, { shown, whole });
    },
  );
};

const creatingRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, parts) => {
  const { db, changes } = parts;
  app.post(
    "/api/v2/flags/:projectKey",
    {
      config: {
        access: { action: "createFlag", resource: "proj/{projectKey}:env/*:flag/{body.key}" },
      },
      schema: {
        operationId: "postFeatureFlag",
        summary: "Make a flag",
        description: "It is off in every environment, unless isFlagOn says otherwise.",
        tags,
        params: inProject,
        body: FlagBody,
        response: { 201: FlagRepresentation },
      },
    },
    async ({ params, body, actor }, reply) => {
      const project = await getProject(db, params.projectKey);
      const flag = await newFlagIn(db, project, body);
      const stored = await changes.write(actor, (tx, record) =>
        createFlag(tx, record, { project, flag, at: changes.now }),
      );
      return reply.code(201).send(await representedOne(parts, project, stored));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, parts) => {
  const { db, changes, intake } = parts;
  app.patch(
    "/api/v2/flags/:projectKey/:flagKey",
    {
      config: { access: eachInstructionOn("proj/{projectKey}:env/*:flag/{flagKey}") },
      schema: {
        operationId: "patchFeatureFlag",
        summary: "Change a flag",
        description:
          "Takes instructions, a JSON Patch or a merge patch. All of it is done, or nothing. dryRun answers what would come of it.",
        tags,
        params: ofFlag,
        querystring: z.object({ dryRun: z.stringbool().optional() }),
        body: PatchBody,
        response: { 200: FlagRepresentation },
      },
    },
    async (request) => {
      const { params, body, query, actor, headers, access } = request;
      const requested = parseFlagPatch(body, headers["content-type"]);
      const project = await getProject(db, params.projectKey);
      const stored = await changes.write(actor, async (tx, record) => {
        const found = await getFlag(tx, project, params.flagKey);
        await refuseStale(request, () => representedOne({ db: tx, intake }, project, found));
        const before = found.state;
        const patch = await requested.toInstructions(async () => ({
          stored: found,
          representation: await representedOne({ db: tx, intake }, project, found),
          findFlags: (keys) => findWithRequired(tx, project.id, keys),
        }));
        const { environmentKey } = patch;
        const place = { ...params, environmentKey };
        await requireInstructions(access.within(tx), place, patch.instructions);
        const after = await decideFlag(tx, project, before, patch);
        if (after === before) return found;
        if (query.dryRun === true) return { ...found, state: after };
        return changeFlag(tx, record, { project, before, after, patch, at: changes.now });
      });
      return representedOne(parts, project, stored);
    },
  );

  app.delete(
    "/api/v2/flags/:projectKey/:flagKey",
    {
      config: {
        access: { action: "deleteFlag", resource: "proj/{projectKey}:env/*:flag/{flagKey}" },
      },
      schema: {
        operationId: "deleteFeatureFlag",
        summary: "Delete a flag in every environment",
        tags,
        params: ofFlag,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, actor } = request;
      const project = await getProject(db, params.projectKey);
      await changes.write(actor, async (tx, record) => {
        const found = await getFlag(tx, project, params.flagKey);
        await refuseStale(request, () => representedOne({ db: tx, intake }, project, found));
        await removeFlag(tx, record, { project, flag: found.state });
      });
      return reply.code(204).send(null);
    },
  );
};

function isEvaluationWanted(expand: string | undefined): boolean {
  return parseExpand(expand, ["evaluation"]).has("evaluation");
}

type Sources = Pick<FlagParts, "db" | "intake">;

async function represented(
  sources: Sources,
  project: Project,
  flags: readonly StoredFlag[],
  shown?: FlagView,
): Promise<FlagRepresentation[]> {
  const surroundings = await surroundingsOf(sources, project, flags, shown);
  return flags.map((flag) => flagRepresentation(flag, surroundings));
}

async function representedOne(
  sources: Sources,
  project: Project,
  flag: StoredFlag,
  shown?: FlagView,
): Promise<FlagRepresentation> {
  return flagRepresentation(flag, await surroundingsOf(sources, project, [flag], shown));
}

async function newFlagIn(
  db: Db,
  project: Project,
  body: z.infer<typeof FlagBody>,
): Promise<FlagState> {
  const problem = problemOfVariations(body.variations ?? []);
  if (problem !== undefined) throw new DomainError("invalid_request", problem);
  const flag = newFlagState(withFlagDefaults(project, body), randomUUID);
  if (flag === undefined) {
    throw new DomainError(
      "invalid_request",
      "defaults name a variation that is not given; use indexes from 0",
    );
  }
  const environments = await listEnvironments(db, project.id);
  const entries = environments.map(({ key, default_track_events }) => [
    key,
    {
      ...newFlagConfiguration(flag, newSalt()),
      on: body.isFlagOn ?? false,
      trackEvents: default_track_events === 1,
    },
  ]);
  return { ...flag, environments: Object.fromEntries(entries) };
}
