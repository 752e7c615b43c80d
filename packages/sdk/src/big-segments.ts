import { createHash } from "node:crypto";
import type { BigSegmentsAnswer, Context } from "@halyard/evaluation";
import type { Log } from "./logger.ts";
import type { ListingStore } from "./store.ts";

/** Where memberships in big segments are looked up. */
export interface BigSegmentStore {
  /** Unix milliseconds at which the store was last in step; undefined where it never was. */
  lastUpToDate(): Promise<number | undefined>;
  /**
   * By `SEGMENT.gGENERATION` whether the context is in or out; undefined where it is in none and
   * out of none. The hash is the SHA-256 of the context's key in base64.
   */
  membership(contextHash: string): Promise<Readonly<Record<string, boolean>> | undefined>;
}

/** Where big segments are looked up, and what is remembered of them. */
export interface BigSegmentOptions {
  readonly store: BigSegmentStore;
  /** Contexts whose memberships are remembered; 1,000 unless given. */
  readonly capacity?: number;
  /** Milliseconds after which a membership is looked up anew; 5,000 unless given. */
  readonly cacheMs?: number;
  /** Milliseconds between two looks at how fresh the store is; 5,000 unless given. */
  readonly statusPollMs?: number;
  /** Milliseconds without an update after which the store counts as stale; 120,000 unless given. */
  readonly staleAfterMs?: number;
}

/** How far the memberships that evaluations see can be relied on. */
export interface BigSegmentsState {
  /** Whether the store answers. */
  readonly isAvailable: boolean;
  readonly isStale: boolean;
}

/** Tells what is known of a context. */
export interface Memberships {
  answerFor(contextKey: string): BigSegmentsAnswer;
}

interface Known {
  readonly membership: BigSegmentsAnswer["membership"];
  readonly isError: boolean;
  readonly at: number;
}

/** Memberships at hand for evaluations, which do not wait. */
export class BigSegments {
  readonly #settings: Required<BigSegmentOptions>;
  readonly #log: Log;
  readonly #now: () => number;
  /** By context key, the longest unused first. */
  readonly #known = new Map<string, Known>();
  readonly #lookups = new Map<string, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #state: BigSegmentsState = { isAvailable: true, isStale: false };
  #checking: Promise<void>;

  /** Takes a clock that gives Unix milliseconds. */
  constructor(options: BigSegmentOptions, log: Log, now: () => number) {
    this.#settings = {
      capacity: 1_000,
      cacheMs: 5_000,
      statusPollMs: 5_000,
      staleAfterMs: 120_000,
      ...options,
    };
    this.#log = log;
    this.#now = now;
    this.#checking = this.#check();
    this.#timer = setInterval(() => {
      this.#checking = this.#check();
    }, this.#settings.statusPollMs).unref();
  }

  get state(): BigSegmentsState {
    return this.#state;
  }

  /** What is known of a context; it is looked up for next time where that is nothing, or old. */
  answerFor(contextKey: string): BigSegmentsAnswer {
    const known = this.#known.get(contextKey);
    if (!this.#isFresh(known)) void this.#lookUp(contextKey);
    if (known === undefined) {
      this.#log.warnOnce(
        "big segments",
        () =>
          `a context was evaluated before its big segments were looked up; it was taken to be in none. Await loadBigSegments(context) first.`,
      );
      return { membership: undefined, status: "STORE_ERROR" };
    }
    return { membership: known.membership, status: this.#statusOf(known) };
  }

  /** Resolves when evaluations of the context have what they need. */
  async load(context: Context): Promise<void> {
    await this.#checking;
    const keys = new Set(context.individuals.map(({ key }) => key));
    const missing = [...keys].filter((key) => !this.#isFresh(this.#known.get(key)));
    await Promise.all(missing.map((key) => this.#lookUp(key)));
  }

  /** The same for those alone that an evaluation asks for, which is run until it has them all. */
  async loadAsked(evaluate: (memberships: Memberships) => void): Promise<void> {
    await this.#checking;
    const lookedUp = new Set<string>();
    for (;;) {
      let missing: string | undefined;
      evaluate({
        answerFor: (key) => {
          const known = this.#known.get(key);
          if (!lookedUp.has(key) && !this.#isFresh(known)) missing ??= key;
          return { membership: known?.membership, status: "HEALTHY" };
        },
      });
      if (missing === undefined) return;
      lookedUp.add(missing);
      await this.#lookUp(missing);
    }
  }

  /** The state after the store was looked at for the first time. */
  async checkedState(): Promise<BigSegmentsState> {
    await this.#checking;
    return this.#state;
  }

  #isFresh(known: Known | undefined): known is Known {
    return known !== undefined && this.#now() - known.at < this.#settings.cacheMs;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([this.#checking, ...this.#lookups.values()]);
  }

  #statusOf({ isError }: Known): BigSegmentsAnswer["status"] {
    if (isError || !this.#state.isAvailable) return "STORE_ERROR";
    return this.#state.isStale ? "STALE" : "HEALTHY";
  }

  #lookUp(contextKey: string): Promise<void> {
    const running = this.#lookups.get(contextKey);
    if (running !== undefined) return running;
    const lookup = this.#ask(contextKey).then((known) => {
      this.#lookups.delete(contextKey);
      this.#remember(contextKey, known);
    });
    this.#lookups.set(contextKey, lookup);
    return lookup;
  }

  async #ask(contextKey: string): Promise<Known> {
    const hash = createHash("sha256").update(contextKey).digest("base64");
    try {
      const membership = await this.#settings.store.membership(hash);
      return { membership, isError: false, at: this.#now() };
    } catch (cause) {
      this.#warn(cause);
      // What was known stays good enough, marked as what it is.
      const { membership } = this.#known.get(contextKey) ?? { membership: undefined };
      return { membership, isError: true, at: this.#now() };
    }
  }

  #remember(contextKey: string, known: Known): void {
    this.#known.delete(contextKey);
    this.#known.set(contextKey, known);
    if (this.#known.size <= this.#settings.capacity) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  async #check(): Promise<void> {
    try {
      const at = await this.#settings.store.lastUpToDate();
      const isStale = at === undefined || this.#now() - at >= this.#settings.staleAfterMs;
      this.#state = { isAvailable: true, isStale };
      this.#log.forget("big segment store");
    } catch (cause) {
      this.#warn(cause);
      this.#state = { isAvailable: false, isStale: false };
    }
  }

  #warn(cause: unknown): void {
    const what = cause instanceof Error ? cause.message : typeof cause;
    this.#log.warnOnce(
      "big segment store",
      () => `the store of big segments cannot be asked: ${what}; using what is known.`,
    );
  }
}

/** The flags with memberships in big segments, where these are set up. */
export function withBigSegments(store: ListingStore, big: Memberships | undefined): ListingStore {
  if (big === undefined) return store;
  return {
    flag: (key) => store.flag(key),
    segment: (key) => store.segment(key),
    get listing() {
      return store.listing;
    },
    bigSegments: (contextKey) => big.answerFor(contextKey),
  };
}
