import type { CachedSet, FlagCache } from "../flag-cache.ts";
import type { Item } from "../source/first-generation-message.ts";
import {
  RedisLayout,
  type RedisOptions,
  readSet,
  redis,
  type SendToRedis,
} from "./redis-layout.ts";

/**
 * Keeps flags in Redis as LaunchDarkly's SDKs do: a process that starts while the server is down
 * begins with what any process wrote there.
 */
export function redisCache(send: SendToRedis, options: RedisOptions = {}): FlagCache {
  return new RedisCache(send, new RedisLayout(options));
}

/** Scripts run as a whole: nobody meets half a set, and an older item never replaces a newer one. */
const replaceAll = `
redis.call("DEL", KEYS[1], KEYS[2])
for at = 1, #ARGV, 3 do redis.call("HSET", KEYS[tonumber(ARGV[at])], ARGV[at + 1], ARGV[at + 2]) end
redis.call("SET", KEYS[3], "")`;
const replaceOlder = `
local held = redis.call("HGET", KEYS[1], ARGV[1])
if held and cjson.decode(held).version >= tonumber(ARGV[2]) then return 0 end
redis.call("HSET", KEYS[1], ARGV[1], ARGV[3])
return 1`;

/** How long after a write that failed everything is written anew. */
const retryAfterMs = 1_000;

class RedisCache implements FlagCache {
  readonly name = redis;
  readonly #send: SendToRedis;
  readonly #layout: RedisLayout;
  #writing: Promise<void> = Promise.resolve();
  /** Everything there is now; undefined before anything was to be kept. */
  #whole: (() => CachedSet) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;
  #onTrouble: ((cause: unknown) => void) | undefined;

  constructor(send: SendToRedis, layout: RedisLayout) {
    this.#send = send;
    this.#layout = layout;
  }

  listen(onTrouble: (cause: unknown) => void): void {
    this.#onTrouble = onTrouble;
  }

  async read(): Promise<CachedSet | undefined> {
    try {
      const data = await readSet(this.#send, this.#layout);
      return data === undefined ? undefined : { data, id: undefined, savedAt: 0 };
    } catch (cause) {
      this.#onTrouble?.(cause);
      return undefined;
    }
  }

  keep(whole: () => CachedSet, changed: readonly Item[] | "all"): void {
    this.#whole = whole;
    this.#enqueue(changed);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#writing;
  }

  #enqueue(changed: readonly Item[] | "all"): void {
    this.#writing = this.#writing
      .then(() => (changed === "all" ? this.#writeWhole() : this.#write(changed)))
      .catch((cause: unknown) => {
        this.#onTrouble?.(cause);
        clearTimeout(this.#retry);
        if (this.#isClosed) return;
        this.#retry = setTimeout(() => this.#enqueue("all"), retryAfterMs).unref();
      });
  }

  async #writeWhole(): Promise<void> {
    if (this.#whole !== undefined) await this.#writeAll(this.#whole().data);
  }

  async #writeAll(data: string): Promise<void> {
    const { flags, segments } = JSON.parse(data) as Record<"flags" | "segments", object>;
    const args = [flags, segments].flatMap((items, at) =>
      Object.entries(items).flatMap(([key, item]) => [String(at + 1), key, JSON.stringify(item)]),
    );
    const { initialized } = this.#layout;
    const keys = [this.#layout.items("flag"), this.#layout.items("segment"), initialized];
    await this.#send(["EVAL", replaceAll, "3", ...keys, ...args]);
  }

  async #write(items: readonly Item[]): Promise<void> {
    for (const { kind, key, body } of items) {
      const args = [key, String(body.version), JSON.stringify(body)];
      await this.#send(["EVAL", replaceOlder, "1", this.#layout.items(kind), ...args]);
    }
  }
}
