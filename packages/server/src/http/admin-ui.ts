import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { notFoundHandler } from "./error-handler.ts";
import type { MethodsOfPath } from "./route-methods.ts";

const adminUi = fileURLToPath(new URL("../../../admin-ui/dist", import.meta.url));

/** Nothing runs in a page, and nothing is asked for, but what this server serves. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

function setHeaders(reply: FastifyReply, file: string): void {
  reply.header("x-content-type-options", "nosniff");
  // The names of these carry their content's hash.
  if (/[\\/]assets[\\/]/u.test(file))
    reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("vary", "accept-encoding");
  // These keep their names, and change with a new version of the server.
  else if (/[\\/](?:theme\.js|favicon\.svg)$/u.test(file))
    reply.header("cache-control", "public, max-age=3600");
  if (!file.endsWith(".html")) return;
  reply.header("content-security-policy", contentSecurityPolicy);
  reply.header("referrer-policy", "same-origin");
}

/** The UI's own paths all get its one page; it finds the way from there. */
export function serveAdminUi(app: FastifyInstance, methodsOf: MethodsOfPath): void {
  const isBuilt = existsSync(path.join(adminUi, "index.html"));
  if (isBuilt)
    app.register(fastifyStatic, {
      root: adminUi,
      wildcard: false,
      // Beside each asset lies what it is compressed, which nobody asks for by its name.
      preCompressed: true,
      globIgnore: ["**/*.br", "**/*.gz"],
      setHeaders,
    });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && !/^\/(api|scim|sdk|assets)\//u.test(request.url);
    const [requested = ""] = request.url.split("?");
    if (!isPage) return notFoundHandler(request, reply, methodsOf(requested));
    if (isBuilt) return reply.sendFile("index.html");
    return reply
      .code(503)
      .type("text/plain")
      .send("The admin UI is not built. Start with: npm start\n");
  });
}
