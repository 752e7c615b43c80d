import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import type { StoredFlag } from "../flags/flag-queries.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { parseExpand } from "../http/expand.ts";
import { type FilterOf, list, oneOf, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { linkTo, listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody } from "../http/patch.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { findRunningImport } from "./big-segment-job-queries.ts";
import { countMembers } from "./big-segment-queries.ts";
import { bigSegmentOf, instructSegment } from "./instruct-segment.ts";
import { createSegment, SegmentBody } from "./new-segment.ts";
import { requireInstructions } from "./segment-actions.ts";
import { removeSegment } from "./segment-changes.ts";
import { parseSegmentPatch } from "./segment-patch.ts";
import { getSegment, listSegments, type StoredSegment } from "./segment-queries.ts";
import { SegmentRepresentation, segmentRepresentation } from "./segment-representation.ts";
import { flagsByNamedSegment, flagsNaming } from "./segment-usage.ts";

const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const oneSegment = "proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}";
const ofSegment = inEnvironment.extend({ segmentKey: z.string() });

const ListQuery = z.object({
  ...pageQuery,
  filter: z.string().optional().describe("Such as query:beta,tags:web,unbounded:true."),
  sort: z.string().optional().describe("Such as name or -creationDate."),
  expand: z.string().optional().describe("flags: adds the flags that name each segment."),
});
const segmentFilters = {
  query: text,
  tags: list,
  keys: list,
  excludedKeys: list,
  unbounded: oneOf("true", "false"),
  external: oneOf("true", "false"),
};
const segmentOrders = {
  creationDate: (a: StoredSegment, b: StoredSegment) => a.createdAt - b.createdAt,
  lastModifiedDate: (a: StoredSegment, b: StoredSegment) => a.updatedAt - b.updatedAt,
  name: (a: StoredSegment, b: StoredSegment) => compareTexts(a.state.name, b.state.name),
  key: (a: StoredSegment, b: StoredSegment) => compareTexts(a.state.key, b.state.key),
};
const tags = ["Segments"];

export interface SegmentParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
}

export const segmentRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, options) => {
  await app.register(readingRoutes, options);
  await app.register(creatingRoutes, options);
  await app.register(changingRoutes, options);
};

const readingRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/api/v2/segments/:projectKey/:environmentKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getSegments",
        summary: "List the segments of an environment",
        tags,
        params: inEnvironment,
        querystring: ListQuery,
        response: { 200: listOf(SegmentRepresentation) },
      },
    },
    async ({ params, query, url }) => {
      const filter = parseFilter(query.filter, segmentFilters);
      const order = parseSort(query.sort, segmentOrders);
      const isWithFlags = parseExpand(query.expand, ["flags"]).has("flags");
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const { environment } = place;
      const matching = (await listSegments(db, environment.id)).filter(
        matchesSegmentFilter(filter),
      );
      const page = pageOf(matching.sort(order), query);
      const flags = isWithFlags ? await flagsByNamedSegment(db, place) : undefined;
      const items = page.items.map((segment) => ({
        ...segmentRepresentation(segment, pathOf(params)),
        ...(flags && { _flags: namedFlags(place, flags.get(segment.state.key) ?? []) }),
      }));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    "/api/v2/segments/:projectKey/:environmentKey/:segmentKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getSegment",
        summary: "Read one segment",
        tags,
        params: ofSegment,
        response: { 200: SegmentRepresentation },
      },
    },
    async (request, reply) => {
      const { params } = request;
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const stored = await getSegment(db, place.environment.id, params.segmentKey);
      const whole = await shownAlone(db, place, stored);
      const shown = { ...whole, ...(await surroundings(db, place, stored)) };
      return answerWithEtag(request, reply, { shown, whole });
    },
  );
};

const creatingRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, { db, changes }) => {
  app.post(
    "/api/v2/segments/:projectKey/:environmentKey",
    {
      config: {
        access: {
          action: "createSegment",
          resource: "proj/{projectKey}:env/{environmentKey}:segment/{body.key}",
        },
      },
      schema: {
        operationId: "postSegment",
        summary: "Make a segment",
        tags,
        params: inEnvironment,
        body: SegmentBody,
        response: { 201: SegmentRepresentation },
      },
    },
    async ({ params, body, principal }, reply) => {
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const stored = await changes.write(principal, (tx, record) =>
        createSegment(tx, record, { ...place, body, at: changes.now }),
      );
      return reply.code(201).send(segmentRepresentation(stored, pathOf(params)));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, parts) => {
  const { db } = parts;
  app.patch(
    "/api/v2/segments/:projectKey/:environmentKey/:segmentKey",
    {
      config: { access: eachInstructionOn(oneSegment) },
      schema: {
        operationId: "patchSegment",
        summary: "Change a segment",
        description:
          "Takes instructions, a JSON Patch or a merge patch. All of it is done, or nothing.",
        tags,
        params: ofSegment,
        querystring: z.object({
          dryRun: z.stringbool().optional().describe("Answers what would come of it."),
        }),
        body: PatchBody,
        response: { 200: SegmentRepresentation },
      },
    },
    async (request) => {
      const { params, query, principal, body, headers, access } = request;
      const toInstructions = parseSegmentPatch(body, headers["content-type"]);
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const stored = await instructSegment(parts, principal, {
        ...place,
        segmentKey: params.segmentKey,
        isDryRun: query.dryRun,
        decide: async (tx, found) => {
          const shown = await shownAlone(tx, place, found);
          await refuseStale(request, () => shown);
          const patch = toInstructions(found.state, shown);
          await requireInstructions(access.within(tx), params, patch.instructions);
          return patch;
        },
      });
      const shown = await shownAlone(db, place, stored);
      return { ...shown, ...(await surroundings(db, place, stored)) };
    },
  );

  await app.register(deletingRoutes, parts);
};

const deletingRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, { db, changes }) => {
  app.delete(
    "/api/v2/segments/:projectKey/:environmentKey/:segmentKey",
    {
      config: { access: { action: "deleteSegment", resource: oneSegment } },
      schema: {
        operationId: "deleteSegment",
        summary: "Delete a segment",
        tags,
        params: ofSegment,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, principal } = request;
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      await changes.write(principal, async (tx, record) => {
        const found = await getSegment(tx, place.environment.id, params.segmentKey);
        await refuseStale(request, () => shownAlone(tx, place, found));
        await removeSegment(tx, record, { ...place, segment: found.state });
      });
      return reply.code(204).send(null);
    },
  );
};

type Place = Awaited<ReturnType<typeof getEnvironment>>;

/** A segment that is asked for by itself says how many are listed in it, too. */
async function shownAlone(
  db: Db,
  { project, environment }: Place,
  stored: StoredSegment,
): Promise<SegmentRepresentation> {
  const path = pathOf({ projectKey: project.key, environmentKey: environment.key });
  const shown = segmentRepresentation(stored, path);
  if (!stored.state.unbounded) return shown;
  const big = bigSegmentOf(environment, stored);
  const { included, excluded } = await countMembers(db, big);
  return {
    ...shown,
    _unboundedMetadata: {
      envId: environment.id,
      segmentId: stored.state.key,
      version: stored.version,
      includedCount: included,
      excludedCount: excluded,
      lastModified: stored.updatedAt,
    },
  };
}

/** What is not the segment's own, so that a change of it makes no reader of the segment stale. */
async function surroundings(
  db: Db,
  place: Place,
  { state: { key, unbounded } }: StoredSegment,
): Promise<Pick<SegmentRepresentation, "_flags" | "_importInProgress">> {
  const flags = await flagsNaming(db, { ...place, key });
  const segment = { environmentId: place.environment.id, segmentKey: key };
  const isImporting = unbounded && (await findRunningImport(db, segment)) !== undefined;
  return {
    _flags: namedFlags(place, flags),
    ...(unbounded ? { _importInProgress: isImporting } : {}),
  };
}

function namedFlags({ project }: Place, flags: readonly StoredFlag[]) {
  return flags.map(({ state }) => ({
    name: state.name,
    key: state.key,
    _links: { self: linkTo(`/api/v2/flags/${project.key}/${state.key}`) },
  }));
}

function matchesSegmentFilter({
  query,
  tags: wanted,
  keys,
  excludedKeys = [],
  unbounded,
  external,
}: FilterOf<typeof segmentFilters>): (segment: StoredSegment) => boolean {
  return ({ state }) =>
    (query === undefined ||
      `${state.key} ${state.name} ${state.description}`
        .toLowerCase()
        .includes(query.toLowerCase())) &&
    (wanted ?? []).every((tag) => state.tags.includes(tag)) &&
    (keys === undefined || keys.includes(state.key)) &&
    !excludedKeys.includes(state.key) &&
    // All segments are made here; none is taken over from another system.
    external !== "true" &&
    (unbounded === undefined || String(state.unbounded) === unbounded);
}

function pathOf({ projectKey, environmentKey }: z.infer<typeof inEnvironment>): string {
  return `/api/v2/segments/${projectKey}/${environmentKey}`;
}
