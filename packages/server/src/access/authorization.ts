import type { FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a route needs where its method does not tell: reading is GET, all else is writing. */
    access?: Access;
  }
}

type Access = "read" | "write" | "administer";

const accessOfRole: Readonly<Record<string, readonly Access[]>> = {
  reader: ["read"],
  writer: ["read", "write"],
  admin: ["read", "write", "administer"],
  owner: ["read", "write", "administer"],
};

/** Ends a request that the role does not allow. */
export function authorize(
  role: string,
  request: Pick<FastifyRequest, "method" | "routeOptions">,
): void {
  const needed =
    request.routeOptions.config.access ?? (request.method === "GET" ? "read" : "write");
  if (accessOfRole[role]?.includes(needed) === true) return;
  throw new DomainError(
    "forbidden",
    `the role ${role} may not ${needed} here; ask an admin for a role or an access token that may`,
  );
}
