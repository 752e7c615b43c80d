import type { Source } from "./answer.ts";

/** How the wait for a context's values ended. */
export interface Initialization {
  /** "failed" says that the server refused, or the context is wrong, or a later identify took over. */
  readonly status: "complete" | "timeout" | "failed";
  readonly source: Source;
  /** Since the question was asked. */
  readonly ms: number;
  readonly error?: Error;
}

/** What is known of the client when the waiting is over. */
interface Standing {
  readonly source: Source;
  readonly error: Error | undefined;
}

/** Those who wait for values; whenever something came, each looks whether its own are there. */
export class Waiting {
  readonly #standing: () => Standing;
  readonly #looks = new Set<() => void>();

  constructor(standing: () => Standing) {
    this.#standing = standing;
  }

  look(): void {
    for (const look of [...this.#looks]) look();
  }

  until(seconds: number, outcome: () => "complete" | Error | undefined): Promise<Initialization> {
    const startedAt = Date.now();
    return new Promise((resolve) => {
      const look = (late?: "timeout"): void => {
        const found = outcome() ?? late;
        if (found === undefined) return;
        clearTimeout(timer);
        this.#looks.delete(look);
        const { source, error } = this.#standing();
        const isError = typeof found === "object";
        const cause = isError ? found : late && error;
        resolve({
          status: isError ? "failed" : found,
          source,
          ms: Date.now() - startedAt,
          ...(cause && { error: cause }),
        });
      };
      const timer = setTimeout(look, Math.min(seconds * 1_000, 2 ** 31 - 1), "timeout");
      this.#looks.add(look);
      look();
    });
  }
}
