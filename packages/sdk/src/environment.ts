import type { CachedSet, FlagCache } from "./flag-cache.ts";
import type { ClientStatus } from "./listeners.ts";
import { type Item, parseSet } from "./source/first-generation-message.ts";
import type { FlagSource, SourceName, Trouble } from "./source/flag-source.ts";
import type { Change } from "./source/protocol.ts";
import { Store } from "./store.ts";

/** A client that uses an environment. */
export interface Follower {
  /** These items were replaced. Nobody has been told yet, so that nobody meets what was made of them. */
  onReplaced(items: readonly Item[] | "all"): void;
  onChanged(items: readonly Item[]): void;
  /** What is held came from somewhere else, or is in another state. */
  onStatus(): void;
  onTrouble(trouble: Trouble): void;
  /** What was kept from before could not be used. */
  onBrokenStart(from: SourceName, cause: unknown): void;
}

export interface EnvironmentSettings {
  /** Undefined where flags come from nowhere but the start. */
  readonly source: FlagSource | undefined;
  readonly cache?: FlagCache | undefined;
  /** Flags to begin with, as `{"flags": {…}, "segments": {…}}`. */
  readonly bootstrap?: unknown;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Called as soon as nobody may join any more. */
  readonly onClose?: () => void;
}

/** The flags of an environment as this process holds them, and how current they are. */
export class Environment {
  readonly store = new Store();
  readonly #settings: EnvironmentSettings;
  readonly #followers = new Set<Follower>();
  #source: SourceName | undefined;
  #id: string | undefined;
  #line: "none yet" | "up" | "down" = "none yet";
  #trouble: Trouble | undefined;
  #confirmedAt = Number.NaN;
  #brokenStart: { readonly from: SourceName; readonly cause: unknown } | undefined;
  /** A cache that is asked over the network. */
  #reading: Promise<void> | undefined;
  #isStarted = false;
  #closing: Promise<void> | undefined;

  constructor(settings: EnvironmentSettings) {
    this.#settings = settings;
    if (settings.bootstrap !== undefined) this.#startFromBootstrap(settings.bootstrap);
    this.#startFromCache();
  }

  /** Where what is held came from, or was last confirmed by. */
  get source(): SourceName | undefined {
    return this.#source;
  }

  /** The service's own name for the environment. */
  get id(): string | undefined {
    return this.#id;
  }

  get status(): ClientStatus {
    if (this.#closing !== undefined) return "offline";
    if (this.#line === "up") return "live";
    if (this.store.isFilled) return this.#settings.source === undefined ? "offline" : "stale";
    return this.#line === "down" || this.#settings.source === undefined
      ? "offline"
      : "initializing";
  }

  /** What is in the way of current flags. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** Milliseconds since what is held was known to be current; undefined before there is anything. */
  get ageMs(): number | undefined {
    return this.store.isFilled ? Math.max(0, this.#settings.now() - this.#confirmedAt) : undefined;
  }

  /** The first follower starts the source, and is told of all that comes of it. */
  join(follower: Follower): void {
    this.#followers.add(follower);
    const broken = this.#brokenStart;
    if (broken !== undefined) follower.onBrokenStart(broken.from, broken.cause);
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#settings.source?.start({
      held: () => this.store,
      onChange: (change, from) => this.#change(change, from),
      onCurrent: (from) => this.#confirm(from),
      onTrouble: (trouble) => this.#lose(trouble),
      onEnvironmentId: (id) => {
        this.#id = id;
      },
    });
  }

  /** The last follower to leave closes the source. */
  async leave(follower: Follower): Promise<void> {
    this.#followers.delete(follower);
    if (this.#followers.size > 0) return;
    this.#closing ??= this.#close();
    await this.#closing;
  }

  async #close(): Promise<void> {
    this.#settings.onClose?.();
    await Promise.all([this.#settings.source?.close(), this.#settings.cache?.close()]);
    await this.#reading;
  }

  #change(change: Change, from: SourceName): void {
    const wasFilled = this.store.isFilled;
    const items = this.store.apply(change);
    const replaced = change.kind === "whole" ? "all" : items;
    for (const follower of this.#followers) follower.onReplaced(replaced);
    this.#confirm(from);
    if (items.length > 0 || !wasFilled) this.#keep(replaced);
    if (items.length === 0) return;
    for (const follower of this.#followers) follower.onChanged(items);
  }

  /** A source that has nothing new at its first word has what was held before. */
  #confirm(from: SourceName): void {
    if (!this.store.isFilled) return;
    this.#confirmedAt = this.#settings.now();
    const isNews = this.#line !== "up" || this.#source !== from;
    this.#line = "up";
    this.#source = from;
    this.#trouble = undefined;
    if (isNews) for (const follower of this.#followers) follower.onStatus();
  }

  #lose(trouble: Trouble): void {
    const isNews = this.#line !== "down";
    this.#line = "down";
    this.#trouble = trouble;
    for (const follower of this.#followers) {
      if (isNews) follower.onStatus();
      follower.onTrouble(trouble);
    }
  }

  #keep(changed: readonly Item[] | "all"): void {
    const whole = (): CachedSet => ({
      data: JSON.stringify(this.store.contents()),
      id: this.store.state,
      savedAt: Date.now(),
    });
    this.#settings.cache?.keep(whole, changed);
  }

  #startFromBootstrap(set: unknown): void {
    // The set is the app's own, and the store's is altered on the way.
    this.#begin("bootstrap", () => ({
      items: parseSet(structuredClone(set)),
      state: undefined,
      ageMs: 0,
    }));
  }

  #startFromCache(): void {
    const kept = this.#settings.cache?.read();
    if (kept instanceof Promise) this.#reading = this.#startFromSlowCache(kept);
    else if (kept !== undefined) this.#takeCached(kept);
  }

  /** What the source brought meanwhile is newer. */
  async #startFromSlowCache(reading: Promise<CachedSet | undefined>): Promise<void> {
    const kept = await reading;
    if (kept === undefined || this.store.isFilled || this.#closing !== undefined) return;
    this.#takeCached(kept);
    for (const follower of this.#followers) {
      follower.onReplaced("all");
      follower.onStatus();
    }
  }

  #takeCached({ data, id, savedAt }: CachedSet): void {
    this.#begin(this.#settings.cache?.name ?? "cache", () => ({
      items: parseSet(JSON.parse(data)),
      state: id,
      ageMs: Date.now() - savedAt,
    }));
  }

  #begin(
    from: SourceName,
    read: () => { items: readonly Item[]; state: string | undefined; ageMs: number },
  ): void {
    try {
      const { items, state, ageMs } = read();
      this.store.apply({ kind: "whole", items, state });
      this.#confirmedAt = this.#settings.now() - Math.max(0, ageMs);
      this.#source = from;
    } catch (cause) {
      this.#brokenStart = { from, cause };
    }
  }
}
