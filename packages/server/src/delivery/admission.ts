const perSecond = 500;
const atOnce = 2000;

/** Lets so many streams begin a second; whoever is refused comes back later, each at its own time. */
export class Admission {
  readonly #now: () => number;
  #tokens = atOnce;
  #filledAt: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#filledAt = now();
  }

  /** False where too many have begun just now. */
  admits(): boolean {
    const now = this.#now();
    this.#tokens = Math.min(atOnce, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
