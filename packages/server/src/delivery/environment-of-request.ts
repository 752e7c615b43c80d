import type { FastifyRequest } from "fastify";
import { isMistyped } from "../environments/environment-key.ts";
import { type Environment, findEnvironmentBySdkKey } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";

/** The environment whose SDK key the request carries. */
export async function environmentOf(
  db: Db,
  { headers }: Pick<FastifyRequest, "headers">,
): Promise<Environment> {
  const key = (headers.authorization ?? "").replace(/^api_key /u, "");
  if (key === "")
    throw new DomainError(
      "unauthorized",
      "send the environment's SDK key in the Authorization header",
    );
  const environment = await findEnvironmentBySdkKey(db, key);
  if (environment !== undefined) return environment;
  throw new DomainError("unauthorized", adviceFor(key));
}

function adviceFor(key: string): string {
  if (isMistyped(key)) return "a character of the key is wrong or missing; copy it again";
  if (key.startsWith("mob-"))
    return "a mobile key is for client-side SDKs; use the environment's SDK key";
  if (/^[0-9a-f]{24}$/u.test(key))
    return "a client-side ID is for browsers; use the environment's SDK key";
  return "the SDK key is not known here; copy it from Keys & SDKs";
}
