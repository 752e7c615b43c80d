import type { FastifyInstance } from "fastify";

/** Results and events carry no cookie, so any site's page may ask: the key in the request decides. */
const headers = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, POST, REPORT, OPTIONS",
  "access-control-allow-headers": [
    "Accept-Encoding",
    "Authorization",
    "Cache-Control",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "If-None-Match",
    "Last-Event-ID",
    "X-LaunchDarkly-Event-Schema",
    "X-LaunchDarkly-Instance-Id",
    "X-LaunchDarkly-Payload-ID",
    "X-LaunchDarkly-Tags",
    "X-LaunchDarkly-User-Agent",
    "X-LaunchDarkly-Wrapper",
  ].join(", "),
  "access-control-expose-headers": "Date, ETag, Retry-After, X-LD-EnvID, X-LD-FD-Fallback",
  "access-control-max-age": "300",
};

/** Lets pages of any origin ask the plugin's routes; `paths` are those that browsers ask about first. */
export function allowAnyOrigin(app: FastifyInstance, paths: readonly string[]): void {
  app.addHook("onRequest", async (_, reply) => {
    reply.headers(headers);
  });
  for (const path of paths) app.options(path, (_, reply) => reply.code(204).send());
}
