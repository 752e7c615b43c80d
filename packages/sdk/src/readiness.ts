import type { SourceName } from "./source/flag-source.ts";

/** How long to wait for the first flags, and how to be told that they did not come. */
export interface WaitOptions {
  /** Seconds; 5 unless given. */
  readonly timeout?: number;
  /** Rejects where flags did not arrive, as code written for other SDKs may expect. */
  readonly rejectOnFailure?: boolean;
}

/** How the wait for the first flags ended. */
export interface Initialization {
  /** "failed" says that the server refused, or that the client was closed. */
  readonly status: "complete" | "timeout" | "failed";
  /** Where the flags that are served came from. */
  readonly source: SourceName | "none";
  /** Since the client was made. */
  readonly ms: number;
  readonly error?: Error;
}

type Outcome =
  | { readonly status: "complete"; readonly source: SourceName }
  | { readonly status: "failed"; readonly error: Error };

/** Tells those who wait how the start went. */
export class Readiness {
  readonly #startedAt: number;
  readonly #now: () => number;
  readonly #waiting = new Set<(outcome: Outcome) => void>();
  #outcome: Outcome | undefined;
  #lastError: Error | undefined;

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  complete(source: SourceName): void {
    this.#settle({ status: "complete", source });
  }

  /** Flags may still arrive later; those who ask then are told so. */
  fail(error: Error): void {
    if (this.#outcome?.status !== "complete") this.#settle({ status: "failed", error });
  }

  /** Something that a later attempt may mend; named where the time runs out before. */
  note(error: Error): void {
    this.#lastError = error;
  }

  async wait({ timeout = 5, rejectOnFailure = false }: WaitOptions): Promise<Initialization> {
    const initialization = await this.#initialization(timeout);
    if (rejectOnFailure && initialization.status !== "complete") {
      throw new Error(`halyard: flags did not arrive (${initialization.status})`, {
        cause: initialization.error,
      });
    }
    return initialization;
  }

  #initialization(timeoutSeconds: number): Promise<Initialization> {
    if (this.#outcome !== undefined) return Promise.resolve(this.#result(this.#outcome));
    const { promise, resolve } = Promise.withResolvers<Initialization>();
    // Not unref'd: a program that awaits nothing else must live to see the answer.
    const timer = setTimeout(() => {
      this.#waiting.delete(settle);
      const error = this.#lastError;
      resolve({ ...this.#about("none"), status: "timeout", ...(error && { error }) });
    }, timeoutMsFrom(timeoutSeconds));
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      resolve(this.#result(outcome));
    };
    this.#waiting.add(settle);
    return promise;
  }

  #settle(outcome: Outcome): void {
    this.#outcome = outcome;
    for (const settle of this.#waiting) settle(outcome);
    this.#waiting.clear();
  }

  #result(outcome: Outcome): Initialization {
    return { ...this.#about("none"), ...outcome };
  }

  #about(source: "none"): { source: "none"; ms: number } {
    return { source, ms: Math.round(this.#now() - this.#startedAt) };
  }
}

/** The longest that a timer can wait; more than that would end at once. */
const longestTimerMs = 2 ** 31 - 1;

function timeoutMsFrom(seconds: number): number {
  return seconds >= 0 ? Math.min(seconds * 1_000, longestTimerMs) : 0;
}
