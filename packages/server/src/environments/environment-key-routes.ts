import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import type { Actor, Feed } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { EnvironmentRepresentation, shownEnvironment } from "../projects/project-representation.ts";
import type { Db, Tx } from "../storage/database.ts";
import { changeEnvironment, type EnvironmentAct } from "./environment-changes.ts";
import { endingOf, newKey } from "./environment-key.ts";
import {
  deleteKey,
  type Environment,
  type EnvironmentKey,
  insertKey,
  listKeys,
  updateEnvironment,
} from "./environment-queries.ts";

const ofEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const tags = ["Environments"];
const path = "/api/v2/projects/:projectKey/environments/:environmentKey";
const oneEnvironment = "proj/{projectKey}:env/{environmentKey}";

interface KeyParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
}

/** Under which keys SDKs connect to an environment. */
export const environmentKeyRoutes: FastifyPluginAsyncZod<KeyParts> = async (app, parts) => {
  await app.register(resetRoutes, parts);
  await app.register(furtherKeyRoutes, parts);
};

/** New keys in the place of the environment's own two; the former ones may hold on for a while. */
const resetRoutes: FastifyPluginAsyncZod<KeyParts> = async (app, parts) => {
  const { changes, feed } = parts;
  const Expiry = z.object({ expiry: z.coerce.number().int().min(0).optional() });

  const apiKey = { operationId: "resetEnvironmentSDKKey", summary: "Make a new SDK key" };
  const mobileKey = { operationId: "resetEnvironmentMobileKey", summary: "Make a new mobile key" };
  for (const { name, kind, action, operationId, summary } of [
    { name: "apiKey", kind: "sdk", action: "updateApiKey", ...apiKey },
    { name: "mobileKey", kind: "mobile", action: "updateMobileKey", ...mobileKey },
  ] as const) {
    app.post(
      `${path}/${name}`,
      {
        config: { access: { action, resource: oneEnvironment } },
        schema: {
          operationId,
          summary,
          tags,
          params: ofEnvironment,
          querystring: Expiry,
          response: { 200: EnvironmentRepresentation },
        },
      },
      async ({ params, query, actor, access }) => {
        const column = kind === "sdk" ? "sdk_key" : "mobile_key";
        let former = "";
        const environment = await changeKeys(parts, params, actor, (tx, before) => {
          former = before[column];
          return {
            instructions: [{ kind: action, value: kind }],
            words: [summary],
            act: async () => {
              if (query.expiry !== undefined && query.expiry > changes.now) {
                const grace = { name: "former key", expires_at: query.expiry };
                await insertKey(tx, keyOf(before, { kind, secret: former, ...grace }, changes.now));
              }
              const secret = newKey(kind === "sdk" ? "sdk" : "mob");
              return updateEnvironment(tx, { ...before, [column]: secret });
            },
          };
        });
        feed.publishKeyEnd({ secret: former, at: query.expiry ?? changes.now });
        return shownEnvironment(environment, params.projectKey, access);
      },
    );
  }
};

const KeyBody = z.object({
  kind: z.enum(["sdk", "mobile"]),
  name: z.string().trim().min(1),
  expiresAt: z.int().min(0).optional(),
});

const KeyRepresentation = z
  .object({
    key: z.string(),
    kind: z.enum(["sdk", "mobile"]),
    name: z.string(),
    creationDate: z.int(),
    expiresAt: z.int().optional(),
  })
  .meta({ id: "EnvironmentKey" });

/** Further keys beside the environment's own two. */
const furtherKeyRoutes: FastifyPluginAsyncZod<KeyParts> = async (app, parts) => {
  const { db, changes, feed } = parts;
  app.get(
    `${path}/keys`,
    {
      config: { access: { action: "viewSdkKey", resource: oneEnvironment } },
      schema: {
        operationId: "getEnvironmentKeys",
        summary: "List the further keys of an environment",
        tags,
        params: ofEnvironment,
        querystring: z.object(pageQuery),
        response: { 200: listOf(KeyRepresentation) },
      },
    },
    async ({ params: { projectKey, environmentKey }, query, url }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const page = pageOf(await listKeys(db, environment.id), query);
      return pagedList(url, { ...page, items: page.items.map(keyRepresentation) }, query);
    },
  );

  app.post(
    `${path}/keys`,
    {
      config: { access: { action: "createSdkKey", resource: oneEnvironment } },
      schema: {
        operationId: "postEnvironmentKey",
        summary: "Make a further key",
        tags,
        params: ofEnvironment,
        body: KeyBody,
        response: { 201: KeyRepresentation },
      },
    },
    async ({ params, body, actor }, reply) => {
      const { kind, name } = body;
      const secret = newKey(kind === "sdk" ? "sdk" : "mob");
      const made = { kind, name, secret, expires_at: body.expiresAt ?? null, at: changes.now };
      await changeKeys(parts, params, actor, (tx, before) => ({
        instructions: [{ kind: "createSdkKey", value: name }],
        words: [`Make the key "${name}"`],
        act: async () => {
          await insertKey(tx, keyOf(before, made, made.at));
          return before;
        },
      }));
      return reply.code(201).send(keyRepresentation({ ...made, created_at: made.at }));
    },
  );

  app.delete(
    `${path}/keys/:secret`,
    {
      config: { access: { action: "deleteSdkKey", resource: oneEnvironment } },
      schema: {
        operationId: "deleteEnvironmentKey",
        summary: "Revoke a further key",
        tags,
        params: ofEnvironment.extend({ secret: z.string() }),
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      await changeKeys(parts, params, actor, (tx, before) => ({
        instructions: [{ kind: "deleteSdkKey", value: endingOf(params.secret) }],
        words: [`Revoke the key ${endingOf(params.secret)}`],
        act: async () => {
          if (await deleteKey(tx, before.id, params.secret)) return before;
          throw new DomainError("not_found", "the environment has no further key like that");
        },
      }));
      feed.publishKeyEnd({ secret: params.secret, at: changes.now });
      return reply.code(204).send(null);
    },
  );
};

function changeKeys(
  { changes }: KeyParts,
  { projectKey, environmentKey }: z.infer<typeof ofEnvironment>,
  actor: Actor,
  what: (tx: Tx, before: Environment) => EnvironmentAct,
): Promise<Environment> {
  return changes.write(actor, async (tx, record) => {
    const place = await getEnvironment(tx, projectKey, environmentKey);
    return changeEnvironment(tx, record, place, what(tx, place.environment));
  });
}

function keyOf(
  environment: Environment,
  key: Pick<EnvironmentKey, "kind" | "secret" | "name" | "expires_at">,
  at: number,
): EnvironmentKey {
  const { kind, secret, name, expires_at } = key;
  return { kind, secret, name, expires_at, environment_id: environment.id, created_at: at };
}

function keyRepresentation({
  secret,
  kind,
  name,
  created_at,
  expires_at,
}: Omit<EnvironmentKey, "environment_id">): z.output<typeof KeyRepresentation> {
  return {
    key: secret,
    kind,
    name,
    creationDate: created_at,
    ...(expires_at === null ? {} : { expiresAt: expires_at }),
  };
}
