import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";

/**
 * Answers one resource with its ETag, or with 304 where the client has it. `whole` is the
 * representation that writes are compared by, where a query made `shown` another one.
 */
export function answerWithEtag<Shown extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  { shown, whole = shown }: { shown: Shown; whole?: object },
): Shown | FastifyReply {
  const tag = shown === whole ? digestOf(whole) : `${digestOf(whole)}-${digestOf(shown)}`;
  reply.header("etag", `"${tag}"`);
  const known = request.headers["if-none-match"];
  if (known === undefined || !(known === "*" || tagsIn(known).includes(tag))) return shown;
  return reply.code(304).send();
}

/**
 * Ends a write whose `If-Match` names a state that is over. To be called in the write's transaction:
 * between a look outside and the write another one would fit.
 */
export async function refuseStale(
  request: Pick<FastifyRequest, "headers">,
  current: () => object | Promise<object>,
): Promise<void> {
  const wanted = request.headers["if-match"];
  if (wanted === undefined || wanted === "*") return;
  const digest = digestOf(await current());
  if (tagsIn(wanted).some((tag) => tag.split("-")[0] === digest)) return;
  throw new DomainError(
    "precondition_failed",
    `it has changed since you read it: If-Match names ${wanted}, it is "${digest}" now; read it again and decide anew`,
  );
}

/** Proxies that compress mark a tag as weak; it stands for the same state. */
function tagsIn(header: string): readonly string[] {
  return header.split(",").map((one) => one.trim().replace(/^(W\/)?"(.*)"$/u, "$2"));
}

function digestOf(representation: object): string {
  return createHash("sha256").update(JSON.stringify(representation)).digest("hex").slice(0, 32);
}
