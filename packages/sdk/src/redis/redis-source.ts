import { parseSet } from "../source/first-generation-message.ts";
import type { FlagSource, SourceListener } from "../source/flag-source.ts";
import {
  RedisLayout,
  type RedisOptions,
  readSet,
  redis,
  type SendToRedis,
} from "./redis-layout.ts";

/** Where in Redis flags are looked for, and how often. */
export interface RedisSourceOptions extends RedisOptions {
  /** Milliseconds between two looks; 15,000 unless given. */
  readonly pollIntervalMs?: number;
  /** False takes what there is before a full set was written, and an empty Redis for no flags. */
  readonly waitsForFullSet?: boolean;
}

/** Flags that another process keeps in Redis, such as a relay or an SDK with {@link redisCache}. */
export function redisSource(send: SendToRedis, options: RedisSourceOptions = {}): FlagSource {
  return new RedisSource(send, options);
}

class RedisSource implements FlagSource {
  readonly #send: SendToRedis;
  readonly #layout: RedisLayout;
  readonly #pollIntervalMs: number;
  readonly #waitsForFullSet: boolean;
  #listener: SourceListener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last: string | undefined;
  #look: Promise<void> = Promise.resolve();

  constructor(send: SendToRedis, options: RedisSourceOptions) {
    this.#send = send;
    this.#layout = new RedisLayout(options);
    this.#pollIntervalMs = options.pollIntervalMs ?? 15_000;
    this.#waitsForFullSet = options.waitsForFullSet ?? true;
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    this.#look = this.#lookAgain();
  }

  async close(): Promise<void> {
    this.#listener = undefined;
    clearTimeout(this.#timer);
    await this.#look;
  }

  async #lookAgain(): Promise<void> {
    try {
      this.#take(await readSet(this.#send, this.#layout, this.#waitsForFullSet));
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      this.#trouble(error);
    }
    if (this.#listener === undefined) return;
    this.#timer = setTimeout(() => {
      this.#look = this.#lookAgain();
    }, this.#pollIntervalMs).unref();
  }

  #take(text: string | undefined): void {
    if (text === undefined) {
      this.#trouble(new Error(`Redis holds no flags yet: there is no ${this.#layout.initialized}`));
    } else if (text === this.#last) {
      this.#listener?.onCurrent(redis);
    } else {
      const items = parseSet(JSON.parse(text));
      this.#last = text;
      this.#listener?.onChange({ kind: "whole", items, state: undefined }, redis);
    }
  }

  #trouble(error: Error): void {
    this.#listener?.onTrouble({ error, isRefused: false, retryInMs: this.#pollIntervalMs });
  }
}
