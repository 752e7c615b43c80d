import type { FastifyInstance, FastifyRequest } from "fastify";
import { isMistyped } from "../environments/environment-key.ts";
import {
  type Environment,
  findEnvironmentById,
  findEnvironmentByKey,
} from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Db } from "../storage/database.ts";
import { nameAndVersion } from "./connected-sdks.ts";
import { originOf } from "./stream-origin.ts";

const keptMs = 15 * 60_000;
const kept = 200;
/** Who is turned away a thousand times a second shall not cost a thousand look-ups. */
const perSecond = 20;

/** What was wrong with the key. */
export const connectProblems = ["noKey", "mistyped", "wrongKind", "expired", "unknown"] as const;

/** An SDK that was turned away, without anything that would open a door. */
export interface FailedConnect {
  /** Unix milliseconds. */
  readonly at: number;
  readonly path: string;
  readonly problem: (typeof connectProblems)[number];
  /** What the SDK was told. */
  readonly message: string;
  readonly name: string;
  readonly version?: string;
  readonly address: string;
  /** Whose key it came with, where that is known. */
  readonly environment?: Pick<Environment, "id" | "key" | "project_id">;
}

/** The SDKs that were turned away in the last minutes, for whoever wonders why nothing arrives. */
export class FailedConnects {
  readonly #db: Db;
  readonly #now: () => number;
  readonly #found: FailedConnect[] = [];
  #second = 0;
  #countInSecond = 0;

  constructor({ db, now }: { db: Db; now: () => number }) {
    this.#db = db;
    this.#now = now;
  }

  /** Notes whoever the routes of the app turn away for their key. */
  watch(app: FastifyInstance): void {
    app.addHook("onError", async (request, _reply, error: Error) => {
      if (!(error instanceof DomainError) || !this.#hasRoom()) return;
      const isAboutKey =
        error.code === "unauthorized" || (error.code === "not_found" && "env" in paramsOf(request));
      if (isAboutKey) await this.#note(request, error.message);
    });
  }

  /** Newest first. */
  list(): readonly FailedConnect[] {
    const since = this.#now() - keptMs;
    return this.#found.filter(({ at }) => at >= since).reverse();
  }

  async #note(request: FastifyRequest, message: string): Promise<void> {
    const at = this.#now();
    const key = keyIn(request);
    const { sdk, address } = originOf(request, "");
    const found = key === "" ? undefined : await this.#ownerOf(key);
    const environment = found && {
      id: found.id,
      key: found.key,
      project_id: found.project_id,
    };
    this.#found.push({
      at,
      path: request.routeOptions.url ?? "",
      problem: await this.#problemOf(key, found),
      message,
      ...nameAndVersion(sdk),
      address,
      ...(environment === undefined ? {} : { environment }),
    });
    if (this.#found.length > kept) this.#found.shift();
  }

  /** The environment of a key of whatever kind, also of one that has expired. */
  async #ownerOf(key: string): Promise<Environment | undefined> {
    for (const kind of ["sdk", "mobile"] as const) {
      const found = await findEnvironmentByKey(this.#db, { kind, secret: key, now: 0 });
      if (found !== undefined) return found.environment;
    }
    return findEnvironmentById(this.#db, key);
  }

  async #problemOf(key: string, owner: Environment | undefined): Promise<FailedConnect["problem"]> {
    if (key === "") return "noKey";
    if (owner === undefined) return isMistyped(key) ? "mistyped" : "unknown";
    if (owner.id === key) return "wrongKind";
    for (const kind of ["sdk", "mobile"] as const) {
      const asked = { kind, secret: key, now: this.#now() };
      if ((await findEnvironmentByKey(this.#db, asked)) !== undefined) return "wrongKind";
    }
    return "expired";
  }

  #hasRoom(): boolean {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) this.#countInSecond = 0;
    this.#second = second;
    this.#countInSecond += 1;
    return this.#countInSecond <= perSecond;
  }
}

function keyIn(request: FastifyRequest): string {
  const params = paramsOf(request);
  if ("env" in params) return String(params.env);
  return (request.headers.authorization ?? "").replace(/^api_key /u, "");
}

function paramsOf({ params }: FastifyRequest): object {
  return typeof params === "object" && params !== null ? params : {};
}
