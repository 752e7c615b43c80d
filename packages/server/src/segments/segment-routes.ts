import { randomUUID } from "node:crypto";
import {
  applySegmentInstructions,
  describeSegmentInstruction,
  isInstructionError,
  newSegmentState,
} from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { FlagKey } from "../flags/flag-key.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { type FilterOf, list, oneOf, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody } from "../http/patch.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import { newSalt } from "../projects/creation.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { countMembers } from "./big-segment-queries.ts";
import { requireInstructions } from "./segment-actions.ts";
import {
  changeMembership,
  changeSegment,
  refuseSegmentCycle,
  removeSegment,
} from "./segment-changes.ts";
import { parseSegmentPatch } from "./segment-patch.ts";
import { findSegment, getSegment, listSegments, type StoredSegment } from "./segment-queries.ts";
import { SegmentRepresentation, segmentRepresentation } from "./segment-representation.ts";

const SegmentBody = z.object({
  key: FlagKey,
  name: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  unbounded: z.boolean().optional(),
  unboundedContextKind: z.string().min(1).optional(),
});
const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const oneSegment = "proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}";
const ofSegment = inEnvironment.extend({ segmentKey: z.string() });

const ListQuery = z.object({
  ...pageQuery,
  filter: z.string().optional().describe("Such as query:beta,tags:web,unbounded:true."),
  sort: z.string().optional().describe("Such as name or -creationDate."),
});
const segmentFilters = { query: text, tags: list, keys: list, unbounded: oneOf("true", "false") };
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
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const matching = (await listSegments(db, environment.id)).filter(
        matchesSegmentFilter(filter),
      );
      const page = pageOf(matching.sort(order), query);
      const items = page.items.map((segment) => segmentRepresentation(segment, pathOf(params)));
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
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const stored = await getSegment(db, environment.id, params.segmentKey);
      const shown = await shownAlone(db, environment.id, stored, pathOf(params));
      return answerWithEtag(request, reply, { shown });
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
      const after = newSegmentState(body, newSalt());
      const stored = await changes.write(principal, async (tx, record) => {
        if ((await findSegment(tx, place.environment.id, body.key)) !== undefined) {
          throw new DomainError(
            "conflict",
            `environment "${params.environmentKey}" has a segment "${body.key}" already; choose another key`,
          );
        }
        const instructions = [{ kind: "createSegment" }];
        return changeSegment(tx, record, {
          ...place,
          before: undefined,
          after,
          instructions,
          words: [`Create the segment ${body.key}`],
          at: changes.now,
        });
      });
      return reply.code(201).send(segmentRepresentation(stored, pathOf(params)));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, { db, changes, feed }) => {
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
        body: PatchBody,
        response: { 200: SegmentRepresentation },
      },
    },
    async (request) => {
      const { params, principal, body, headers, access } = request;
      const toInstructions = parseSegmentPatch(body, headers["content-type"]);
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const { stored, hasNewMembers } = await changes.write(principal, async (tx, record) => {
        const found = await getSegment(tx, place.environment.id, params.segmentKey);
        const shown = () => shownAlone(tx, place.environment.id, found, pathOf(params));
        await refuseStale(request, shown);
        const before = found.state;
        const { instructions, comment } = toInstructions(before, await shown());
        await requireInstructions(access.within(tx), params, instructions);
        const after = applySegmentInstructions(before, instructions, { newId: randomUUID });
        if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
        const big = { environmentId: place.environment.id, segmentKey: before.key };
        const hasNewMembers = await changeMembership(tx, big, instructions);
        if (after === before && !hasNewMembers) return { stored: found, hasNewMembers };
        await refuseSegmentCycle(tx, place.environment, after);
        const stored = await changeSegment(tx, record, {
          ...place,
          before,
          after,
          instructions,
          comment,
          words: instructions.map(describeSegmentInstruction),
          at: changes.now,
        });
        return { stored, hasNewMembers };
      });
      if (hasNewMembers) feed.publishMembership(place.environment.id);
      return segmentRepresentation(stored, pathOf(params));
    },
  );

  await app.register(deletingRoutes, { db, changes, feed });
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
        await refuseStale(request, () =>
          shownAlone(tx, place.environment.id, found, pathOf(params)),
        );
        await removeSegment(tx, record, { ...place, segment: found.state });
      });
      return reply.code(204).send(null);
    },
  );
};

/** A segment that is asked for by itself says how many are listed in it, too. */
async function shownAlone(
  db: Db,
  environmentId: string,
  stored: StoredSegment,
  path: string,
): Promise<SegmentRepresentation> {
  return {
    ...segmentRepresentation(stored, path),
    ...(await bigSegmentCounts(db, environmentId, stored)),
  };
}

async function bigSegmentCounts(
  db: Db,
  environmentId: string,
  { state }: StoredSegment,
): Promise<Pick<SegmentRepresentation, "_unboundedMetadata">> {
  if (!state.unbounded) return {};
  const { included, excluded } = await countMembers(db, { environmentId, segmentKey: state.key });
  return { _unboundedMetadata: { includedCount: included, excludedCount: excluded } };
}

function matchesSegmentFilter({
  query,
  tags: wanted,
  keys,
  unbounded,
}: FilterOf<typeof segmentFilters>): (segment: StoredSegment) => boolean {
  return ({ state }) =>
    (query === undefined ||
      `${state.key} ${state.name}`.toLowerCase().includes(query.toLowerCase())) &&
    (wanted ?? []).every((tag) => state.tags.includes(tag)) &&
    (keys === undefined || keys.includes(state.key)) &&
    (unbounded === undefined || String(state.unbounded) === unbounded);
}

function pathOf({ projectKey, environmentKey }: z.infer<typeof inEnvironment>): string {
  return `/api/v2/segments/${projectKey}/${environmentKey}`;
}
