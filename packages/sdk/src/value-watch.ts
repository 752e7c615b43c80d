import { isDeepStrictEqual } from "node:util";

/** A flag gives a context another value than before. */
export interface ValueChange {
  readonly key: string;
  readonly oldValue: unknown;
  readonly newValue: unknown;
}

/** Compares what a flag gives each time that it may have changed. */
export class ValueWatch {
  readonly #key: string;
  readonly #evaluate: () => unknown;
  readonly #listener: (change: ValueChange) => void;
  #value: unknown;

  /** Evaluates at once, to have something to compare with. */
  constructor(key: string, evaluate: () => unknown, listener: (change: ValueChange) => void) {
    this.#key = key;
    this.#evaluate = evaluate;
    this.#listener = listener;
    this.#value = evaluate();
  }

  look(): void {
    const oldValue = this.#value;
    const newValue = this.#evaluate();
    if (isDeepStrictEqual(oldValue, newValue)) return;
    this.#value = newValue;
    this.#listener({ key: this.#key, oldValue, newValue });
  }
}
