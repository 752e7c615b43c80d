import type { Logger } from "../logger.ts";

/** Writes each cause once until it is over, and survives a logger that throws. */
export class Log {
  readonly #logger: Logger;
  readonly #seen = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  warn(cause: string, message: string): void {
    if (this.#seen.has(cause) || this.#seen.size > 999) return;
    this.#seen.add(cause);
    try {
      this.#logger.warn(`halyard: ${message}`);
    } catch {
      // Nothing is thrown into the app, not even what its own logger throws.
    }
  }

  /** The cause is over; its next occurrence is news again. */
  forget(cause: string): void {
    this.#seen.delete(cause);
  }
}
