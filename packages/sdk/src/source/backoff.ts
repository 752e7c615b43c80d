export interface BackoffSettings {
  readonly firstDelayMs: number;
  /** A connection that lived so long makes the next failure the first one again. */
  readonly healthyAfterMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const longestDelayMs = 30_000;
const refusedDelayMs = { from: 150_000, to: 300_000 };

/** How long to wait before the next attempt: anywhere up to a limit that doubles. */
export class Backoff {
  readonly #settings: BackoffSettings;
  #failures = 0;

  constructor(settings: BackoffSettings) {
    this.#settings = settings;
  }

  /** After a failure that may pass soon; never before the time that the server asked for. */
  nextDelayMs(connectedForMs: number, askedForMs = 0): number {
    const { firstDelayMs, healthyAfterMs, random } = this.#settings;
    if (connectedForMs >= healthyAfterMs) this.#failures = 0;
    const limitMs = Math.min(longestDelayMs, firstDelayMs * 2 ** this.#failures);
    this.#failures += 1;
    return askedForMs + random() * limitMs;
  }

  /** After a refusal that only a person can lift; they may, so it is never the last attempt. */
  refusedDelayMs(): number {
    const { from, to } = refusedDelayMs;
    return from + this.#settings.random() * (to - from);
  }
}
