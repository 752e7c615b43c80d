import type { Clock } from "./clock.ts";
import type { FlagSource, SourceListener, Trouble } from "./flag-source.ts";

/** Makes a source to follow; it calls back where its service speaks the first generation only. */
export type Synchronizer = (onFirstGenerationOnly: () => void) => FlagSource;

/** What reading once came to; the service may send its clients back to the first generation. */
export type Reading = "everything" | "nothing" | "first generation";

export interface FailoverSettings {
  /** Each reads once. The first that reads everything is enough. */
  readonly initializers: readonly ((
    listener: SourceListener,
    signal: AbortSignal,
  ) => Promise<Reading>)[];
  /** At least one; the earlier is the better. */
  readonly synchronizers: readonly Synchronizer[];
  /** What is followed where a service sends its clients back to the first generation. */
  readonly firstGeneration: (() => FlagSource) | undefined;
}

const firstWordWithinMs = 10_000;
const nextAfterMs = 120_000;
const backAfterMs = 300_000;
const firstGenerationForMs = 3_600_000;

type Ending = "closed" | "refused" | "silent" | "back to a better one" | "first generation";

/** Follows the best of several sources that can be had. */
export class FailoverSource implements FlagSource {
  readonly #settings: FailoverSettings;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  /** Indexes of synchronizers that refused this client. */
  readonly #refused = new Set<number>();
  #running: Promise<void> | undefined;

  constructor(settings: FailoverSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  start(listener: SourceListener): void {
    this.#running ??= this.#run(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(listener: SourceListener): Promise<void> {
    const { signal } = this.#closing;
    const { firstGeneration } = this.#settings;
    let ending: Ending | undefined = await this.#read(listener);
    let at = 0;
    while (!signal.aborted) {
      ending ??= await this.#follow(at, listener);
      if (ending === "first generation" && firstGeneration !== undefined) {
        await this.#followFirstGeneration(firstGeneration(), listener);
        ending = "back to a better one";
      }
      if (ending === "refused") this.#refused.add(at);
      at = ending === "back to a better one" ? this.#best : this.#next(at);
      ending = undefined;
    }
  }

  async #read(listener: SourceListener): Promise<"first generation" | undefined> {
    const { signal } = this.#closing;
    for (const read of this.#settings.initializers) {
      const reading = signal.aborted ? "everything" : await read(listener, signal);
      if (reading === "first generation") return reading;
      if (reading === "everything") break;
    }
    return undefined;
  }

  /** The next one that has not refused, round and round; the same where there is no other. */
  #next(at: number): number {
    const { length } = this.#settings.synchronizers;
    for (let step = 1; step < length; step += 1) {
      const index = (at + step) % length;
      if (!this.#refused.has(index)) return index;
    }
    return at;
  }

  get #best(): number {
    return this.#refused.has(0) ? this.#next(0) : 0;
  }

  async #follow(at: number, listener: SourceListener): Promise<Ending> {
    const ended = Promise.withResolvers<Ending>();
    const { signal } = this.#closing;
    signal.addEventListener("abort", () => ended.resolve("closed"), { once: true });
    const hasOther = this.#next(at) !== at;
    const patience = new Patience(this.#clock, () => ended.resolve("silent"));
    const recovery = new Patience(this.#clock, () => ended.resolve("back to a better one"));
    const source = this.#settings.synchronizers[at]?.(() => ended.resolve("first generation"));
    if (hasOther) patience.expect(firstWordWithinMs);
    if (this.#best < at) recovery.expect(backAfterMs);
    source?.start({
      ...listenerOf(listener, () => patience.rest()),
      onTrouble: (trouble) => {
        if (hasOther && trouble.isRefused) ended.resolve("refused");
        if (hasOther) patience.expectUnlessWaiting(nextAfterMs);
        listener.onTrouble(hasOther ? passing(trouble) : trouble);
      },
    });
    const ending = await ended.promise;
    patience.rest();
    recovery.rest();
    await source?.close();
    return ending;
  }

  /** A service that knows no second generation today may know it after its next release. */
  async #followFirstGeneration(source: FlagSource, listener: SourceListener): Promise<void> {
    const { signal } = this.#closing;
    source.start(listener);
    await this.#clock.sleep(firstGenerationForMs, signal);
    await source.close();
  }
}

/** Another source may still answer. */
function passing(trouble: Trouble): Trouble {
  return { ...trouble, isRefused: false };
}

/** The listener, with a word to us each time that it hears something. */
function listenerOf(listener: SourceListener, onHeard: () => void): SourceListener {
  return {
    held: () => listener.held(),
    onChange: (change, from) => {
      onHeard();
      listener.onChange(change, from);
    },
    onCurrent: (from) => {
      onHeard();
      listener.onCurrent(from);
    },
    onTrouble: (trouble) => listener.onTrouble(trouble),
    onEnvironmentId: (id) => listener.onEnvironmentId(id),
  };
}

/** Waits for something that should happen, and calls where it has not. */
class Patience {
  readonly #clock: Clock;
  readonly #onEnd: () => void;
  #waiting: AbortController | undefined;

  constructor(clock: Clock, onEnd: () => void) {
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  expect(withinMs: number): void {
    this.rest();
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.#clock.sleep(withinMs, waiting.signal).then(() => {
      if (!waiting.signal.aborted) this.#onEnd();
    });
  }

  expectUnlessWaiting(withinMs: number): void {
    if (this.#waiting === undefined) this.expect(withinMs);
  }

  rest(): void {
    this.#waiting?.abort();
    this.#waiting = undefined;
  }
}
