import { setTimeout as wait } from "node:timers/promises";

/** What a source knows of time, so that a test can let a day pass at once. */
export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves after so long, or as soon as the signal says so. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  random: Math.random,
  async sleep(ms, signal) {
    try {
      await wait(ms, undefined, { signal, ref: false });
    } catch (cause) {
      if (!signal.aborted) throw cause;
    }
  },
};
