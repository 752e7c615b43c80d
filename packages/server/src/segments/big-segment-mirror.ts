import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import type { Feed } from "../changes/feed.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { listProjects } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { type BigSegmentMember, listMembers } from "./big-segment-queries.ts";

const paceMs = 15_000;

/**
 * Keeps who is in big segments in Redis, where SDKs on servers look it up. Each environment has a
 * prefix of its own, `halyard:CLIENT_SIDE_ID`. While Redis cannot be written, its time of last
 * synchronisation stands still, so that SDKs know their answers to be stale.
 */
export class BigSegmentMirror {
  readonly #db: Db;
  readonly #redis: Redis;
  readonly #onError: (error: unknown) => void;
  readonly #endings: (() => void)[];
  #turn: Promise<void> = Promise.resolve();

  constructor({ db, feed, url, onError }: MirrorParts) {
    this.#db = db;
    this.#onError = onError;
    this.#redis = new Redis(url, { maxRetriesPerRequest: 1, lazyConnect: true });
    this.#redis.on("error", onError);
    const again = setInterval(() => void this.#later(() => this.#mirrorAll()), paceMs);
    again.unref();
    this.#endings = [
      feed.onMembership((id) => this.#later(() => this.#mirror(id))),
      feed.onChange(({ environmentId, items }) => {
        const isOfSegments = items.some(({ kind }) => kind === "segment");
        if (isOfSegments) void this.#later(() => this.#mirror(environmentId));
      }),
      feed.onEnvironmentEnd((id) => void this.#later(() => this.#forget(id))),
      () => clearInterval(again),
    ];
    void this.#later(() => this.#mirrorAll());
  }

  async close(): Promise<void> {
    for (const end of this.#endings) end();
    await this.#turn;
    this.#redis.disconnect();
  }

  /** One after another, so that an older state never overtakes a newer one. */
  #later(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch(this.#onError);
    return this.#turn;
  }

  async #mirrorAll(): Promise<void> {
    for (const project of await listProjects(this.#db)) {
      for (const { id } of await listEnvironments(this.#db, project.id)) await this.#mirror(id);
    }
  }

  async #mirror(environmentId: string): Promise<void> {
    const prefix = prefixOf(environmentId);
    const wanted = setsOf(prefix, await listMembers(this.#db, environmentId));
    for (const name of await this.#setNames(prefix)) {
      if (!wanted.has(name)) await this.#redis.del(name);
    }
    for (const [name, segments] of wanted) {
      await this.#redis
        .multi()
        .del(name)
        .sadd(name, ...segments)
        .exec();
    }
    await this.#redis.set(synchronizationOf(prefix), Date.now());
  }

  async #forget(environmentId: string): Promise<void> {
    const prefix = prefixOf(environmentId);
    const names = [...(await this.#setNames(prefix)), synchronizationOf(prefix)];
    for (const name of names) await this.#redis.del(name);
  }

  async #setNames(prefix: string): Promise<readonly string[]> {
    const names: string[] = [];
    const scan = this.#redis.scanStream({ match: `${prefix}:big_segment_*clude:*`, count: 1000 });
    for await (const found of scan as AsyncIterable<string[]>) names.push(...found);
    return names;
  }
}

export interface MirrorParts {
  readonly db: Db;
  readonly feed: Feed;
  readonly url: string;
  readonly onError: (error: unknown) => void;
}

function prefixOf(environmentId: string): string {
  return `halyard:${environmentId}`;
}

function synchronizationOf(prefix: string): string {
  return `${prefix}:big_segments_synchronized_on`;
}

/** The sets of segments by the hash of a context's key, which is all that Redis learns of it. */
function setsOf(
  prefix: string,
  members: readonly BigSegmentMember[],
): ReadonlyMap<string, readonly string[]> {
  const sets = new Map<string, string[]>();
  for (const { contextKey, segmentKey, generation, isIncluded, isExcluded } of members) {
    const hash = createHash("sha256").update(contextKey).digest("base64");
    const lists = [...(isIncluded ? ["include"] : []), ...(isExcluded ? ["exclude"] : [])];
    for (const list of lists) {
      const name = `${prefix}:big_segment_${list}:${hash}`;
      sets.set(name, [...(sets.get(name) ?? []), `${segmentKey}.g${generation}`]);
    }
  }
  return sets;
}
