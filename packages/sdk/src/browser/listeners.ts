import type { Json } from "@halyard/evaluation";
import type { Log } from "./log.ts";

export interface Change {
  readonly key: string;
  /** What the flag gives now; undefined where it is gone. */
  readonly value: Json | undefined;
}

export type ChangeEvent = "change" | `change:${string}`;
export type ChangeListener = (change: Change) => void;

/** Who wants to know of changes: of all flags, or of one. */
export class Listeners {
  readonly #listeners = new Map<string, Set<ChangeListener>>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  add(event: ChangeEvent, listener: ChangeListener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  remove(event: ChangeEvent, listener: ChangeListener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  tell(key: string, value: Json | undefined): void {
    for (const event of ["change", `change:${key}`]) {
      for (const listener of [...(this.#listeners.get(event) ?? [])]) {
        try {
          listener({ key, value });
        } catch (cause) {
          this.#log.warn("listener", `a change listener threw ${String(cause)}.`);
        }
      }
    }
  }
}
