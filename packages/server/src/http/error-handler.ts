import { randomUUID } from "node:crypto";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { DomainError, type ErrorCode, statusOfError } from "../errors.ts";

/** The only place where an error becomes an HTTP answer. */
export function errorHandler(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof DomainError) {
    if (error.cause !== undefined) request.log.error(error);
    return answer(reply, error.code, error.message);
  }
  if (error.statusCode === 413) {
    return answer(
      reply,
      "payload_too_large",
      `the body is larger than ${request.routeOptions.bodyLimit} bytes; send less at once`,
    );
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return answer(reply, "invalid_request", wordsOf(error));
  }
  request.log.error(error);
  return answer(
    reply,
    "internal_error",
    `something failed on our side; the server's log has it under request ${request.id}`,
  );
}

export function notFoundHandler(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answer(
    reply,
    "not_found",
    `there is no ${request.method} ${request.url.split("?")[0]}; see the REST API's paths`,
  );
}

function answer(reply: FastifyReply, code: ErrorCode, message: string): FastifyReply {
  return reply.code(statusOfError[code]).send({ code, message, id: randomUUID() });
}

function wordsOf(error: FastifyError): string {
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return "the body is of a type that is not read here; send application/json";
  if (error.code?.startsWith("FST_ERR_CTP") === true || error instanceof SyntaxError) {
    return `the body is not JSON: ${error.message}`;
  }
  return error.message;
}
