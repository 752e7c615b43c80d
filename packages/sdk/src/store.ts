import type { EvaluationStore, Flag, Segment } from "@halyard/evaluation";
import type { Position } from "./position.ts";
import type { Source } from "./readiness.ts";
import { ReadyFlag } from "./ready-flag.ts";
import type { Item } from "./stream-message.ts";

/** Flags and segments in memory. What it holds never goes back to an older state. */
export class Store implements EvaluationStore {
  #flags = new Map<string, Flag>();
  readonly #ready = new Map<string, ReadyFlag>();
  #segments = new Map<string, Segment>();
  #isFilled = false;
  #position: Position | undefined;
  /** Where what is held came from, or was last confirmed by. */
  source: Source = "none";

  /** Whether a full set has arrived. */
  get isFilled(): boolean {
    return this.#isFilled;
  }

  /** Undefined before the first set, and with services that do not number their changes. */
  get position(): Position | undefined {
    return this.#position;
  }

  flag(key: string): Flag | undefined {
    const flag = this.#flags.get(key);
    return flag?.deleted === true ? undefined : flag;
  }

  /** The flag, made ready on its first use since it arrived. */
  ready(key: string): ReadyFlag | undefined {
    return this.#ready.get(key) ?? this.#makeReady(key);
  }

  segment(key: string): Segment | undefined {
    const segment = this.#segments.get(key);
    return segment?.deleted === true ? undefined : segment;
  }

  *flags(): Generator<Flag> {
    for (const flag of this.#flags.values()) if (flag.deleted !== true) yield flag;
  }

  *segments(): Generator<Segment> {
    for (const segment of this.#segments.values()) if (segment.deleted !== true) yield segment;
  }

  /** Everything held, with what is left of deleted items, by kind and key. */
  contents(): { readonly flags: object; readonly segments: object } {
    return {
      flags: Object.fromEntries(this.#flags),
      segments: Object.fromEntries(this.#segments),
    };
  }

  /** Takes a full set, unless it is older than what is held. Gives the items that changed. */
  replace(items: readonly Item[], position: Position | undefined): readonly Item[] {
    const held = this.#position;
    const isSameHistory =
      this.#isFilled && (position === undefined || position.epoch === held?.epoch);
    if (isSameHistory && position !== undefined && held !== undefined) {
      if (position.version < held.version) return [];
    }
    // Versions of two histories cannot be compared: another epoch's set is taken as it is.
    const accepted = isSameHistory ? items.map((item) => this.#newerOf(item)) : items;
    const changed = this.#differences(accepted);
    this.#flags = new Map();
    this.#ready.clear();
    this.#segments = new Map();
    for (const item of accepted) this.#hold(item);
    this.#isFilled = true;
    this.#position = position;
    return changed;
  }

  /** Takes each item that is newer than the one held. Gives those that it took. */
  update(items: readonly Item[], position: Position | undefined): readonly Item[] {
    const taken = items.filter((item) => item.body.version > this.#versionOf(item));
    for (const item of taken) this.#hold(item);
    if (position !== undefined && position.version > (this.#position?.version ?? -1)) {
      this.#position = position;
    }
    return taken;
  }

  #newerOf(item: Item): Item {
    if (item.body.version >= this.#versionOf(item)) return item;
    const { kind, key } = item;
    const body = this.#held(item);
    return { kind, key, body } as Item;
  }

  #differences(items: readonly Item[]): readonly Item[] {
    const kept = new Set(items.map(({ kind, key }) => `${kind}/${key}`));
    const changed = items.filter((item) => item.body.version !== this.#held(item)?.version);
    for (const [key, body] of this.#flags) {
      if (!kept.has(`flag/${key}`)) changed.push({ kind: "flag", key, body });
    }
    for (const [key, body] of this.#segments) {
      if (!kept.has(`segment/${key}`)) changed.push({ kind: "segment", key, body });
    }
    return changed;
  }

  #held({ kind, key }: Item): Flag | Segment | undefined {
    return kind === "flag" ? this.#flags.get(key) : this.#segments.get(key);
  }

  #versionOf(item: Item): number {
    return this.#held(item)?.version ?? Number.NEGATIVE_INFINITY;
  }

  #hold(item: Item): void {
    if (item.kind === "segment") {
      this.#segments.set(item.key, item.body);
      return;
    }
    this.#flags.set(item.key, item.body);
    this.#ready.delete(item.key);
  }

  #makeReady(key: string): ReadyFlag | undefined {
    const flag = this.flag(key);
    if (flag === undefined) return undefined;
    const ready = new ReadyFlag(flag);
    this.#ready.set(key, ready);
    return ready;
  }
}
