import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { DomainError, statusOfError } from "../errors.ts";

type ScimType = "invalidFilter" | "invalidPath" | "invalidValue" | "uniqueness";

export const scimJson = "application/scim+json; charset=utf-8";

/** An error that SCIM has a word of its own for. */
export class ScimError extends DomainError {
  readonly scimType: ScimType;

  constructor(scimType: ScimType, message: string) {
    super(scimType === "uniqueness" ? "conflict" : "invalid_request", message);
    this.scimType = scimType;
  }
}

/** Answers errors as RFC 7644, section 3.12, has them. */
export function scimErrorHandler(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const isOurs = error instanceof DomainError;
  const status = isOurs ? statusOfError[error.code] : (error.statusCode ?? 500);
  if (status >= 500) request.log.error(error);
  const detail =
    status >= 500
      ? `something failed on our side; the server's log has it under request ${request.id}`
      : error.message;
  const kind = error instanceof ScimError ? { scimType: error.scimType } : conflictKind(status);
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
  const body = { schemas, status: String(status), detail, ...kind };
  return reply.code(status).type(scimJson).send(JSON.stringify(body));
}

function conflictKind(status: number): object {
  return status === 409 ? { scimType: "uniqueness" } : {};
}
