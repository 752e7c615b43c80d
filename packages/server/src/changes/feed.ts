import type { Flag, Segment } from "@halyard/evaluation";

/** A flag or segment as an environment serves it; without a body it has been deleted. */
export interface Item {
  readonly kind: "flag" | "segment";
  readonly key: string;
  /** The environment's version at which the item last changed. */
  readonly version: number;
  readonly body: Flag | Segment | undefined;
}

/** One committed step of an environment's history. */
export interface EnvironmentChange {
  readonly environmentId: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
  readonly items: readonly Item[];
}

/** What people see of a change. */
export interface ChangeNotice {
  readonly changeId: string;
  readonly at: number;
  readonly actor: Actor;
  /** Such as `proj/web-shop:env/production:flag/checkout`. */
  readonly resources: readonly string[];
  readonly environments: readonly string[];
  readonly instructions: readonly object[];
  readonly words: readonly string[];
}

export interface Actor {
  /** What acts of itself has a kind of its own, such as "schedule". */
  readonly kind: "member" | "token" | "system" | "schedule" | "trigger" | "approval" | "workflow";
  readonly id: string;
  readonly name: string;
  /** Of a token: whose it is. */
  readonly memberId?: string;
  /** Where the request came from. */
  readonly origin?: { readonly ip: string; readonly userAgent?: string };
}

/** When a key of an environment stops being one, in Unix milliseconds. */
export interface KeyEnd {
  readonly secret: string;
  readonly at: number;
}

/** Hands committed changes on, in the order of their versions, to whoever serves or shows them. */
export class Feed {
  readonly #environmentListeners = new Set<(change: EnvironmentChange) => void>();
  readonly #noticeListeners = new Set<(notice: ChangeNotice) => void>();

  readonly #membershipListeners = new Set<(environmentId: string) => Promise<void>>();
  readonly #keyListeners = new Set<(end: KeyEnd) => void>();
  readonly #endListeners = new Set<(environmentId: string) => void>();

  /** Says that the members of a big segment of an environment have changed. */
  publishMembership(environmentId: string): void {
    void this.copyMembership(environmentId);
  }

  /** The same; settles when whoever keeps a copy of the members has them. */
  async copyMembership(environmentId: string): Promise<void> {
    await Promise.all([...this.#membershipListeners].map((listener) => listener(environmentId)));
  }

  onMembership(listener: (environmentId: string) => Promise<void>): () => void {
    this.#membershipListeners.add(listener);
    return () => void this.#membershipListeners.delete(listener);
  }

  /** Says that a key will open nothing any more. */
  publishKeyEnd(end: KeyEnd): void {
    for (const listener of this.#keyListeners) listener(end);
  }

  onKeyEnd(listener: (end: KeyEnd) => void): () => void {
    this.#keyListeners.add(listener);
    return () => void this.#keyListeners.delete(listener);
  }

  /** Says that an environment has been deleted. */
  publishEnvironmentEnd(environmentId: string): void {
    for (const listener of this.#endListeners) listener(environmentId);
  }

  onEnvironmentEnd(listener: (environmentId: string) => void): () => void {
    this.#endListeners.add(listener);
    return () => void this.#endListeners.delete(listener);
  }

  /** Only after the commit: whoever hears of a change may act on it. */
  publish(changes: readonly EnvironmentChange[], notice: ChangeNotice): void {
    for (const change of changes)
      for (const listener of this.#environmentListeners) listener(change);
    for (const listener of this.#noticeListeners) listener(notice);
  }

  /** Hears every environment's changes until the function given back is called. */
  onChange(listener: (change: EnvironmentChange) => void): () => void {
    this.#environmentListeners.add(listener);
    return () => void this.#environmentListeners.delete(listener);
  }

  onNotice(listener: (notice: ChangeNotice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => void this.#noticeListeners.delete(listener);
  }
}
