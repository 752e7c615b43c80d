import { randomFrom } from "../contexts.ts";

/** Choices that come out the same for the same seed. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = randomFrom(seed);
  }

  /** From 0 up to the bound, without it. */
  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error("there is nothing to pick from");
    return one;
  }

  /** Up to so many of what the function makes, at least one. */
  several<T>(most: number, make: () => T): T[] {
    return Array.from({ length: 1 + this.below(most) }, make);
  }

  /** The members, each only in some of the cases; others come as null, or not at all. */
  sometimes(probability: number, members: Readonly<Record<string, unknown>>): object {
    const kept: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(members)) {
      if (this.chance(probability)) kept[name] = value;
      else if (this.chance(0.2)) kept[name] = null;
    }
    return kept;
  }
}
