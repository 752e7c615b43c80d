import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Environment } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { type Admitted, admitByKey } from "./credentials.ts";
import { dataSystemVoice, transfer } from "./data-system.ts";
import type { DeliveryParts } from "./delivery.ts";
import { hasAlready, lastIdOf, openStream } from "./open-stream.ts";
import { wantedFilter } from "./payload-filter-queries.ts";
import { etagOf } from "./snapshot.ts";
import { partVoice, serverVoice } from "./voices.ts";

/** What SDKs on servers ask: everything, rules and all, under a key that stays secret. */
export const deliveryRoutes: FastifyPluginAsync<DeliveryParts> = async (app, parts) => {
  const { db, delivery, now } = parts;
  const voices = { all: serverVoice, flags: partVoice("flags"), segments: partVoice("segments") };
  for (const [name, voice] of Object.entries(voices)) {
    app.get<Asked>(`/${name}`, async (request, reply) => {
      const admitted = await admitByKey(db, "server", request, now());
      const filter = await filterFor(admitted, request);
      const start = { voice, lastId: lastIdOf(request), filter, now: now() };
      return openStream(delivery, admitted, start, { request, reply });
    });
  }

  app.get<Asked>("/sdk/latest-all", async (request, reply) => {
    const { json, etag } = (await polled(request, reply)).snapshot.all;
    reply.header("etag", etag);
    if (hasAlready(request, etag)) return reply.code(304).send();
    return reply.type("application/json").send(json);
  });

  for (const kind of ["flags", "segments"] as const) {
    app.get<Asked>(`/sdk/${kind}`, async (request, reply) => {
      const { snapshot, environment } = await polled(request, reply);
      letKeep(reply, environment);
      return answered(request, reply, JSON.stringify(snapshot[kind]));
    });

    app.get<Asked & { Params: { key: string } }>(`/sdk/${kind}/:key`, async (request, reply) => {
      const { snapshot, environment } = await polled(request, reply);
      const found = snapshot[kind][request.params.key];
      if (found === undefined)
        throw new DomainError(
          "not_found",
          `no ${kind.slice(0, -1)} "${request.params.key}" is served here`,
        );
      letKeep(reply, environment);
      return answered(request, reply, JSON.stringify(found));
    });
  }

  app.get<Asked>("/sdk/poll", async (request, reply) => {
    const { snapshot } = await polled(request, reply);
    const events = transfer(snapshot, request.query.basis);
    return answered(request, reply, JSON.stringify({ events }));
  });

  app.get<Asked>("/sdk/stream", async (request, reply) => {
    const admitted = await admitByKey(db, "server", request, now());
    const filter = await filterFor(admitted, request);
    const { basis } = request.query;
    const start = { voice: dataSystemVoice, lastId: basis, filter, now: now() };
    return openStream(delivery, admitted, start, { request, reply });
  });

  function filterFor({ environment }: Admitted, { query }: FastifyRequest<Asked>) {
    return wantedFilter(db, environment.project_id, query.filter);
  }

  async function polled(request: FastifyRequest<Asked>, reply: FastifyReply) {
    const admitted = await admitByKey(db, "server", request, now());
    const { environment } = admitted;
    reply.headers({ "x-ld-envid": environment.id, vary: "Authorization" });
    const filter = await filterFor(admitted, request);
    return { environment, snapshot: await delivery.snapshot(environment.id, filter) };
  }
};

interface Asked {
  Querystring: {
    /** Where the client is, in the second generation's words. */
    basis?: string;
    /** The key of a payload filter. */
    filter?: string;
  };
}

/** SDKs that ask for each evaluation, as PHP's does, keep the answer as long as they are let. */
function letKeep(reply: FastifyReply, { default_ttl: minutes }: Environment): void {
  if (minutes > 0) reply.header("cache-control", `max-age=${minutes * 60}`);
}

function answered(request: FastifyRequest, reply: FastifyReply, json: string): FastifyReply {
  const etag = etagOf(json);
  reply.header("etag", etag);
  if (hasAlready(request, etag)) return reply.code(304).send();
  return reply.type("application/json").send(json);
}
