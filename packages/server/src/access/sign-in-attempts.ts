interface Failures {
  readonly count: number;
  readonly at: number;
}

const freeFailures = 20;
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;
const forgottenAfterMs = 24 * 3_600_000;

/** Makes who fails again and again wait longer and longer. Nobody is locked out: another key is free. */
export class SignInAttempts {
  readonly #now: () => number;
  readonly #failures = new Map<string, Failures>();
  #sweepAt = 1024;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Until something may be tried under the key; 0 where that is now. */
  waitMs(key: string): number {
    const { count, at } = this.#failures.get(key) ?? { count: 0, at: 0 };
    if (count < freeFailures) return 0;
    const delayMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (count - freeFailures));
    return Math.max(0, at + delayMs - this.#now());
  }

  failed(key: string): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { count, at: this.#now() });
    this.#sweep();
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }

  #sweep(): void {
    if (this.#failures.size < this.#sweepAt) return;
    const oldest = this.#now() - forgottenAfterMs;
    for (const [key, { at }] of this.#failures) if (at < oldest) this.#failures.delete(key);
    this.#sweepAt = Math.max(1024, this.#failures.size * 2);
  }
}
