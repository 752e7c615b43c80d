import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { DomainError, statusOfError } from "../errors.ts";
import { errorHandler } from "../http/error-handler.ts";

/** Answers a browser with a page that says why somebody was not let in, and anything else as ever. */
export function refusalPage(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const isBrowser = request.headers.accept?.includes("text/html") === true;
  if (!isBrowser || !(error instanceof DomainError)) return errorHandler(error, request, reply);
  if (error.cause !== undefined) request.log.error(error);
  return reply
    .code(statusOfError[error.code])
    .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
    .type("text/html; charset=utf-8")
    .send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Not signed in</title>
<h1>Not signed in</h1><p>${escaped(error.message)}</p><p><a href="/login">Sign in again</a></p></html>`);
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
