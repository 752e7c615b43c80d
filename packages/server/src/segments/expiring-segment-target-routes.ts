import type { SegmentInstruction } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { instructSegment } from "./instruct-segment.ts";
import { requireInstructions } from "./segment-actions.ts";
import { getSegment, type StoredSegment } from "./segment-queries.ts";

const ofSegment = z.object({
  projectKey: z.string(),
  segmentKey: z.string(),
  environmentKey: z.string(),
});
type OfSegment = z.infer<typeof ofSegment>;
const path = "/api/v2/segments/:projectKey/:segmentKey";
const oneSegment = "proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}";
const tags = ["Segments"];

const targetType = z.enum(["included", "excluded"]);
const timing = { value: z.int().min(0).optional(), version: z.int().optional() };
const ContextInstruction = z.object({
  kind: z.enum(["addExpiringTarget", "updateExpiringTarget", "removeExpiringTarget"]),
  contextKey: z.string().min(1),
  contextKind: z.string().default("user"),
  targetType,
  ...timing,
});
const UserInstruction = z.object({
  kind: z.enum([
    "addExpireUserTargetDate",
    "updateExpireUserTargetDate",
    "removeExpireUserTargetDate",
  ]),
  userKey: z.string().min(1),
  targetType,
  ...timing,
});
const comment = z.string().optional();
const ContextBody = z.object({ comment, instructions: z.array(ContextInstruction).min(1) });
const UserBody = z.object({ comment, instructions: z.array(UserInstruction).min(1) });

const item = {
  _id: z.string(),
  _version: z.int(),
  expirationDate: z.int().describe("Unix milliseconds."),
  targetType,
  _resourceId: z.object({
    environmentKey: z.string(),
    key: z.string(),
    kind: z.string(),
    projectKey: z.string(),
  }),
};
const counts = {
  totalInstructions: z.int(),
  successfulInstructions: z.int(),
  failedInstructions: z.int(),
};
const _links = z.object({ self: Link });
const ContextTargets = z.object({
  items: z.array(z.object({ ...item, contextKind: z.string(), contextKey: z.string() })),
  _links,
});
const UserTargets = z.object({
  items: z.array(z.object({ ...item, userKey: z.string() })),
  _links,
});

export interface ExpiringSegmentTargetParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
}

/** When targets of a segment end by themselves. */
export const expiringSegmentTargetRoutes: FastifyPluginAsyncZod<
  ExpiringSegmentTargetParts
> = async (app, parts) => {
  const { db } = parts;
  const schema = { tags, params: ofSegment };

  app.get(
    `${path}/expiring-targets/:environmentKey`,
    {
      config: { access: viewProject },
      schema: {
        ...schema,
        operationId: "getExpiringTargetsForSegment",
        summary: "List when targets of a segment end",
        response: { 200: ContextTargets },
      },
    },
    async ({ params }) => contextTargets(await storedSegment(db, params), params),
  );

  app.patch(
    `${path}/expiring-targets/:environmentKey`,
    {
      config: { access: eachInstructionOn(oneSegment) },
      schema: {
        ...schema,
        operationId: "patchExpiringTargetsForSegment",
        summary: "Say when targets of a segment end",
        body: ContextBody,
        response: { 200: ContextTargets.extend(counts) },
      },
    },
    async ({ params, body, actor, access }) => {
      const instructions = body.instructions.map(toInstruction);
      const decide = async (tx: Parameters<typeof access.within>[0], found: StoredSegment) => {
        refuseOtherVersions(body.instructions, found);
        await requireInstructions(access.within(tx), params, instructions);
        return { instructions, comment: body.comment };
      };
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const change = { ...place, segmentKey: params.segmentKey, decide };
      const stored = await instructSegment(parts, actor, change);
      return { ...contextTargets(stored, params), ...allDone(instructions) };
    },
  );

  await app.register(userTargetRoutes, parts);
};

