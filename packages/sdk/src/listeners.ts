import type { FlagKey } from "./flag-types.ts";
import type { SourceName } from "./source/flag-source.ts";

/** That a flag may give some context another result now. */
export interface Change {
  /** The flag whose result may be another one now. */
  readonly key: string;
}

/**
 * "live" is in step with the server, "stale" has flags and no line to it, "offline" has neither or
 * is closed.
 */
export type ClientStatus = "initializing" | "live" | "stale" | "offline";

/** That the client is in step with the server again, or no longer. */
export interface StatusChange {
  readonly status: ClientStatus;
  /** What was in the way, where something was. */
  readonly error?: Error;
}

/** How old the flags are that are served. */
export interface Staleness {
  /** Milliseconds since the flags were last known to be the server's. */
  readonly ageMs: number;
  readonly version: number | undefined;
  readonly source: SourceName | undefined;
}

/** What a client tells of, by the name to listen for. */
export interface ClientEvents {
  /** A flag may give another result, also through what it depends on. */
  readonly change: Change;
  readonly status: StatusChange;
  /** The flags have not been confirmed for `maxStalenessMs`; told once in each such time. */
  readonly stale: Staleness;
}

/** With `change:KEY` one flag's changes are listened for. */
export type EventName = keyof ClientEvents | `change:${FlagKey}`;
export type EventOf<N extends EventName> = N extends keyof ClientEvents ? ClientEvents[N] : Change;
/** Is called with what the event of that name tells. */
export type Listener<N extends EventName> = (event: EventOf<N>) => void;

type AnyListener = (event: never) => void;

/** Who wants to know of what. */
export class Listeners {
  readonly #listeners = new Map<EventName, Set<AnyListener>>();
  readonly #onError: (cause: unknown) => void;

  constructor(onError: (cause: unknown) => void) {
    this.#onError = onError;
  }

  /** Whether anyone wants to know of changed flags. */
  get hearChanges(): boolean {
    for (const name of this.#listeners.keys()) if (name.startsWith("change")) return true;
    return false;
  }

  add<N extends EventName>(name: N, listener: Listener<N>): void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
  }

  remove<N extends EventName>(name: N, listener: Listener<N>): void {
    const listeners = this.#listeners.get(name);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.#listeners.delete(name);
  }

  clear(): void {
    this.#listeners.clear();
  }

  tell<N extends EventName>(name: N, event: EventOf<N>): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        // Only `add` fills the set of a name, with listeners to just that name's events.
        (listener as Listener<N>)(event);
      } catch (cause) {
        this.#onError(cause);
      }
    }
  }
}
