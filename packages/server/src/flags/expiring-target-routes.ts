import { configurationIn, type FlagInstruction } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { refuseStale } from "../http/etag.ts";
import { Link, linkTo } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { changeFlag, decideFlag, type FlagPatch, triedFlag } from "./flag-changes.ts";
import { FlagInEnvironment, flagInEnvironment } from "./flag-in-environment.ts";
import { parseFlagInstructions } from "./flag-patch.ts";
import { getFlag, type StoredFlag } from "./flag-queries.ts";

const updating = {
  action: "updateExpiringTargets",
  resource: flagInEnvironment,
};
const tags = ["Feature flags"];

const item = {
  _id: z.string(),
  _version: z.int(),
  expirationDate: z.int().describe("Unix milliseconds."),
  variationId: z.string(),
  _resourceId: z.object({
    environmentKey: z.string(),
    flagKey: z.string(),
    key: z.string(),
    kind: z.string(),
    projectKey: z.string(),
  }),
};
const counts = { totalInstructions: z.int(), successfulInstructions: z.int() };

/** What the ends of targets look like: those of contexts, and the older ones of users alone. */
interface Form {
  readonly segment: "expiring-targets" | "expiring-user-targets";
  readonly operations: { readonly get: string; readonly patch: string };
  readonly who: string;
  readonly Item: z.ZodType<object>;
  /** The instruction of flags that one of this form stands for, by its kind. */
  readonly kinds: Readonly<Record<string, FlagInstruction["kind"]>>;
}

const forms: readonly Form[] = [
  {
    segment: "expiring-targets",
    operations: { get: "getExpiringContextTargets", patch: "patchExpiringTargets" },
    who: "targets",
    Item: z.object({ ...item, contextKind: z.string(), contextKey: z.string() }),
    kinds: {
      addExpiringTarget: "addExpiringTarget",
      updateExpiringTarget: "updateExpiringTarget",
      removeExpiringTarget: "removeExpiringTarget",
    },
  },
  {
    segment: "expiring-user-targets",
    operations: { get: "getExpiringUserTargets", patch: "patchExpiringUserTargets" },
    who: "targets that are users",
    Item: z.object({ ...item, userKey: z.string() }),
    kinds: {
      addExpireUserTargetDate: "addExpiringTarget",
      updateExpireUserTargetDate: "updateExpiringTarget",
      removeExpireUserTargetDate: "removeExpiringTarget",
    },
  },
];

interface ExpiryParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** When targets of a flag end by themselves. */
export const expiringTargetRoutes: FastifyPluginAsyncZod<ExpiryParts> = async (app, parts) => {
  for (const form of forms) await app.register(routesOf(form), parts);
};

function routesOf(form: Form): FastifyPluginAsyncZod<ExpiryParts> {
  const path = `/api/v2/flags/:projectKey/:flagKey/${form.segment}/:environmentKey`;
  const items = z.array(form.Item);
  const _links = z.object({ self: Link });
  return async (app, { db, changes }) => {
    app.get(
      path,
      {
        config: { access: viewProject },
        schema: {
          operationId: form.operations.get,
          summary: `List when ${form.who} of a flag end`,
          tags,
          params: FlagInEnvironment,
          response: { 200: z.object({ items, _links }) },
        },
      },
      async ({ params }) => {
        const { project } = await getEnvironment(db, params.projectKey, params.environmentKey);
        return representation(form, await getFlag(db, project, params.flagKey), params);
      },
    );

    app.patch(
      path,
      {
        config: { access: updating },
        schema: {
          operationId: form.operations.patch,
          summary: `Say when ${form.who} of a flag end`,
          tags,
          params: FlagInEnvironment,
          querystring: z.object({
            dryRun: z
              .stringbool()
              .optional()
              .describe("Answers what would come of it, and writes nothing."),
          }),
          body: PatchBody,
          response: { 200: z.object({ items, _links, ...counts }) },
        },
      },
      async (request) => {
        const { params, body, query, principal, headers } = request;
        const patch = patchOf(form, { body, contentType: headers["content-type"], params });
        const { project } = await getEnvironment(db, params.projectKey, params.environmentKey);
        const stored = await changes.write(principal, async (tx, record) => {
          const found = await getFlag(tx, project, params.flagKey);
          await refuseStale(request, () => representation(form, found, params));
          const before = found.state;
          const after = await decideFlag(tx, project, before, patch);
          if (after === before || query.dryRun === true)
            return triedFlag(found, after, changes.now);
          return changeFlag(tx, record, { project, before, after, patch, at: changes.now });
        });
        const total = patch.instructions.length;
        return {
          ...representation(form, stored, params),
          totalInstructions: total,
          successfulInstructions: total,
        };
      },
    );
  };
}

function patchOf(
  { kinds, segment }: Form,
  {
    body,
    contentType,
    params,
  }: { body: unknown; contentType: string | undefined; params: FlagInEnvironment },
): FlagPatch {
  const semantic = parsePatch(body, contentType);
  const known = Object.keys(kinds);
  const what = segment.replaceAll("-", " ");
  if (semantic.kind !== "semantic") {
    throw new DomainError(
      "invalid_request",
      `${what} take instructions alone; send {"instructions": [{"kind": "${known[0]}", …}]}`,
    );
  }
  const instructions = semantic.instructions.map(({ kind, userKey, ...rest }) => {
    const own = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (own === undefined) {
      throw new DomainError(
        "invalid_request",
        `${kind} is not about ${what}; use ${known.join(", ")}, or patch the flag itself`,
      );
    }
    return {
      ...rest,
      kind: own,
      ...(userKey === undefined ? {} : { contextKey: userKey, contextKind: "user" }),
    };
  });
  return {
    instructions: parseFlagInstructions({ ...semantic, instructions }),
    comment: semantic.comment,
    environmentKey: params.environmentKey,
  };
}

function representation(
  { segment }: Form,
  { state, version }: StoredFlag,
  { projectKey, environmentKey }: FlagInEnvironment,
) {
  const isOfUsers = segment === "expiring-user-targets";
  const targets = configurationIn(state, environmentKey)?.expiringTargets ?? [];
  const href = `/api/v2/flags/${projectKey}/${state.key}/${segment}/${environmentKey}`;
  return {
    items: targets
      .filter(({ contextKind }) => !isOfUsers || contextKind === "user")
      .map(({ contextKind, contextKey, variationId, expiresAt }) => ({
        _id: `${variationId}/${contextKind}/${contextKey}`,
        _version: version,
        expirationDate: expiresAt,
        ...(isOfUsers ? { userKey: contextKey } : { contextKind, contextKey }),
        variationId,
        _resourceId: {
          environmentKey,
          flagKey: state.key,
          key: state.key,
          kind: "flag",
          projectKey,
        },
      })),
    _links: { self: linkTo(href) },
  };
}
