import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import type { Actor, Feed } from "../changes/feed.ts";
import { connectionsRepresentation } from "../delivery/connections.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { collection, environmentRepresentation } from "../projects/project-representation.ts";
import type { Db, Tx } from "../storage/database.ts";
import { newKey } from "./environment-key.ts";
import {
  deleteKey,
  type Environment,
  type EnvironmentKey,
  insertKey,
  listKeys,
  updateEnvironment,
} from "./environment-queries.ts";

const ofEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const path = "/api/v2/projects/:projectKey/environments/:environmentKey";

const Operation = z.discriminatedUnion("path", [
  z.object({ op: z.enum(["replace", "add"]), path: z.literal("/name"), value: z.string().min(1) }),
  z.object({ op: z.enum(["replace", "add"]), path: z.literal("/color"), value: z.string() }),
  z.object({ op: z.enum(["replace", "add"]), path: z.literal("/secureMode"), value: z.boolean() }),
  z.object({ op: z.enum(["replace", "add"]), path: z.literal("/critical"), value: z.boolean() }),
]);

const oneEnvironment = "proj/{projectKey}:env/{environmentKey}";
const changingKeys = { action: "updateApiKey", resource: oneEnvironment };
/** What policies call the change of a member. */
const actionOn: Readonly<Record<z.infer<typeof Operation>["path"], string>> = {
  "/name": "updateName",
  "/color": "updateColor",
  "/secureMode": "updateSecureMode",
  "/critical": "updateCritical",
};

export interface EnvironmentParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
  readonly delivery: Delivery;
}

/** What an environment is called, who may connect to it, and who is. */
export const environmentRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  const { db, changes, delivery } = parts;
  app.patch(
    path,
    {
      config: { access: eachInstructionOn(oneEnvironment) },
      schema: { params: ofEnvironment, body: z.array(Operation).min(1) },
    },
    async ({ params, body, actor, access }) => {
      for (const { path: member } of body) {
        const { projectKey, environmentKey } = params;
        await access.require(actionOn[member], ["proj", projectKey], ["env", environmentKey]);
      }
      const changed = await changeEnvironment(parts, params, actor, {
        instructions: body,
        words: body.map(({ path: member }) => `Change ${member.slice(1)} of the environment`),
        act: (tx, before) => updateEnvironment(tx, { ...before, ...columnsOf(body) }),
      });
      return environmentRepresentation(changed, params.projectKey);
    },
  );

  app.get(
    `${path}/connections`,
    { config: { access: viewProject }, schema: { params: ofEnvironment } },
    async ({ params: { projectKey, environmentKey } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const snapshot = await delivery.snapshot(environment.id);
      const streams = await delivery.streams(environment.id);
      return connectionsRepresentation(snapshot, streams, changes.now);
    },
  );
  await app.register(resetRoutes, parts);
  await app.register(keyRoutes, parts);
};

/** New keys in the place of the environment's own two; the former ones may hold on for a while. */
const resetRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  const { changes, feed } = parts;
  const Expiry = z.object({ expiry: z.coerce.number().int().min(0).optional() });

  for (const [name, kind, action] of [
    ["apiKey", "sdk", "updateApiKey"],
    ["mobileKey", "mobile", "updateMobileKey"],
  ] as const) {
    app.post(
      `${path}/${name}`,
      {
        config: { access: { action, resource: oneEnvironment } },
        schema: { params: ofEnvironment, querystring: Expiry },
      },
      async ({ params, query, actor }) => {
        const column = kind === "sdk" ? "sdk_key" : "mobile_key";
        let former = "";
        const environment = await changeEnvironment(parts, params, actor, {
          instructions: [{ kind: "resetKey", value: kind }],
          words: [`Make a new ${kind === "sdk" ? "SDK" : "mobile"} key`],
          act: async (tx, before) => {
            former = before[column];
            if (query.expiry !== undefined && query.expiry > changes.now) {
              const grace = { name: "former key", expires_at: query.expiry };
              await insertKey(tx, keyOf(before, { kind, secret: former, ...grace }, changes.now));
            }
            const secret = newKey(kind === "sdk" ? "sdk" : "mob");
            return updateEnvironment(tx, { ...before, [column]: secret });
          },
        });
        feed.publishKeyEnd({ secret: former, at: query.expiry ?? changes.now });
        return environmentRepresentation(environment, params.projectKey);
      },
    );
  }
};

