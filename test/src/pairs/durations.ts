const bucketsPerMicrosecond = 20;
const longestUs = 50_000;

/** Many durations in little memory: counted to a twentieth of a microsecond. */
export class Durations {
  readonly #counts = new Uint32Array(longestUs * bucketsPerMicrosecond);
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(microseconds: number): void {
    const bucket = Math.min(
      Math.floor(microseconds * bucketsPerMicrosecond),
      this.#counts.length - 1,
    );
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
  }

  /** The microseconds that so large a share of all did not exceed. */
  percentile(share: number): number {
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= this.#total * share) return (bucket + 1) / bucketsPerMicrosecond;
    }
    return 0;
  }
}
