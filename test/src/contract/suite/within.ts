import { setTimeout as sleep } from "node:timers/promises";

/** However slow a machine is, what should happen has happened by then. */
const longestMs = 8_000;

/** The promise's value, or an error where it takes too long. */
export async function within<T>(promise: Promise<T>, otherwise: string): Promise<T> {
  const end = new AbortController();
  const tooLong = sleep(longestMs, undefined, { signal: end.signal }).then(() => {
    throw new Error(`${otherwise} within ${longestMs} ms`);
  });
  try {
    return await Promise.race([promise, tooLong]);
  } finally {
    end.abort();
    // The race is over; its loser was ended on purpose.
    tooLong.catch(() => undefined);
  }
}

/** Tries until nothing is thrown any more. */
export async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  const until = performance.now() + longestMs;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (performance.now() >= until) throw cause;
      await sleep(10);
    }
  }
}
