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

/** Waiting by it keeps no process alive. */
export const systemClock: Clock = clockOf({ ref: false });

/** Where somebody waits by it, the process lives on for them. */
export const holdingClock: Clock = clockOf({ ref: true });

function clockOf({ ref }: { readonly ref: boolean }): Clock {
  return {
    now: () => performance.now(),
    random: Math.random,
    async sleep(ms, signal) {
      try {
        await wait(ms, undefined, { signal, ref });
      } catch (cause) {
        if (!signal.aborted) throw cause;
      }
    },
  };
}