/** The same by the names of when users were the only contexts. */
const userTargetRoutes: FastifyPluginAsyncZod<ExpiringSegmentTargetParts> = async (app, parts) => {
  const { db } = parts;
  const schema = { tags, params: ofSegment };

  app.get(
    `${path}/expiring-user-targets/:environmentKey`,
    {
      config: { access: viewProject },
      schema: {
        ...schema,
        operationId: "getExpiringUserTargetsForSegment",
        summary: "List when users in a segment end",
        response: { 200: UserTargets },
      },
    },
    async ({ params }) => userTargets(await storedSegment(db, params), params),
  );

  app.patch(
    `${path}/expiring-user-targets/:environmentKey`,
    {
      config: { access: eachInstructionOn(oneSegment) },
      schema: {
        ...schema,
        operationId: "patchExpiringUserTargetsForSegment",
        summary: "Say when users in a segment end",
        body: UserBody,
        response: { 200: UserTargets.extend(counts) },
      },
    },
    async ({ params, body, actor, access }) => {
      const instructions = body.instructions.map(({ kind, userKey, ...rest }, index) =>
        toInstruction(
          { ...rest, kind: kindOf[kind], contextKind: "user", contextKey: userKey },
          index,
        ),
      );
      const decide = async (tx: Parameters<typeof access.within>[0], found: StoredSegment) => {
        refuseOtherVersions(body.instructions, found);
        await requireInstructions(access.within(tx), params, instructions);
        return { instructions, comment: body.comment };
      };
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      const change = { ...place, segmentKey: params.segmentKey, decide };
      const stored = await instructSegment(parts, actor, change);
      return { ...userTargets(stored, params), ...allDone(instructions) };
    },
  );
};

const kindOf = {
  addExpireUserTargetDate: "addExpiringTarget",
  updateExpireUserTargetDate: "updateExpiringTarget",
  removeExpireUserTargetDate: "removeExpiringTarget",
} as const;

function toInstruction(
  { kind, value, version: _, ...named }: z.infer<typeof ContextInstruction>,
  index: number,
): SegmentInstruction {
  if (kind === "removeExpiringTarget") return { kind, ...named };
  if (value !== undefined) return { kind, value, ...named };
  throw new DomainError(
    "invalid_request",
    `instruction ${index} (${kind}): value is missing; give the time in Unix milliseconds`,
  );
}

function refuseOtherVersions(
  instructions: readonly { readonly version?: number | undefined }[],
  { version, state }: StoredSegment,
): void {
  const other = instructions.find((one) => one.version !== undefined && one.version !== version);
  if (other === undefined) return;
  throw new DomainError(
    "optimistic_locking_error",
    `segment "${state.key}" is at version ${version} and not ${other.version}; read it again and decide anew`,
  );
}

async function storedSegment(db: Db, params: OfSegment): Promise<StoredSegment> {
  const { environment } = await getEnvironment(db, params.projectKey, params.environmentKey);
  return getSegment(db, environment.id, params.segmentKey);
}

function contextTargets({ state, version }: StoredSegment, params: OfSegment) {
  const items = (state.expiringTargets ?? []).map((target) => ({
    _id: `${target.targetType}/${target.contextKind}/${target.contextKey}`,
    _version: version,
    expirationDate: target.expiresAt,
    contextKind: target.contextKind,
    contextKey: target.contextKey,
    targetType: target.targetType,
    _resourceId: {
      environmentKey: params.environmentKey,
      key: state.key,
      kind: "segment",
      projectKey: params.projectKey,
    },
  }));
  return { items, _links: { self: linkTo(pathTo("expiring-targets", params)) } };
}

function userTargets(stored: StoredSegment, params: OfSegment) {
  const items = contextTargets(stored, params)
    .items.filter(({ contextKind }) => contextKind === "user")
    .map(({ contextKey, contextKind: _, ...target }) => ({ ...target, userKey: contextKey }));
  return { items, _links: { self: linkTo(pathTo("expiring-user-targets", params)) } };
}

function pathTo(name: string, { projectKey, segmentKey, environmentKey }: OfSegment): string {
  return `/api/v2/segments/${projectKey}/${segmentKey}/${name}/${environmentKey}`;
}

/** Instructions are all done, or the answer is an error that names the one which does not fit. */
function allDone(instructions: readonly unknown[]) {
  const { length } = instructions;
  return { totalInstructions: length, successfulInstructions: length, failedInstructions: 0 };
}
