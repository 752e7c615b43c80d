import { createHmac } from "node:crypto";
import { type Context, isContextError, parseContext } from "@halyard/evaluation";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { listSdkKeys } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { readJsonBodies } from "../http/json-body.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import { type ClientSide, clientResults } from "./client-results.ts";
import { ClientVoice, stateFor } from "./client-voice.ts";
import {
  type ClientWords,
  firstGeneration,
  payloadOf,
  secondGeneration,
  transferOfResults,
} from "./client-words.ts";
import { allowAnyOrigin } from "./cors.ts";
import { type Admitted, admitById, admitByKey } from "./credentials.ts";
import type { DeliveryParts } from "./delivery.ts";
import { hasAlready, openStream } from "./open-stream.ts";
import { etagOf } from "./snapshot.ts";
import { pingVoice } from "./voices.ts";

interface ClientRequest {
  Params: { env?: string; context?: string };
  Querystring: {
    withReasons?: string;
    h?: string;
    basis?: string;
    auth?: string;
    heartbeats?: string;
  };
}
type ClientAnswer = (
  request: FastifyRequest<ClientRequest>,
  reply: FastifyReply,
) => Promise<unknown>;

/** What browsers and phones ask: results for one context, of the flags marked for them. */
export const clientRoutes: FastifyPluginAsync<DeliveryParts> = async (app, parts) => {
  // A context's attributes may be named like anything, in a body as in a path.
  app.removeContentTypeParser("application/json");
  readJsonBodies(app, "application/json", "ignore");
  allowAnyOrigin(app, ["/sdk/*", "/msdk/*", "/eval/*", "/meval", "/meval/*", "/ping/*", "/mping"]);
  for (const side of ["browser", "mobile"] as const) {
    const poll = pollOf(parts, side);
    const stream = streamOf(parts, side, firstGeneration);
    const [polls, streams] =
      side === "browser" ? ["/sdk/evalx/:env", "/eval/:env"] : ["/msdk/evalx", "/meval"];
    for (const name of ["context", "user"]) {
      app.get<ClientRequest>(`${polls}/${name}s/:context`, poll);
      app.route<ClientRequest>({
        method: ["REPORT", "POST"],
        url: `${polls}/${name}`,
        handler: poll,
      });
    }
    const values = side === "browser" ? "/sdk/eval/:env" : "/msdk/eval";
    app.get<ClientRequest>(`${values}/users/:context`, valuesOf(parts, side));
    app.get<ClientRequest>(`${streams}/:context`, stream);
    app.route<ClientRequest>({ method: ["REPORT", "POST"], url: streams, handler: stream });
    app.get<ClientRequest>(side === "browser" ? "/ping/:env" : "/mping", pingOf(parts, side));
  }

  app.get<ClientRequest>("/sdk/goals/:env", async (request) => {
    await admitted(parts, "browser", request);
    return [];
  });

  // The second generation: browsers say their client-side ID in the query, phones their key in the head.
  const forms = [
    { url: "/sdk/poll/eval", answer: transferOf(parts) },
    { url: "/sdk/stream/eval", answer: streamOf(parts, undefined, secondGeneration) },
  ];
  for (const { url, answer } of forms) {
    app.get<ClientRequest>(`${url}/:context`, answer);
    app.route<ClientRequest>({ method: ["REPORT", "POST"], url, handler: answer });
  }
};

function pollOf(parts: DeliveryParts, side: ClientSide): ClientAnswer {
  return async (request, reply) => {
    const { results, snapshot } = await resultsFor(parts, side, request, reply);
    return answered(request, reply, payloadOf(results, snapshot.version));
  };
}

function transferOf(parts: DeliveryParts): ClientAnswer {
  return async (request, reply) => {
    const { results, snapshot, asking } = await resultsFor(parts, sideOf(request), request, reply);
    const { basis } = request.query;
    const at = { version: snapshot.version, state: stateFor(snapshot.id, asking), basis };
    return answered(request, reply, { events: transferOfResults(results, at) });
  };
}

