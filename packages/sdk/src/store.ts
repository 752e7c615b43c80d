import { type EvaluationStore, type Flag, prepared, type Segment } from "@halyard/evaluation";
import { Dependents } from "./dependents.ts";
import { FlagListing } from "./flag-listing.ts";
import type { Item } from "./source/first-generation-message.ts";
import { type Position, parsePosition } from "./source/position.ts";
import type { Change, Held } from "./source/protocol.ts";

/** A store that also tells which flags there are. */
export interface ListingStore extends EvaluationStore {
  readonly listing: FlagListing;
}

/** Flags and segments in memory. What it holds never goes back to an older state. */
export class Store implements ListingStore, Held {
  #flags = new Map<string, Flag>();
  #segments = new Map<string, Segment>();
  #listing: FlagListing | undefined;
  #dependents: Dependents | undefined;
  #isFilled = false;
  #state: string | undefined;
  #position: Position | undefined;

  /** Whether a full set has arrived. */
  get isFilled(): boolean {
    return this.#isFilled;
  }

  /** What the service calls this state; undefined before the first set, and where it says nothing. */
  get state(): string | undefined {
    return this.#state;
  }

  /** Undefined before the first set, and with services that do not number their changes. */
  get position(): Position | undefined {
    return this.#position;
  }

  flag(key: string): Flag | undefined {
    const flag = this.#flags.get(key);
    return flag?.deleted === true ? undefined : flag;
  }

  segment(key: string): Segment | undefined {
    const segment = this.#segments.get(key);
    return segment?.deleted === true ? undefined : segment;
  }

  /** Every flag; listed once for each state. */
  get listing(): FlagListing {
    this.#listing ??= new FlagListing([...this.flags()].map(prepared));
    return this.#listing;
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

  /** Keys of the flags whose results these items can alter, directly or through others. */
  flagsAffectedBy(items: readonly Item[]): readonly string[] {
    this.#dependents ??= new Dependents(this.flags(), this.segments());
    return this.#dependents.flagsAffectedBy(items);
  }

  /** Takes what is newer than what is held. Gives the items that changed. */
  apply({ kind, items, state }: Change): readonly Item[] {
    if (kind === "whole") return this.#replace(items, state);
    return this.#update(items, state, kind === "newer");
  }

  /** Takes a full set, unless it is older than what is held. */
  #replace(items: readonly Item[], state: string | undefined): readonly Item[] {
    const position = parsePosition(state);
    const held = this.#position;
    // Versions of two histories cannot be compared: another epoch's set is taken as it is, and so
    // is one that is not numbered.
    const isSameHistory = position !== undefined && position.epoch === held?.epoch;
    if (isSameHistory && position.version < held.version) return [];
    const accepted = isSameHistory ? items.map((item) => this.#newerOf(item)) : items;
    const changed = accepted.filter((item) => item.body.version !== this.#held(item)?.version);
    const [flags, segments] = [this.#flags, this.#segments];
    this.#flags = new Map();
    this.#segments = new Map();
    this.#listing = undefined;
    this.#dependents = undefined;
    for (const item of accepted) this.#hold(item);
    for (const [key, body] of flags) {
      if (!this.#flags.has(key)) changed.push({ kind: "flag", key, body });
    }
    for (const [key, body] of segments) {
      if (!this.#segments.has(key)) changed.push({ kind: "segment", key, body });
    }
    this.#isFilled = true;
    this.#state = state;
    this.#position = position;
    return changed;
  }

  /** Takes the items, or of them those that are newer than the ones held. */
  #update(
    items: readonly Item[],
    state: string | undefined,
    mustBeNewer: boolean,
  ): readonly Item[] {
    const position = parsePosition(state);
    const held = this.#position;
    if (position !== undefined && position.epoch !== held?.epoch) {
      throw new Error("a change of another history arrived before its full set");
    }
    // A full set has no trace of what was deleted before it: what is older would bring it back.
    if (position !== undefined && position.version < (held?.version ?? 0)) return [];
    const compares = mustBeNewer || position !== undefined;
    const taken = compares
      ? items.filter((item) => item.body.version > this.#versionOf(item))
      : items;
    for (const item of taken) this.#hold(item);
    if (
      state !== undefined &&
      (position === undefined || position.version > (held?.version ?? -1))
    ) {
      this.#state = state;
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

  #held({ kind, key }: Item): Flag | Segment | undefined {
    return kind === "flag" ? this.#flags.get(key) : this.#segments.get(key);
  }

  #versionOf(item: Item): number {
    return this.#held(item)?.version ?? Number.NEGATIVE_INFINITY;
  }

  #hold(item: Item): void {
    this.#dependents?.take(item);
    if (item.kind === "segment") {
      this.#segments.set(item.key, item.body);
      return;
    }
    this.#flags.set(item.key, item.body);
    this.#listing = undefined;
  }
}
