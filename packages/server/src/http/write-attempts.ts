import { AsyncLocalStorage } from "node:async_hooks";
import type { Tx } from "../storage/database.ts";
import { deleteAnswersBefore, markDone } from "./idempotency-queries.ts";

const keptMs = 24 * 3_600_000;

/** A write under an Idempotency-Key that has not been answered before. */
export interface FirstAttempt {
  readonly id: string;
  readonly fingerprint: string;
  /** Under which the answer is kept: it may hold a secret that is shown only once. */
  readonly secret: Buffer;
  /** Until it is answered; what the request set going may write later. */
  isOpen: boolean;
  /** Whether a transaction of it has said that it is done. */
  isMarked: boolean;
}

/** Which attempt a transaction belongs to, so that both are durable at once. */
export class WriteAttempts {
  readonly #current = new AsyncLocalStorage<FirstAttempt>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** When the oldest answer that still counts was given. */
  get oldest(): number {
    return this.#now() - keptMs;
  }

  run(attempt: FirstAttempt, act: () => void): void {
    this.#current.run(attempt, act);
  }

  /** Says within a transaction that the attempt which it belongs to, if any, is done. */
  async mark(tx: Tx): Promise<void> {
    const attempt = this.#current.getStore();
    if (attempt?.isOpen !== true) return;
    const { id, fingerprint } = attempt;
    await deleteAnswersBefore(tx, this.oldest);
    await markDone(tx, { id, fingerprint, created_at: this.#now() });
    attempt.isMarked = true;
  }
}
