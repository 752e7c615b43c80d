import type { Clock } from "../src/source/clock.ts";

/** A clock on which a day passes at once: whoever waits moves it on. */
export class FastClock implements Clock {
  readonly random: () => number;
  readonly #onSleep: (ms: number) => Promise<void> | void;
  #now = 0;

  /** What is done before a wait is over may itself take its time. */
  constructor(
    random: () => number,
    onSleep: (ms: number) => Promise<void> | void = () => undefined,
  ) {
    this.random = random;
    this.#onSleep = onSleep;
  }

  now = (): number => this.#now;

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.#now += ms;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => resolve();
    signal.addEventListener("abort", wake, { once: true });
    await Promise.race([this.#onSleep(ms), promise]);
    signal.removeEventListener("abort", wake);
  }
}

/** A small generator (mulberry32) of numbers in [0, 1), the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
