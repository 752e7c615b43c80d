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
    const { code, message, didYouMean, retryAfterSeconds } = error;
    if (retryAfterSeconds !== undefined) reply.header("retry-after", retryAfterSeconds);
    return answer(request, reply, { code, message, didYouMean });
  }
  if (error.statusCode === 413) {
    const message = `the body is larger than ${request.routeOptions.bodyLimit} bytes; send less at once`;
    return answer(request, reply, { code: "payload_too_large", message });
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    const problems = error.validation?.map(({ instancePath, message }) => ({
      pointer: instancePath,
      message: message ?? "it does not fit",
    }));
    return answer(request, reply, { code: "invalid_request", message: wordsOf(error), problems });
  }
  request.log.error(error);
  const message = `something failed on our side; the server's log has it under request ${request.id}`;
  return answer(request, reply, { code: "internal_error", message });
}

/** What is answered where no route is; a path that is known by other methods names them. */
export function notFoundHandler(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): FastifyReply {
  const [path = ""] = request.url.split("?");
  if (methods.length > 0) {
    reply.header("allow", methods.join(", "));
    const message = `${path} knows no ${request.method}; use ${methods.join(", ")}`;
    return answer(request, reply, { code: "method_not_allowed", message });
  }
  const message = `there is no ${request.method} ${path}; see the REST API's paths at /api/docs`;
  return answer(request, reply, { code: "not_found", message });
}

interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly didYouMean?: string | undefined;
  /** Where in the body, the query or the path it is wrong. */
  readonly problems?: readonly { readonly pointer: string; readonly message: string }[] | undefined;
}

const problemJson = "application/problem+json";

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, message, didYouMean, problems }: Problem,
): FastifyReply {
  const status = statusOfError[code];
  const { id } = request;
  // Nobody has to have come through a hook: a path that cannot be read is answered before any runs.
  reply.code(status).header("x-request-id", id);
  // As text, because the schemas of a route's responses speak of other media types.
  const send = (type: string, body: object) => reply.type(type).send(JSON.stringify(body));
  if (request.headers.accept?.includes(problemJson) !== true)
    return send("application/json; charset=utf-8", { code, message, id });
  // RFC 9457; `code` and what follows are its extension members.
  return send(problemJson, {
    type: `/api/docs#${code}`,
    title: code.replaceAll("_", " "),
    status,
    detail: message,
    instance: id,
    code,
    ...(problems === undefined ? {} : { errors: problems }),
    ...(didYouMean === undefined ? {} : { didYouMean }),
  });
}

function wordsOf(error: FastifyError): string {
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return "the body is of a type that is not read here; send application/json";
  if (error.code?.startsWith("FST_ERR_CTP") === true || error instanceof SyntaxError) {
    return `the body is not JSON: ${error.message}`;
  }
  return error.message;
}