function answered(request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply {
  const json = JSON.stringify(body);
  const etag = etagOf(json);
  reply.header("etag", etag);
  if (hasAlready(request, etag)) return reply.code(304).send();
  return reply.type("application/json").send(json);
}

function sideOf(request: FastifyRequest<ClientRequest>): ClientSide {
  return request.query.auth === undefined ? "mobile" : "browser";
}

/** The oldest clients read values alone. */
function valuesOf(parts: DeliveryParts, side: ClientSide): ClientAnswer {
  return async (request, reply) => {
    const { results } = await resultsFor(parts, side, request, reply);
    return Object.fromEntries([...results].map(([key, { value }]) => [key, value]));
  };
}

function streamOf(
  parts: DeliveryParts,
  givenSide: ClientSide | undefined,
  words: ClientWords,
): ClientAnswer {
  return async (request, reply) => {
    const side = givenSide ?? sideOf(request);
    const entry = await admitted(parts, side, request);
    const context = await contextOf(parts, entry, side, request);
    const { db, delivery, now } = parts;
    const snapshot = await delivery.snapshot(entry.environment.id);
    const { bigSegments } = await withBigSegments(db, snapshot, context);
    const asking = { side, context, withReasons: request.query.withReasons === "true" };
    const voice = new ClientVoice(asking, words, bigSegments);
    const heartbeats = request.query.heartbeats === "events" ? "events" : "comments";
    const start = { voice, lastId: request.query.basis, now: now(), heartbeats } as const;
    return openStream(delivery, entry, start, { request, reply });
  };
}

function pingOf(parts: DeliveryParts, side: ClientSide): ClientAnswer {
  return async (request, reply) => {
    const entry = await admitted(parts, side, request);
    const start = { voice: pingVoice, lastId: undefined, now: parts.now() };
    return openStream(parts.delivery, entry, start, { request, reply });
  };
}

async function resultsFor(
  parts: DeliveryParts,
  side: ClientSide,
  request: FastifyRequest<ClientRequest>,
  reply: FastifyReply,
) {
  const entry = await admitted(parts, side, request);
  const context = await contextOf(parts, entry, side, request);
  const snapshot = await parts.delivery.snapshot(entry.environment.id);
  const store = await withBigSegments(parts.db, snapshot, context);
  const asking = { side, context, withReasons: request.query.withReasons === "true" };
  reply.header("x-ld-envid", entry.environment.id);
  return { results: clientResults(snapshot.flags, store, asking), snapshot, asking };
}

function admitted(
  { db, now }: DeliveryParts,
  side: ClientSide,
  request: FastifyRequest<ClientRequest>,
): Promise<Admitted> {
  return side === "browser"
    ? admitById(db, request.params.env ?? request.query.auth ?? "")
    : admitByKey(db, "mobile", request, now());
}

/** The context in the path or the body; in secure mode only where the page's server vouches for it. */
async function contextOf(
  { db, now }: DeliveryParts,
  { environment }: Admitted,
  side: ClientSide,
  request: FastifyRequest<ClientRequest>,
): Promise<Context> {
  const encoded = request.params.context;
  const context = parseContext(encoded === undefined ? request.body : decoded(encoded));
  if (isContextError(context)) throw new DomainError("invalid_request", context.error);
  if (side === "browser" && environment.secure_mode === 1) {
    const keys = await listSdkKeys(db, environment, now());
    const isVouchedFor = keys.some((key) => hashOf(key, context) === request.query.h);
    if (!isVouchedFor) {
      throw new DomainError(
        "invalid_request",
        "secure mode is on, and the hash of the context is missing or wrong; make it on your server",
      );
    }
  }
  return context;
}

function hashOf(sdkKey: string, context: Context): string {
  return createHmac("sha256", sdkKey).update(context.canonicalKey).digest("hex");
}

/** Base64 of either alphabet, with padding or without. */
function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    throw new DomainError(
      "invalid_request",
      "the context in the path is not JSON in base64url; let an SDK make it",
    );
  }
}
