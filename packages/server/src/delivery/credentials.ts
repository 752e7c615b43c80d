import type { FastifyRequest } from "fastify";
import { isMistyped } from "../environments/environment-key.ts";
import {
  type Environment,
  findEnvironmentById,
  findEnvironmentByKey,
} from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";

/** A way in for SDKs: each is opened by keys of its own kind. */
export type Door = "server" | "mobile";

export interface Admitted {
  readonly environment: Environment;
  /** What opened the door. */
  readonly credential: string;
  /** When it will open it no more, in Unix milliseconds. */
  readonly expiresAt?: number;
}

/** The environment whose key the request carries. */
export async function admitByKey(
  db: Db,
  door: Door,
  { headers }: Pick<FastifyRequest, "headers">,
  now: number,
): Promise<Admitted> {
  const key = (headers.authorization ?? "").replace(/^api_key /u, "");
  if (key === "") {
    const wanted = door === "server" ? "SDK key" : "mobile key";
    throw new DomainError(
      "unauthorized",
      `send the environment's ${wanted} in the Authorization header`,
    );
  }
  const kind = door === "server" ? "sdk" : "mobile";
  const found = await findEnvironmentByKey(db, { kind, secret: key, now });
  if (found === undefined) throw new DomainError("unauthorized", adviceFor(key, door));
  const { environment, expiresAt } = found;
  return { environment, credential: key, ...(expiresAt === null ? {} : { expiresAt }) };
}

/** The environment of a client-side ID. */
export async function admitById(db: Db, id: string): Promise<Admitted> {
  const environment = await findEnvironmentById(db, id);
  if (environment !== undefined) return { environment, credential: id };
  throw new DomainError(
    "not_found",
    "the client-side ID is not known here; copy it from Keys & SDKs",
  );
}

function adviceFor(key: string, door: Door): string {
  if (isMistyped(key)) return "a character of the key is wrong or missing; copy it again";
  const wanted = door === "server" ? "the environment's SDK key" : "the environment's mobile key";
  if (key.startsWith("mob-") && door === "server")
    return `a mobile key is for client-side SDKs; use ${wanted}`;
  if (key.startsWith("sdk-") && door === "mobile")
    return `an SDK key is for servers and stays secret; use ${wanted}`;
  if (/^[0-9a-f]{24}$/u.test(key)) return `a client-side ID is for browsers; use ${wanted}`;
  return `the key is not known here, or holds no more; copy ${wanted} from Keys & SDKs`;
}
