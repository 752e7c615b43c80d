import { randomUUID } from "node:crypto";
import {
  applySegmentInstructions,
  applyToMembership,
  describeSegmentInstruction,
  differenceOfMemberships,
  isInstructionError,
  keysOfMembership,
  newSegmentState,
  SegmentInstruction,
} from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { FlagKey } from "../flags/flag-key.ts";
import { newSalt } from "../projects/creation.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { collection } from "../projects/project-representation.ts";
import type { Db, Tx } from "../storage/database.ts";
import {
  type BigSegment,
  countMembers,
  findMembership,
  saveMembership,
} from "./big-segment-queries.ts";
import { requireInstructions } from "./segment-actions.ts";
import { changeSegment, refuseSegmentCycle, removeSegment } from "./segment-changes.ts";
import { findSegment, listSegments, type StoredSegment } from "./segment-queries.ts";

const SegmentBody = z.object({
  key: FlagKey,
  name: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  unbounded: z.boolean().optional(),
  unboundedContextKind: z.string().min(1).optional(),
});
const PatchBody = z.object({
  comment: z.string().optional(),
  instructions: z.array(SegmentInstruction).min(1),
});
const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const oneSegment = "proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}";
const ofSegment = inEnvironment.extend({ segmentKey: z.string() });

export interface SegmentParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
}

export const segmentRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, options) => {
  await app.register(readingRoutes, options);
  await app.register(writingRoutes, options);
};

const readingRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/api/v2/segments/:projectKey/:environmentKey",
    { config: { access: viewProject }, schema: { params: inEnvironment } },
    async ({ params }) => {
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const path = pathOf(params);
      const segments = await listSegments(db, environment.id);
      return collection(
        path,
        segments.map((segment) => segmentRepresentation(segment, path)),
      );
    },
  );

  app.get(
    "/api/v2/segments/:projectKey/:environmentKey/:segmentKey",
    { config: { access: viewProject }, schema: { params: ofSegment } },
    async ({ params }) => {
      const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const stored = await getSegment(db, environment.id, params.segmentKey);
      return {
        ...segmentRepresentation(stored, pathOf(params)),
        ...(await bigSegmentCounts(db, environment.id, stored)),
      };
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<SegmentParts> = async (app, { db, changes, feed }) => {
  app.post(
    "/api/v2/segments/:projectKey/:environmentKey",
    {
      config: {
        access: {
          action: "createSegment",
          resource: "proj/{projectKey}:env/{environmentKey}:segment/{body.key}",
        },
      },
      schema: { params: inEnvironment, body: SegmentBody },
    },
    async ({ params, body, actor }, reply) => {
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const after = newSegmentState(body, newSalt());
      const stored = await changes.write(actor, async (tx, record) => {
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

  app.patch(
    "/api/v2/segments/:projectKey/:environmentKey/:segmentKey",
    {
      config: { access: eachInstructionOn(oneSegment) },
      schema: { params: ofSegment, body: PatchBody },
    },
    async ({ params, body: { instructions, comment }, actor, access }) => {
      await requireInstructions(access, params, instructions);
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const stored = await changes.write(actor, async (tx, record) => {
        const found = await getSegment(tx, place.environment.id, params.segmentKey);
        const before = found.state;
        const after = applySegmentInstructions(before, instructions, { newId: randomUUID });
        if (isInstructionError(after)) throw new DomainError("invalid_request", after.message);
        const big = { environmentId: place.environment.id, segmentKey: before.key };
        const hasNewMembers = await changeMembership(tx, big, instructions);
        if (after === before && !hasNewMembers) return found;
        await refuseSegmentCycle(tx, place.environment, after);
        return changeSegment(tx, record, {
          ...place,
          before,
          after,
          instructions,
          comment,
          words: instructions.map(describeSegmentInstruction),
          at: changes.now,
        });
      });
      if (keysOfMembership(instructions).length > 0) feed.publishMembership(place.environment.id);
      return segmentRepresentation(stored, pathOf(params));
    },
  );

  await app.register(deletingRoutes, { db, changes });
};

const deletingRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.delete(
    "/api/v2/segments/:projectKey/:environmentKey/:segmentKey",
    {
      config: { access: { action: "deleteSegment", resource: oneSegment } },
      schema: { params: ofSegment },
    },
    async ({ params, actor }, reply) => {
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      await changes.write(actor, async (tx, record) => {
        const { state } = await getSegment(tx, place.environment.id, params.segmentKey);
        await removeSegment(tx, record, { ...place, segment: state });
      });
      return reply.code(204).send();
    },
  );
};

async function bigSegmentCounts(
  db: Db,
  environmentId: string,
  { state }: StoredSegment,
): Promise<object> {
  if (!state.unbounded) return {};
  const { included, excluded } = await countMembers(db, { environmentId, segmentKey: state.key });
  return { _unboundedMetadata: { includedCount: included, excludedCount: excluded } };
}

/** Keeps what instructions say of a big segment's members; false where that changes nothing. */
async function changeMembership(
  tx: Tx,
  segment: BigSegment,
  instructions: readonly SegmentInstruction[],
): Promise<boolean> {
  const contextKeys = keysOfMembership(instructions);
  if (contextKeys.length === 0) return false;
  const before = await findMembership(tx, segment, contextKeys);
  const membership = applyToMembership(before, instructions);
  if (differenceOfMemberships(before, membership).length === 0) return false;
  await saveMembership(tx, segment, { contextKeys, membership });
  return true;
}

async function getSegment(db: Db, environmentId: string, key: string): Promise<StoredSegment> {
  const segment = await findSegment(db, environmentId, key);
  if (segment !== undefined) return segment;
  throw new DomainError("not_found", `no segment "${key}" in this environment; check the spelling`);
}

function pathOf({ projectKey, environmentKey }: z.infer<typeof inEnvironment>): string {
  return `/api/v2/segments/${projectKey}/${environmentKey}`;
}

function segmentRepresentation(
  { state, version, createdAt, updatedAt }: StoredSegment,
  parent: string,
): object {
  const { salt: _, rules, ...segment } = state;
  return {
    ...segment,
    creationDate: createdAt,
    lastModifiedDate: updatedAt,
    _links: {
      self: { href: `${parent}/${state.key}`, type: "application/json" },
      parent: { href: parent, type: "application/json" },
    },
    rules: rules.map(({ id, clauses, ...rule }) => ({
      _id: id,
      clauses: clauses.map(({ id: _id, ...clause }) => ({ _id, ...clause })),
      ...rule,
    })),
    version,
    deleted: false,
    generation: state.generation ?? 1,
  };
}
