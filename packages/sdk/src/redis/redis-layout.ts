import type { SourceName } from "../source/flag-source.ts";

/**
 * Sends one command to Redis, by whatever library the app has.
 *
 * @example
 * const redis = createClient(); // node-redis
 * const send = (command) => redis.sendCommand(command);
 * @example
 * const redis = new Redis(); // ioredis
 * const send = ([name, ...rest]) => redis.call(name, ...rest);
 */
export type SendToRedis = (command: [string, ...string[]]) => Promise<unknown>;

/** Where in Redis flags are kept. */
export interface RedisOptions {
  /** What the keys begin with; `launchdarkly` unless given, as in LaunchDarkly's SDKs. */
  readonly prefix?: string;
}

/** The names under which LaunchDarkly's SDKs keep flags, so that they and this one share them. */
export class RedisLayout {
  readonly #prefix: string;

  constructor({ prefix = "launchdarkly" }: RedisOptions) {
    this.#prefix = prefix;
  }

  /** A hash of flags or segments as JSON, by their keys. */
  items(kind: "flag" | "segment"): string {
    return `${this.#prefix}:${kind === "flag" ? "features" : "segments"}`;
  }

  /** Present once a full set was written. */
  get initialized(): string {
    return `${this.#prefix}:$inited`;
  }

  /** The Unix milliseconds at which big segments were last in step. */
  get bigSegmentsSynchronizedOn(): string {
    return `${this.#prefix}:big_segments_synchronized_on`;
  }

  /** A set of `SEGMENT.gGENERATION`. */
  bigSegments(list: "include" | "exclude", contextHash: string): string {
    return `${this.#prefix}:big_segment_${list}:${contextHash}`;
  }
}

export const redis: SourceName = "redis";

/** Everything in both hashes as one document; undefined where nobody has written a full set yet. */
export async function readSet(
  send: SendToRedis,
  layout: RedisLayout,
  mustBeFull = true,
): Promise<string | undefined> {
  const [initialized, flags, segments] = await Promise.all([
    send(["EXISTS", layout.initialized]),
    send(["HGETALL", layout.items("flag")]),
    send(["HGETALL", layout.items("segment")]),
  ]);
  if (mustBeFull && Number(initialized) === 0) return undefined;
  return `{"flags":${objectOf(flags)},"segments":${objectOf(segments)}}`;
}

/** A hash as JSON, whose values are JSON themselves. */
function objectOf(hash: unknown): string {
  const members = entriesOf(hash).map(([key, text]) => `${JSON.stringify(key)}:${text}`);
  return `{${members.join(",")}}`;
}

/** Libraries give a hash as a flat list, or as an object or a map. */
function entriesOf(hash: unknown): [string, string][] {
  if (Array.isArray(hash)) {
    return hash.flatMap((key, at): [string, string][] =>
      at % 2 === 0 ? [[String(key), String(hash[at + 1])]] : [],
    );
  }
  if (hash instanceof Map) return [...hash].map(([key, text]) => [String(key), String(text)]);
  if (typeof hash !== "object" || hash === null) return [];
  return Object.entries(hash).map(([key, text]) => [key, String(text)]);
}
