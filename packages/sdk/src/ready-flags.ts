import { ReadyFlag } from "./ready-flag.ts";
import type { Item } from "./source/first-generation-message.ts";
import type { Store } from "./store.ts";

/** Flags as one client uses them: several clients share the flags, none their counts. */
export class ReadyFlags {
  readonly #store: Store;
  readonly #ready = new Map<string, ReadyFlag>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The flag, made ready on its first use since it arrived. */
  get(key: string): ReadyFlag | undefined {
    return this.#ready.get(key) ?? this.#make(key);
  }

  /** To be called before anyone asks for the items that took the place of these. */
  forget(items: readonly Item[] | "all"): void {
    if (items === "all") {
      this.#ready.clear();
      return;
    }
    for (const { kind, key } of items) if (kind === "flag") this.#ready.delete(key);
  }

  #make(key: string): ReadyFlag | undefined {
    const flag = this.#store.flag(key);
    if (flag === undefined) return undefined;
    const ready = new ReadyFlag(flag);
    this.#ready.set(key, ready);
    return ready;
  }
}
