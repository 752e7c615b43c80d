import { evaluate, isContextError, parseContext } from "@halyard/evaluation";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/principal.ts";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { reasonRepresentation } from "../flags/evaluation-reason.ts";
import { changeFlag, decideFlag } from "../flags/flag-changes.ts";
import { flagInEnvironment } from "../flags/flag-in-environment.ts";
import { getFlag, listFlags, type StoredFlag } from "../flags/flag-queries.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import type { Db } from "../storage/database.ts";
import { settingInstructions, settingOf } from "./individual-target.ts";
import { contextOf } from "./public-context.ts";

const ValuePut = z
  .object({
    setting: z.unknown().describe("The value of a variation; null takes the target off."),
    comment: z.string().optional(),
  })
  .meta({ examples: [{ setting: "new", comment: "Ada asked for it" }] });
const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const ofUser = inEnvironment.extend({ userKey: z.string() });
const targeting = {
  action: "updateTargets",
  resource: flagInEnvironment,
};
const UserSetting = z.object({
  _value: z.unknown().describe("What the user gets."),
  setting: z.unknown().describe("What the user gets by name; null where it is not targeted."),
  reason: z.looseObject({ kind: z.string() }),
  _links: z.object({ self: Link }),
});
const UserSettings = z.object({
  items: z.record(z.string(), UserSetting),
  _links: z.object({ self: Link }),
});
const users = "/api/v2/users/:projectKey/:environmentKey/:userKey/flags";

export interface ContextFlagParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly delivery: Delivery;
  readonly intake: EventIntake;
}

/** What a flag gives to one context by name. */
export const contextFlagRoutes: FastifyPluginAsyncZod<ContextFlagParts> = async (app, parts) => {
  app.put(
    "/api/v2/projects/:projectKey/environments/:environmentKey/contexts/:contextKind/:contextKey/flags/:flagKey",
    {
      config: { access: targeting },
      schema: {
        operationId: "putContextFlagSetting",
        summary: "Say what a flag gives to one context",
        description: "Makes the context an individual target of the variation with the value.",
        tags: ["Context settings"],
        params: inEnvironment.extend({
          contextKind: z.string(),
          contextKey: z.string(),
          flagKey: z.string(),
        }),
        body: ValuePut,
        response: { 204: noContent },
      },
    },
    async ({ params, body, principal }, reply) => {
      await putSetting(parts, principal, { ...params, ...body });
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${users}/:flagKey`,
    {
      config: { access: targeting },
      schema: {
        operationId: "putFlagSetting",
        summary: "Say what a flag gives to one user",
        tags: ["User settings"],
        params: ofUser.extend({ flagKey: z.string() }),
        body: ValuePut,
        response: { 204: noContent },
      },
    },
    async ({ params, body, principal }, reply) => {
      const user = { contextKind: "user", contextKey: params.userKey };
      await putSetting(parts, principal, { ...params, ...body, ...user });
      return reply.code(204).send(null);
    },
  );

  await app.register(readingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<ContextFlagParts> = async (app, parts) => {
  const { db } = parts;
  const schema = { tags: ["User settings"] };

  app.get(
    users,
    {
      config: { access: viewProject },
      schema: {
        ...schema,
        operationId: "getUserFlagSettings",
        summary: "List what flags give to a user",
        params: ofUser,
        response: { 200: UserSettings },
      },
    },
    async ({ params }) => {
      const { project } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const items = await settingsOf(parts, params, await listFlags(db, project.id));
      return { items, _links: { self: linkTo(pathOf(params)) } };
    },
  );

  app.get(
    `${users}/:flagKey`,
    {
      config: { access: viewProject },
      schema: {
        ...schema,
        operationId: "getUserFlagSetting",
        summary: "Say what a flag gives to a user",
        params: ofUser.extend({ flagKey: z.string() }),
        response: { 200: UserSetting },
      },
    },
    async ({ params }) => {
      const { flagKey } = params;
      const { project } = await getEnvironment(db, params.projectKey, params.environmentKey);
      const settings = await settingsOf(parts, params, [await getFlag(db, project, flagKey)]);
      const [setting] = Object.values(settings);
      if (setting !== undefined) return setting;
      throw new DomainError("not_found", `flag "${flagKey}" is archived, so nobody is given it`);
    },
  );
};

interface Setting extends z.infer<typeof inEnvironment> {
  readonly flagKey: string;
  readonly contextKind: string;
  readonly contextKey: string;
  readonly setting?: unknown;
  readonly comment?: string | undefined;
}

async function putSetting(
  { db, changes }: ContextFlagParts,
  principal: Principal,
  { projectKey, environmentKey, flagKey, setting, comment, ...context }: Setting,
): Promise<void> {
  const { project } = await getEnvironment(db, projectKey, environmentKey);
  await changes.write(principal, async (tx, record) => {
    const { state: before } = await getFlag(tx, project, flagKey);
    const instructions = settingInstructions(before, { environmentKey, ...context }, setting);
    if (instructions.length === 0) return;
    const patch = { instructions, environmentKey, comment };
    const after = await decideFlag(tx, project, before, patch);
    await changeFlag(tx, record, { project, before, after, patch, at: changes.now });
  });
}

/** Evaluated with the attributes that the user was seen with last, or with none but the key. */
async function settingsOf(
  { db, delivery, intake }: ContextFlagParts,
  params: z.infer<typeof ofUser>,
  flags: readonly StoredFlag[],
): Promise<Record<string, z.infer<typeof UserSetting>>> {
  const { environmentKey, userKey } = params;
  const { environment } = await getEnvironment(db, params.projectKey, environmentKey);
  const named = { operator: "equals" as const };
  const { items } = await intake.seenContexts({
    environmentId: environment.id,
    conditions: [
      { field: "kind", operand: "user", ...named },
      { field: "key", operand: userKey, ...named },
    ],
    isOldestFirst: false,
    limit: 1,
  });
  const [seen] = items;
  const context = parseContext(
    seen === undefined ? { kind: "user", key: userKey } : contextOf([seen]),
  );
  if (isContextError(context)) throw new DomainError("invalid_request", context.error);
  const store = await withBigSegments(db, await delivery.snapshot(environment.id), context);
  const target = { environmentKey, contextKind: "user", contextKey: userKey };
  const entries = flags.flatMap(({ state }) => {
    const flag = store.flag(state.key);
    if (flag === undefined) return [];
    const { value, reason } = evaluate(flag, context, store);
    const setting = {
      _value: value,
      setting: settingOf(state, target),
      reason: reasonRepresentation(reason),
      _links: { self: linkTo(`${pathOf(params)}/${state.key}`) },
    };
    return [[state.key, setting] as const];
  });
  return Object.fromEntries(entries);
}

function pathOf({ projectKey, environmentKey, userKey }: z.infer<typeof ofUser>): string {
  return `/api/v2/users/${projectKey}/${environmentKey}/${encodeURIComponent(userKey)}/flags`;
}
