import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { parseExpand } from "../http/expand.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageQuery } from "../http/paging.ts";
import { PatchBody } from "../http/patch.ts";
import { parseSortSteps } from "../http/sort.ts";
import { getProject } from "../projects/project-queries.ts";
import { getFlagAt } from "../restore/past-queries.ts";
import { refuseScheduleConflicts } from "../schedules/schedule-conflicts.ts";
import type { Db } from "../storage/database.ts";
import { requireInstructions } from "./flag-actions.ts";
import {
  changeFlag,
  createFlag,
  decideFlag,
  refuseKnownFlag,
  refuseWhileRequired,
  removeFlag,
  triedFlag,
} from "./flag-changes.ts";
import { flagOrders, parseFlagFilter } from "./flag-filter.ts";
import { pageOfFlags } from "./flag-list.ts";
import { parseFlagPatch } from "./flag-patch.ts";
import { findWithRequired, getFlag } from "./flag-queries.ts";
import { FlagRepresentation } from "./flag-representation.ts";
import { represented, representedOne } from "./flag-surroundings.ts";
import { FlagBody, maintainedBy, newFlagIn } from "./new-flag.ts";

const inProject = z.object({ projectKey: z.string() });
const ofFlag = inProject.extend({ flagKey: z.string() });
const Repeatable = z.union([z.string(), z.array(z.string())]).optional();
const view = {
  env: Repeatable.describe("Keys of the environments to show; all unless told."),
  expand: z.string().optional().describe("What to add: evaluation, migrationSettings."),
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
  compare: z
    .stringbool()
    .optional()
    .describe("Lists only the flags that differ between the environments of env."),
  tag: z.string().optional(),
  archived: z.stringbool().optional(),
});
const dryRun = z
  .stringbool()
  .optional()
  .describe("Answers what would come of it, and writes nothing.");
const PatchQuery = z.object({
  dryRun,
  ignoreConflicts: z
    .stringbool()
    .optional()
    .describe("Changes it although a pending scheduled change touches the same part."),
});
const FlagList = listOf(FlagRepresentation).extend({
  totalCountWithDifferences: z.int().optional().describe("Where environments are compared."),
});
const tags = ["Feature flags"];

interface FlagParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly intake: EventIntake;
}

export const flagRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(creatingRoutes, parts);
  await app.register(changingRoutes, parts);
  await app.register(deletingRoutes, parts);
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
        response: { 200: FlagList },
      },
    },
    async ({ params, query, url }) => {
      const { env, summary: isSummary, at } = query;
      const filter = parseFlagFilter(query);
      const order = parseSortSteps(query.sort, flagOrders);
      const hasEvaluations = isEvaluationWanted(query.expand);
      const project = await getProject(db, params.projectKey);
      const page = await pageOfFlags(parts, project, { ...query, filter, order });
      const items = await represented(parts, project, page.items, {
        env,
        isSummary,
        hasEvaluations,
        at,
      });
      const { totalCount } = page;
      return {
        ...pagedList(url, { items, totalCount }, query),
        ...(query.compare === true ? { totalCountWithDifferences: totalCount } : {}),
      };
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
  const { db, changes, intake } = parts;
  app.post(
    "/api/v2/flags/:projectKey",
    {
      config: {
        access: { action: "createFlag", resource: "proj/{projectKey}:env/*:flag/{body.key}" },
      },
      schema: {
        operationId: "postFeatureFlag",
        summary: "Make a flag",
        description:
          "It is off in every environment, unless isFlagOn says otherwise. Whoever makes it maintains it, unless it names another.",
        tags,
        params: inProject,
        querystring: z.object({
          clone: z.string().optional().describe("The key of a flag to begin from."),
          dryRun,
        }),
        body: FlagBody,
        response: { 201: FlagRepresentation },
      },
    },
    async ({ params, query, body, principal }, reply) => {
      const project = await getProject(db, params.projectKey);
      const { clone, dryRun } = query;
      const at = changes.now;
      const shown = await changes.write(principal, async (tx, record) => {
        const maintained = maintainedBy(principal.memberId, body);
        const flag = await newFlagIn(tx, project, { body: maintained, clone });
        if (dryRun !== true) {
          const stored = await createFlag(tx, record, { project, flag, at });
          return representedOne({ db: tx, intake }, project, stored);
        }
        await refuseKnownFlag(tx, project, flag);
        const stored = { state: flag, version: 1, createdAt: at };
        return representedOne({ db: tx, intake }, project, stored);
      });
      return reply.code(201).send(shown);
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
        querystring: PatchQuery,
        body: PatchBody,
        response: { 200: FlagRepresentation },
      },
    },
    async (request) => {
      const { params, body, query, principal, headers, access } = request;
      const requested = parseFlagPatch(body, headers["content-type"]);
      const project = await getProject(db, params.projectKey);
      return changes.write(principal, async (tx, record) => {
        const found = await getFlag(tx, project, params.flagKey);
        await refuseStale(request, () => representedOne({ db: tx, intake }, project, found));
        const before = found.state;
        const { deletion } = requested;
        if (deletion !== undefined) {
          const { projectKey, flagKey } = params;
          const steps = [
            ["proj", projectKey],
            ["env", "*"],
            ["flag", flagKey],
          ] as const;
          await access.within(tx).require("deleteFlag", ...steps);
          const shown = await representedOne({ db: tx, intake }, project, found);
          if (query.dryRun === true) await refuseWhileRequired(tx, project, flagKey, "deleted");
          else await removeFlag(tx, record, { project, flag: before, ...deletion });
          return shown;
        }
        const patch = await requested.toInstructions(async () => ({
          stored: found,
          representation: await representedOne({ db: tx, intake }, project, found),
          findFlags: (keys) => findWithRequired(tx, project.id, keys),
        }));
        const { environmentKey } = patch;
        const place = { ...params, environmentKey };
        await requireInstructions(access.within(tx), place, patch.instructions);
        const after = await decideFlag(tx, project, before, patch);
        const isWritten = after !== before && query.dryRun !== true;
        if (isWritten && query.ignoreConflicts !== true) {
          const { instructions } = patch;
          const { flagKey } = params;
          const projectId = project.id;
          await refuseScheduleConflicts(tx, { projectId, flagKey, environmentKey, instructions });
        }
        const result = isWritten
          ? await changeFlag(tx, record, { project, before, after, patch, at: changes.now })
          : triedFlag(found, after, changes.now);
        return representedOne({ db: tx, intake }, project, result);
      });
    },
  );
};

const deletingRoutes: FastifyPluginAsyncZod<FlagParts> = async (app, { db, changes, intake }) => {
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
        querystring: z.object({ dryRun }),
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, query, principal } = request;
      const project = await getProject(db, params.projectKey);
      await changes.write(principal, async (tx, record) => {
        const found = await getFlag(tx, project, params.flagKey);
        await refuseStale(request, () => representedOne({ db: tx, intake }, project, found));
        const flag = found.state;
        if (query.dryRun === true) await refuseWhileRequired(tx, project, flag.key, "deleted");
        else await removeFlag(tx, record, { project, flag });
      });
      return reply.code(204).send(null);
    },
  );
};

function isEvaluationWanted(expand: string | undefined): boolean {
  return parseExpand(expand, ["evaluation", "migrationSettings"]).has("evaluation");
}
