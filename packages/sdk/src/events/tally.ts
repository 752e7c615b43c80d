import type { Flag, Json, JsonObject } from "@halyard/evaluation";

/**
 * Counts what a flag gave, on the flag itself: counting an evaluation finds nothing and makes
 * nothing. Another version of the flag is another tally.
 */
export class Tally {
  readonly #flag: Flag;
  /** By variation, from 1 on; 0 counts answers that are none of the variations. */
  #counts: number[] = [];
  #kinds: string[] = [];
  #fallback: unknown;
  #valueOfNone: unknown;

  constructor(flag: Flag) {
    this.#flag = flag;
  }

  get key(): string {
    return this.#flag.key;
  }

  get isEmpty(): boolean {
    return this.#kinds.length === 0;
  }

  /** The fallback of the first evaluation, which stands for all of them. */
  get fallback(): Json {
    return this.#fallback as Json;
  }

  get contextKinds(): readonly string[] {
    return this.#kinds;
  }

  /** Value is what the app got; it says something only where the index is null. */
  add(variationIndex: number | null, value: unknown, fallback: unknown): void {
    if (this.#counts.length === 0) this.#start(fallback);
    const at = variationIndex === null ? 0 : variationIndex + 1;
    if (at === 0 && this.#counts[0] === 0) this.#valueOfNone = value;
    this.#counts[at] = (this.#counts[at] as number) + 1;
  }

  addKind(kind: string): void {
    if (this.#kinds[0] !== kind && !this.#kinds.includes(kind)) this.#kinds.push(kind);
  }

  /** What was counted, as the summary lists it; the tally then begins anew. */
  take(): JsonObject[] {
    const { version, variations } = this.#flag;
    const counters = this.#counts.flatMap((count, at) => {
      if (count === 0) return [];
      if (at === 0) return [{ value: this.#valueOfNone as Json, version, count }];
      return [{ value: variations?.[at - 1] ?? null, version, variation: at - 1, count }];
    });
    this.#counts = [];
    this.#kinds = [];
    return counters;
  }

  #start(fallback: unknown): void {
    this.#fallback = fallback;
    this.#counts = new Array<number>((this.#flag.variations?.length ?? 0) + 1).fill(0);
  }
}
