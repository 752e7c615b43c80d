const capacity = 10_000;

/** Remembers which contexts were sent in full, until it is told to forget. */
export class SeenContexts {
  /** By kind; for contexts of several kinds under "multi" by their canonical keys. */
  readonly #keys = new Map<string, Set<string>>();
  #size = 0;
  #lastKind = "";
  #lastKey = "";

  /** Marks the context, and tells whether it was new. */
  isNew(kind: string, key: string): boolean {
    // An app asks for several flags on behalf of one context before it turns to the next.
    if (key === this.#lastKey && kind === this.#lastKind) return false;
    this.#lastKind = kind;
    this.#lastKey = key;
    const keys = this.#keys.get(kind);
    if (keys?.has(key) === true) return false;
    this.#add(kind, key);
    return true;
  }

  forget(): void {
    this.#keys.clear();
    this.#size = 0;
    this.#lastKind = "";
    this.#lastKey = "";
  }

  #add(kind: string, key: string): void {
    if (this.#size >= capacity) {
      this.#keys.clear();
      this.#size = 0;
    }
    const keys = this.#keys.get(kind) ?? new Set();
    this.#keys.set(kind, keys.add(key));
    this.#size += 1;
  }
}
