const capacity = 1_000;
const forgetAfterMs = 300_000;

/** Remembers for five minutes which contexts were sent in full. */
export class SeenContexts {
  readonly #seenAt = new Map<string, number>();

  /** Marks the context, and tells whether it was new. */
  isNew(canonicalKey: string, now: number): boolean {
    const seenAt = this.#seenAt.get(canonicalKey);
    if (seenAt !== undefined && now - seenAt < forgetAfterMs) return false;
    this.#seenAt.delete(canonicalKey);
    this.#seenAt.set(canonicalKey, now);
    if (this.#seenAt.size > capacity) {
      const [oldest] = this.#seenAt.keys();
      if (oldest !== undefined) this.#seenAt.delete(oldest);
    }
    return true;
  }
}