/** Further keys beside the environment's own two. */
const keyRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  const { db, changes, feed } = parts;
  const KeyBody = z.object({
    kind: z.enum(["sdk", "mobile"]),
    name: z.string().trim().min(1),
    expiresAt: z.int().min(0).optional(),
  });

  app.get(
    `${path}/keys`,
    {
      config: { access: { action: "viewKeys", resource: oneEnvironment } },
      schema: { params: ofEnvironment },
    },
    async ({ params: { projectKey, environmentKey } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const keys = await listKeys(db, environment.id);
      const href = `/api/v2/projects/${projectKey}/environments/${environmentKey}/keys`;
      return collection(href, keys.map(keyRepresentation));
    },
  );

  app.post(
    `${path}/keys`,
    { config: { access: changingKeys }, schema: { params: ofEnvironment, body: KeyBody } },
    async ({ params, body, actor }, reply) => {
      const secret = newKey(body.kind === "sdk" ? "sdk" : "mob");
      const made = { ...body, secret, expires_at: body.expiresAt ?? null };
      let key: EnvironmentKey | undefined;
      await changeEnvironment(parts, params, actor, {
        instructions: [{ kind: "addKey", value: body.name }],
        words: [`Make the key "${body.name}"`],
        act: async (tx, before) => {
          key = keyOf(before, made, changes.now);
          await insertKey(tx, key);
          return before;
        },
      });
      return reply.code(201).send(key && keyRepresentation(key));
    },
  );

  app.delete(
    `${path}/keys/:secret`,
    {
      config: { access: changingKeys },
      schema: { params: ofEnvironment.extend({ secret: z.string() }) },
    },
    async ({ params, actor }, reply) => {
      await changeEnvironment(parts, params, actor, {
        instructions: [{ kind: "removeKey" }],
        words: ["Revoke a key"],
        act: async (tx, before) => {
          if (await deleteKey(tx, before.id, params.secret)) return before;
          throw new DomainError("not_found", "the environment has no further key like that");
        },
      });
      feed.publishKeyEnd({ secret: params.secret, at: changes.now });
      return reply.code(204).send();
    },
  );
};

interface EnvironmentChangeOf {
  readonly instructions: readonly object[];
  readonly words: readonly string[];
  readonly act: (tx: Tx, before: Environment) => Promise<Environment>;
}

async function changeEnvironment(
  { changes }: EnvironmentParts,
  { projectKey, environmentKey }: z.infer<typeof ofEnvironment>,
  actor: Actor,
  { act, instructions, words }: EnvironmentChangeOf,
): Promise<Environment> {
  return changes.write(actor, async (tx, record) => {
    const { project, environment } = await getEnvironment(tx, projectKey, environmentKey);
    const changed = await act(tx, environment);
    await record({
      projectId: project.id,
      kind: "environment",
      key: environmentKey,
      resources: [`proj/${projectKey}:env/${environmentKey}`],
      instructions,
      words,
      served: [],
      environments: [environmentKey],
    });
    return changed;
  });
}

function columnsOf(operations: readonly z.infer<typeof Operation>[]): Partial<Environment> {
  return Object.assign(
    {},
    ...operations.map(({ path: member, value }) => {
      if (member === "/secureMode") return { secure_mode: value ? 1 : 0 };
      if (member === "/critical") return { critical: value ? 1 : 0 };
      return { [member.slice(1)]: value };
    }),
  );
}

function keyOf(
  environment: Environment,
  key: Pick<EnvironmentKey, "kind" | "secret" | "name" | "expires_at">,
  at: number,
): EnvironmentKey {
  const { kind, secret, name, expires_at } = key;
  return { kind, secret, name, expires_at, environment_id: environment.id, created_at: at };
}

function keyRepresentation({ secret, kind, name, created_at, expires_at }: EnvironmentKey): object {
  return {
    key: secret,
    kind,
    name,
    creationDate: created_at,
    ...(expires_at === null ? {} : { expiresAt: expires_at }),
  };
}
