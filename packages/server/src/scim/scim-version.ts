import type { FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";

interface Versioned {
  readonly meta: { readonly version: string };
}

/** Answers a resource with its version as the ETag, or with 304 where the client has it. */
export function sayVersion<R extends Versioned>(
  { method, headers }: Pick<FastifyRequest, "method" | "headers">,
  reply: FastifyReply,
  resource: R,
): R | FastifyReply {
  reply.header("etag", resource.meta.version);
  const isKnown = method === "GET" && headers["if-none-match"] === resource.meta.version;
  return isKnown ? reply.code(304).send() : resource;
}

/** Ends a write whose If-Match names another version. */
export function refuseOther({ headers }: Pick<FastifyRequest, "headers">, version: string): void {
  const wanted = headers["if-match"];
  if (wanted === undefined || wanted === "*" || wanted === version) return;
  throw new DomainError(
    "precondition_failed",
    `it has changed since you read it: it is ${version} now; read it again and decide anew`,
  );
}
