import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import type { Delivery } from "./delivery.ts";
import { environmentOf } from "./environment-of-request.ts";
import { Stream, type StreamKind } from "./stream.ts";

export const deliveryRoutes: FastifyPluginAsync<{ db: Db; delivery: Delivery }> = async (
  app,
  { db, delivery },
) => {
  for (const kind of ["all", "flags", "segments"] as const satisfies readonly StreamKind[]) {
    app.get(`/${kind}`, async (request, reply) => {
      const environment = await environmentOf(db, request);
      // Loaded before the answer begins: what fails until here can still be answered with a status.
      await delivery.snapshot(environment.id);
      reply.hijack();
      reply.raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-store, must-revalidate",
        "x-accel-buffering": "no",
        "x-ld-envid": environment.id,
      });
      reply.raw.write(":\n\n");
      const lastId = request.headers["last-event-id"];
      await delivery.open(
        environment.id,
        new Stream(reply.raw, kind),
        typeof lastId === "string" ? lastId : undefined,
      );
      return reply;
    });
  }

  app.get("/sdk/latest-all", async (request, reply) => {
    const { snapshot } = await polled(request, reply);
    const { json, etag } = snapshot.all;
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return reply.header("etag", etag).type("application/json").send(json);
  });

  for (const kind of ["flags", "segments"] as const) {
    app.get(
      `/sdk/${kind}`,
      async (request, reply) => (await polled(request, reply)).snapshot[kind],
    );

    app.get<{ Params: { key: string } }>(`/sdk/${kind}/:key`, async (request, reply) => {
      const { snapshot } = await polled(request, reply);
      const found = snapshot[kind][request.params.key];
      if (found === undefined)
        throw new DomainError(
          "not_found",
          `no ${kind.slice(0, -1)} "${request.params.key}" is served here`,
        );
      return found;
    });
  }

  // The header sends SDKs of the second generation back to the first, which is served above.
  for (const path of ["/sdk/poll", "/sdk/poll/*", "/sdk/stream", "/sdk/stream/*"]) {
    app.get(path, async (_, reply) => {
      reply.header("x-ld-fd-fallback", "true");
      throw new DomainError(
        "not_found",
        "the second-generation protocol is not served here; SDKs fall back by themselves",
      );
    });
  }

  async function polled(request: FastifyRequest, reply: FastifyReply) {
    const environment = await environmentOf(db, request);
    reply.header("x-ld-envid", environment.id);
    return { snapshot: await delivery.snapshot(environment.id) };
  }
};
