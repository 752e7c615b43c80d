import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
import { admitByKey } from "./credentials.ts";
import { dataSystemVoice, transfer } from "./data-system.ts";
import type { DeliveryParts } from "./delivery.ts";
import { hasAlready, lastIdOf, openStream } from "./open-stream.ts";
import { etagOf } from "./snapshot.ts";
import { partVoice, serverVoice } from "./voices.ts";

/** What SDKs on servers ask: everything, rules and all, under a key that stays secret. */
export const deliveryRoutes: FastifyPluginAsync<DeliveryParts> = async (app, parts) => {
  const { db, delivery, now } = parts;
  const voices = { all: serverVoice, flags: partVoice("flags"), segments: partVoice("segments") };
  for (const [name, voice] of Object.entries(voices)) {
    app.get(`/${name}`, async (request, reply) => {
      const admitted = await admitByKey(db, "server", request, now());
      const start = { voice, lastId: lastIdOf(request), now: now() };
      return openStream(delivery, admitted, start, { request, reply });
    });
  }

  app.get("/sdk/latest-all", async (request, reply) => {
    const { json, etag } = (await polled(request, reply)).all;
    reply.header("etag", etag);
    if (hasAlready(request, etag)) return reply.code(304).send();
    return reply.type("application/json").send(json);
  });

  for (const kind of ["flags", "segments"] as const) {
    app.get(`/sdk/${kind}`, async (request, reply) => {
      const snapshot = await polled(request, reply);
      return answered(request, reply, JSON.stringify(snapshot[kind]));
    });

    app.get<{ Params: { key: string } }>(`/sdk/${kind}/:key`, async (request, reply) => {
      const found = (await polled(request, reply))[kind][request.params.key];
      if (found === undefined)
        throw new DomainError(
          "not_found",
          `no ${kind.slice(0, -1)} "${request.params.key}" is served here`,
        );
      return answered(request, reply, JSON.stringify(found));
    });
  }

  app.get<Basis>("/sdk/poll", async (request, reply) => {
    const snapshot = await polled(request, reply);
    const events = transfer(snapshot, request.query.basis);
    return answered(request, reply, JSON.stringify({ events }));
  });

  app.get<Basis>("/sdk/stream", async (request, reply) => {
    const admitted = await admitByKey(db, "server", request, now());
    const start = { voice: dataSystemVoice, lastId: request.query.basis, now: now() };
    return openStream(delivery, admitted, start, { request, reply });
  });

  async function polled(request: FastifyRequest, reply: FastifyReply) {
    const { environment } = await admitByKey(db, "server", request, now());
    reply.headers({ "x-ld-envid": environment.id, vary: "Authorization" });
    return delivery.snapshot(environment.id);
  }
};

/** Where the client is, in the second generation's words. */
interface Basis {
  Querystring: { basis?: string };
}

function answered(request: FastifyRequest, reply: FastifyReply, json: string): FastifyReply {
  const etag = etagOf(json);
  reply.header("etag", etag);
  if (hasAlready(request, etag)) return reply.code(304).send();
  return reply.type("application/json").send(json);
}
