import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { hashSecret, newSecret } from "../access/password.ts";
import { requireEach } from "../access/route-access.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { noContent } from "../http/open-api.ts";
import { wholeList } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import { findMember } from "../members/member-queries.ts";
import { memberSummary } from "../members/member-representation.ts";
import type { Db } from "../storage/database.ts";
import { NewRelay, RelaySettings } from "./relay.ts";
import {
  deleteRelay,
  getRelay,
  listRelays,
  policyOf,
  type RelayKey,
  saveRelay,
} from "./relay-queries.ts";

const path = "/api/v2/account/relay-auto-configs";
const tags = ["Relay Proxy configurations"];
const ofRelay = z.object({ id: z.string() });

/** What policies call the change of a member. */
const actionOn: Readonly<Record<keyof RelaySettings, string>> = {
  name: "updateRelayAutoConfigurationName",
  policy: "updateRelayAutoConfigurationPolicy",
};

export interface RelayParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** The keys under which relays learn their environments, and which those are. */
export const relayRoutes: FastifyPluginAsyncZod<RelayParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
  await app.register(resettingRoutes, parts);
  await app.register(patchingRoutes, parts);
  await app.register(deletingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<RelayParts> = async (app, { db }) => {
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
    async () => {
      const relays = await listRelays(db);
      return wholeList(path, await Promise.all(relays.map((relay) => representation(db, relay))));
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { access: accessTo("viewRelayAutoConfiguration", "{id}") },
      schema: {
        operationId: "getRelayProxyConfig",
        summary: "Get the configuration of a relay",
        tags,
        params: ofRelay,
      },
    },
    async (request, reply) => {
      const shown = await representation(db, await getRelay(db, request.params.id));
      return answerWithEtag(request, reply, { shown });
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<RelayParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: { access: accessTo("createRelayAutoConfiguration") },
      schema: {
        operationId: "postRelayAutoConfig",
        summary: "Make a configuration for a relay",
        description: "The answer has the key, which is not shown again.",
        tags,
        body: NewRelay,
      },
    },
    async ({ body, actor, principal }, reply) => {
      const secret = newRelaySecret();
      const { now } = changes;
      const relay = await changes.write(actor, async (tx, record) => {
        const made = await saveRelay(tx, {
          id: newId(),
          ...keyColumns(secret),
          name: body.name,
          policy: JSON.stringify(body.policy),
          creator_id: principal.memberId ?? null,
          created_at: now,
          updated_at: now,
          former_hash: null,
          former_expires_at: null,
        });
        const words = `Make a configuration for the relay ${made.name}`;
        const instruction = "createRelayAutoConfiguration";
        await record(aboutRelay(made, { instruction, words, after: settingsOf(made) }));
        return made;
      });
      return reply.code(201).send({ ...(await representation(db, relay)), fullKey: secret });
    },
  );
};

const resettingRoutes: FastifyPluginAsyncZod<RelayParts> = async (app, { db, changes }) => {
  app.post(
    `${path}/:id/reset`,
    {
      config: { access: accessTo("resetRelayAutoConfiguration", "{id}") },
      schema: {
        operationId: "resetRelayAutoConfig",
        summary: "Give a relay a new key",
        description: "The former one opens nothing any more, or from `expiry` on.",
        tags,
        params: ofRelay,
        querystring: z.object({ expiry: z.coerce.number().int().min(0).optional() }),
      },
    },
    async ({ params, query: { expiry }, actor }) => {
      const secret = newRelaySecret();
      const relay = await changes.write(actor, async (tx, record) => {
        const before = await getRelay(tx, params.id);
        const isGood = expiry !== undefined && expiry > changes.now;
        const words = `Give the relay ${before.name} a new key`;
        const key = keyColumns(secret);
        const instruction = "resetRelayAutoConfiguration";
        const [was, is] = [before.ending, key.ending].map((ending) => ({ keyEndsWith: ending }));
        await record(aboutRelay(before, { instruction, words, before: was, after: is }));
        return saveRelay(tx, {
          ...before,
          ...key,
          updated_at: changes.now,
          former_hash: isGood ? before.hash : null,
          former_expires_at: isGood ? expiry : null,
        });
      });
      return { ...(await representation(db, relay)), fullKey: secret };
    },
  );
};

