import { gunzipSync } from "node:zlib";
import type { FastifyPluginAsync } from "fastify";
import { admitByKey } from "../delivery/credentials.ts";
import type { Db } from "../storage/database.ts";
import type { EventCounters } from "./event-counters.ts";

const compressedLimitBytes = 5 * 2 ** 20;
const inflatedLimitBytes = 20 * 2 ** 20;

export const eventRoutes: FastifyPluginAsync<{
  db: Db;
  counters: EventCounters;
  now: () => number;
}> = async (app, { db, counters, now }) => {
  // Whatever the body is, the SDK must not be told to stop: what cannot be read is not counted.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "*",
    { parseAs: "buffer", bodyLimit: inflatedLimitBytes },
    (_, body, done) => {
      done(null, body);
    },
  );

  for (const path of ["/bulk", "/diagnostic"]) {
    app.post(path, async (request, reply) => {
      const { environment } = await admitByKey(db, "server", request, now());
      const payloadId = request.headers["x-launchdarkly-payload-id"];
      const batch = parsed(request.body, request.headers["content-encoding"] === "gzip");
      counters.count(environment.id, typeof payloadId === "string" ? payloadId : undefined, batch);
      return reply.code(202).send();
    });
  }
};

function parsed(body: unknown, isGzip: boolean): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  if (isGzip && body.length > compressedLimitBytes) return undefined;
  try {
    const inflated = isGzip ? gunzipSync(body, { maxOutputLength: inflatedLimitBytes }) : body;
    return JSON.parse(inflated.toString());
  } catch {
    return undefined; // The protocol's answer to a batch that cannot be read is to drop it.
  }
}
