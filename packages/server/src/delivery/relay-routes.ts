import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { hashSecret, newSecret } from "../access/password.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import type { Db } from "../storage/database.ts";
import { deleteRelay, insertRelay, listRelays, type RelayKey } from "./relay-queries.ts";

const path = "/api/v2/account/relay-auto-configs";
const tags = ["Relay Proxy configurations"];
/** The only policy there is so far: a relay serves every environment. */
const everyEnvironment = [
  { effect: "allow", actions: ["*"], resources: ["proj/*:env/*"] },
] as const;
const RelayBody = z.object({
  name: z.string().trim().min(1),
  policy: z
    .tuple([
      z.object({
        effect: z.literal("allow"),
        actions: z.tuple([z.literal("*")]),
        resources: z.tuple([z.literal("proj/*:env/*")]),
      }),
    ])
    .optional(),
});

/** The keys under which relays learn their environments. */
export const relayRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    path,
    {
      config: { access: accessTo("viewRelayAutoConfiguration") },
      schema: {
        operationId: "getRelayProxyConfigs",
        summary: "List the configurations of relays",
        tags,
      },
    },
    async () => ({
      items: (await listRelays(db)).map((relay) => relayRepresentation(relay)),
    }),
  );

  app.post(
    path,
    {
      config: { access: accessTo("createRelayAutoConfiguration") },
      schema: {
        operationId: "postRelayAutoConfig",
        summary: "Make a configuration for a relay",
        description: "The answer has the key, which is not shown again.",
        tags,
        body: RelayBody,
      },
    },
    async ({ body, actor }, reply) => {
      const secret = `rel-${newSecret()}`;
      const relay = {
        id: newId(),
        hash: hashSecret(secret),
        name: body.name,
        ending: secret.slice(-4),
        created_at: changes.now,
      };
      await changes.write(actor, async (tx, record) => {
        await insertRelay(tx, relay);
        const words = `Create the relay configuration ${relay.name}`;
        const after = { name: relay.name, policy: everyEnvironment };
        await record(
          aboutRelay(relay.id, { instruction: "createRelayAutoConfiguration", words, after }),
        );
      });
      return reply.code(201).send({ ...relayRepresentation(relay), fullKey: secret });
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: accessTo("deleteRelayAutoConfiguration", "{id}") },
      schema: {
        operationId: "deleteRelayAutoConfig",
        summary: "Delete the configuration of a relay",
        tags,
        params: z.object({ id: z.string() }),
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const relay = (await listRelays(tx)).find(({ id }) => id === params.id);
        if (relay === undefined)
          throw new DomainError("not_found", `no relay configuration "${params.id}"`);
        await deleteRelay(tx, relay.id);
        const words = `Delete the relay configuration ${relay.name}`;
        const before = { name: relay.name, policy: everyEnvironment };
        await record(
          aboutRelay(relay.id, { instruction: "deleteRelayAutoConfiguration", words, before }),
        );
      });
      return reply.code(204).send(null);
    },
  );
};

function aboutRelay(id: string, change: Omit<AccountChange, "kind" | "key" | "resource">): Change {
  const resource = `relay-proxy-config/${id}`;
  return accountChange({ kind: "relay-proxy-config", key: id, resource, ...change });
}

function accessTo(action: string, id = "*") {
  return { action, resource: `relay-proxy-config/${id}` };
}

function relayRepresentation({ id, name, ending, created_at }: RelayKey): object {
  return {
    _id: id,
    name,
    policy: everyEnvironment,
    displayKey: ending,
    creationDate: created_at,
    lastModified: created_at,
  };
}