const deletingRoutes: FastifyPluginAsyncZod<RelayParts> = async (app, { changes }) => {
  app.delete(
    `${path}/:id`,
    {
      config: { access: accessTo("deleteRelayAutoConfiguration", "{id}") },
      schema: {
        operationId: "deleteRelayAutoConfig",
        summary: "Delete the configuration of a relay",
        tags,
        params: ofRelay,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, actor } = request;
      await changes.write(actor, async (tx, record) => {
        const relay = await getRelay(tx, params.id);
        await refuseStale(request, () => representation(tx, relay));
        const words = `Delete the configuration of the relay ${relay.name}`;
        const instruction = "deleteRelayAutoConfiguration";
        await record(aboutRelay(relay, { instruction, words, before: settingsOf(relay) }));
        await deleteRelay(tx, relay.id);
      });
      return reply.code(204).send(null);
    },
  );
};

const patchingRoutes: FastifyPluginAsyncZod<RelayParts> = async (app, { db, changes }) => {
  app.patch(
    `${path}/:id`,
    {
      config: {
        access: {
          inHandler: "each member has an action of its own",
          resource: "relay-proxy-config/{id}",
        },
      },
      schema: {
        operationId: "patchRelayAutoConfig",
        summary: "Change the configuration of a relay",
        description: "Relays that are connected hear of environments that come and go at once.",
        tags,
        params: ofRelay,
        body: PatchBody,
      },
    },
    async (request) => {
      const { params, body, headers, actor, access } = request;
      const patch = parsePatch(body, headers["content-type"]);
      const relay = await changes.write(actor, async (tx, record) => {
        const stored = await getRelay(tx, params.id);
        await refuseStale(request, () => representation(tx, stored));
        const before = settingsOf(stored);
        const { members: changed, wanted: after } = patchedSettings(before, patch, {
          settings: RelaySettings,
          what: "the configuration of a relay",
        });
        const steps = [["relay-proxy-config", stored.id]] as const;
        await requireEach(access.within(tx), actionOn, { changed, steps });
        const [first] = changed;
        if (first === undefined) return stored;
        const { comment } = patch;
        const words = `Change ${changed.join(" and ")} of the relay ${before.name}`;
        await record({
          ...aboutRelay(stored, { instruction: first, words, before, after, comment }),
          instructions: changed.map((member) => ({
            kind: actionOn[member],
          })),
        });
        return saveRelay(tx, {
          ...stored,
          name: after.name,
          policy: JSON.stringify(after.policy),
          updated_at: changes.now,
        });
      });
      return representation(db, relay);
    },
  );
};

function accessTo(action: string, id = "*") {
  return { action, resource: `relay-proxy-config/${id}` };
}

function newRelaySecret(): string {
  return `rel-${newSecret()}`;
}

function keyColumns(secret: string): Pick<RelayKey, "hash" | "ending"> {
  return { hash: hashSecret(secret), ending: secret.slice(-4) };
}

function settingsOf(relay: RelayKey): RelaySettings {
  return { name: relay.name, policy: policyOf(relay) };
}

function aboutRelay(
  { id }: RelayKey,
  change: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  const resource = `relay-proxy-config/${id}`;
  return accountChange({ kind: "relay-proxy-config", key: id, resource, ...change });
}

async function representation(db: Db, relay: RelayKey): Promise<object> {
  const creator = relay.creator_id === null ? undefined : await findMember(db, relay.creator_id);
  return {
    _id: relay.id,
    ...(creator === undefined ? {} : { _creator: memberSummary(creator) }),
    ...settingsOf(relay),
    displayKey: relay.ending,
    creationDate: relay.created_at,
    lastModified: relay.updated_at,
  };
}
