/** Notices that flags have not been confirmed for too long. */
export class StalenessBound {
  readonly #boundMs: number | undefined;
  readonly #onPassed: () => void;
  #timer: NodeJS.Timeout | undefined;

  /** Without a bound nothing is ever too old. */
  constructor(boundMs: number | undefined, onPassed: () => void) {
    this.#boundMs = boundMs;
    this.#onPassed = onPassed;
  }

  /** The flags were last confirmed so long ago, and their source is out of reach. */
  begin(ageMs: number): void {
    if (this.#boundMs === undefined || this.#timer !== undefined) return;
    const restMs = Math.min(Math.max(0, this.#boundMs - ageMs), 2 ** 31 - 1);
    this.#timer = setTimeout(this.#onPassed, restMs).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
