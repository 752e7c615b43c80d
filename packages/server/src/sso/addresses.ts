import type { FastifyRequest } from "fastify";

/** Where the provider sends the browser back to: it knows this address, and refuses any other. */
export function callbackOf(request: FastifyRequest, baseUrl: string | undefined): string {
  return ownAddress(request, baseUrl, "/api/sso/callback");
}

/** Where the provider sends the browser after the sign-out. */
export function signInPageOf(request: FastifyRequest, baseUrl: string | undefined): string {
  return ownAddress(request, baseUrl, "/login");
}

/** Where a directory finds SCIM. */
export function scimOf(request: FastifyRequest, baseUrl: string | undefined): string {
  return ownAddress(request, baseUrl, "/scim/v2");
}

function ownAddress(request: FastifyRequest, baseUrl: string | undefined, path: string): string {
  const origin = baseUrl ?? `${request.protocol}://${request.host}`;
  // As URLs are written normally, without a usual port: the provider compares texts.
  return new URL(`${origin}${path}`).href;
}
