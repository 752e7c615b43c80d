/** How fast something may be done: a number a second, and how many at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

interface Bucket {
  left: number;
  at: number;
}

export interface Admission {
  readonly isAdmitted: boolean;
  readonly remaining: number;
  /** After how many milliseconds one more is admitted; 0 where that is now. */
  readonly waitMs: number;
}

/** Counts by key what is done; a key that has rested takes up no memory. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #sweepAt = 1024;

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** What would be answered now, without counting. */
  look(key: string): Admission {
    return this.#admission(this.#leftIn(this.#buckets.get(key), this.#now()));
  }

  take(key: string): Admission {
    const at = this.#now();
    const left = this.#leftIn(this.#buckets.get(key), at);
    const isAdmitted = left >= 1;
    // Kept where it is refused too: a clock that was set back would stop the filling otherwise.
    this.#buckets.set(key, { left: isAdmitted ? left - 1 : left, at });
    this.#sweep(at);
    return { ...this.#admission(isAdmitted ? left - 1 : left), isAdmitted };
  }

  #leftIn(bucket: Bucket | undefined, at: number): number {
    const { perSecond, burst } = this.#rate;
    if (bucket === undefined) return burst;
    return Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) * perSecond) / 1000);
  }

  #admission(left: number): Admission {
    const waitMs = left >= 1 ? 0 : Math.ceil(((1 - left) * 1000) / this.#rate.perSecond);
    return { isAdmitted: left >= 1, remaining: Math.floor(left), waitMs };
  }

  /** Full buckets are as good as none. Doubling keeps the sweeps rare. */
  #sweep(at: number): void {
    if (this.#buckets.size < this.#sweepAt) return;
    for (const [key, bucket] of this.#buckets) {
      if (this.#leftIn(bucket, at) >= this.#rate.burst) this.#buckets.delete(key);
    }
    this.#sweepAt = Math.max(1024, this.#buckets.size * 2);
  }
}
