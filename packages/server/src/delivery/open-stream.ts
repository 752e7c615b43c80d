import type { FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
import type { Admitted } from "./credentials.ts";
import type { Delivery } from "./delivery.ts";
import { EventSocket } from "./event-socket.ts";
import type { PayloadFilter } from "./payload-filter.ts";
import { type Heartbeats, Stream } from "./stream.ts";
import { originOf } from "./stream-origin.ts";
import type { Voice } from "./voices.ts";

const longestWaitSeconds = 30;

export interface StreamStart {
  readonly voice: Voice;
  readonly lastId: string | undefined;
  readonly filter?: PayloadFilter | undefined;
  readonly now: number;
  readonly heartbeats?: Heartbeats;
}

/** Turns a request into an open stream. */
export async function openStream(
  delivery: Delivery,
  { environment, credential, expiresAt }: Admitted,
  { voice, lastId, filter, now, heartbeats = "comments" }: StreamStart,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  if (!delivery.admits()) {
    reply.header("retry-after", String(1 + Math.floor(Math.random() * longestWaitSeconds)));
    throw new DomainError(
      "unavailable",
      "too many streams begin just now; come back a little later",
    );
  }
  // Loaded before the answer begins: what fails until here can still be answered with a status.
  await delivery.snapshot(environment.id, filter);
  reply.header("x-ld-envid", environment.id);
  reply.hijack();
  const socket = new EventSocket(request.raw, reply.raw, reply.getHeaders());
  const stream = new Stream(socket, {
    voice,
    origin: originOf(request, credential),
    now,
    heartbeats,
  });
  if (expiresAt !== undefined) stream.closeBy(expiresAt);
  await delivery.open(environment.id, stream, { lastId, filter });
  return reply;
}

/** What a client that comes back says it last heard. */
export function lastIdOf({ headers }: FastifyRequest): string | undefined {
  const lastId = headers["last-event-id"];
  return typeof lastId === "string" ? lastId : undefined;
}

/** Whether the client has what an ETag names. */
export function hasAlready({ headers }: FastifyRequest, etag: string): boolean {
  const known = (headers["if-none-match"] ?? "").split(",").map((one) => one.trim());
  return known.some((one) => one === "*" || one.replace(/^W\//u, "") === etag);
}
