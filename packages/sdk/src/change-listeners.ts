export interface Change {
  /** The flag whose result may be another one now. */
  readonly key: string;
}

export type ChangeEvent = "change" | `change:${string}`;
export type ChangeListener = (change: Change) => void;

/** Who wants to know of changes: of all flags, or of one. */
export class ChangeListeners {
  readonly #listeners = new Map<string, Set<ChangeListener>>();
  readonly #onError: (cause: unknown) => void;

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  add(event: ChangeEvent, listener: ChangeListener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  remove(event: ChangeEvent, listener: ChangeListener): void {
    const listeners = this.#listeners.get(event);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(event);
  }

  clear(): void {
    this.#listeners.clear();
  }

  tell(key: string): void {
    for (const event of ["change", `change:${key}`]) {
      for (const listener of [...(this.#listeners.get(event) ?? [])]) {
        try {
          listener({ key });
        } catch (cause) {
          this.#onError(cause);
        }
      }
    }
  }
}
