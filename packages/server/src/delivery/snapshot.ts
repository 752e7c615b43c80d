import { createHash } from "node:crypto";
import type { EvaluationStore, Flag, Segment } from "@halyard/evaluation";
import type { EnvironmentChange, Item } from "../changes/feed.ts";
import type { EnvironmentState } from "../environments/environment-queries.ts";
import { affectedFlags } from "./affected-flags.ts";
import { changeText, eventText, type Frame, frameOf } from "./frames.ts";

const keptChanges = 1000;

/** What an environment serves at one version; it never changes. */
class Moment {
  readonly #flags: ReadonlyMap<string, Item>;
  readonly #segments: ReadonlyMap<string, Item>;

  constructor(items: Iterable<Item>, before?: Moment) {
    const flags = new Map(before?.flagItems);
    const segments = new Map(before?.segmentItems);
    for (const item of items) (item.kind === "flag" ? flags : segments).set(item.key, item);
    this.#flags = flags;
    this.#segments = segments;
  }

  get flagItems(): ReadonlyMap<string, Item> {
    return this.#flags;
  }

  get segmentItems(): ReadonlyMap<string, Item> {
    return this.#segments;
  }

  get store(): EvaluationStore {
    return {
      flag: (key) => this.#flags.get(key)?.body as Flag | undefined,
      segment: (key) => this.#segments.get(key)?.body as Segment | undefined,
    };
  }
}

/** One change on its way to the streams: what was served before it, and what is served after it. */
export class Step {
  readonly change: EnvironmentChange;
  readonly before: EvaluationStore;
  readonly after: EvaluationStore;
  readonly appliedAt: number;
  readonly #findAffected: () => readonly string[];
  readonly #frames = new Map<string, Frame>();
  #affected: readonly string[] | undefined;

  constructor(
    change: EnvironmentChange,
    { before, after, appliedAt }: { before: Moment; after: Moment; appliedAt: number },
  ) {
    this.change = change;
    this.before = before.store;
    this.after = after.store;
    this.appliedAt = appliedAt;
    // What asks for an item may have stopped asking with this very change.
    this.#findAffected = () => [
      ...new Set(
        [before, after].flatMap((moment) =>
          affectedFlags(change.items, {
            flags: flagsOf(moment),
            segments: Object.values(bodies<Segment>(moment.segmentItems)),
          }),
        ),
      ),
    ];
  }

  /** The keys of the flags whose results the change may alter. */
  get affected(): readonly string[] {
    this.#affected ??= this.#findAffected();
    return this.#affected;
  }

  /** The frame of a name, made for the first who asks. */
  frame(name: string, text: () => string): Frame {
    const known = this.#frames.get(name) ?? frameOf(text());
    this.#frames.set(name, known);
    return known;
  }
}

/** What an environment serves now, encoded when first asked for and kept until the next change. */
export class Snapshot {
  readonly environmentId: string;
  readonly epoch: string;
  readonly #now: () => number;
  #version: number;
  #toldVersion: number;
  #moment: Moment;
  /** The latest changes, oldest first, for clients that come back. */
  readonly #recent: Step[] = [];
  #all: { readonly json: string; readonly etag: string; readonly frame: Frame } | undefined;
  readonly #encoded = new Map<string, Frame>();

  constructor({ environmentId, epoch, version, items }: EnvironmentState, now = Date.now) {
    this.environmentId = environmentId;
    this.epoch = epoch;
    this.#version = version;
    this.#toldVersion = version;
    this.#moment = new Moment(items);
    this.#now = now;
  }

  get version(): number {
    return this.#version;
  }

  get id(): string {
    return `${this.epoch}:${this.#version}`;
  }

  /** The id of the latest change that streams heard of: what a filter holds back moves the version alone. */
  get toldId(): string {
    return `${this.epoch}:${this.#toldVersion}`;
  }

  /** Moves on by one change. It has to follow on the version here. */
  apply(change: EnvironmentChange): Step {
    const before = this.#moment;
    this.#moment = new Moment(change.items, before);
    this.#version = change.to;
    if (change.items.length > 0) this.#toldVersion = change.to;
    this.#all = undefined;
    this.#encoded.clear();
    const step = new Step(change, { before, after: this.#moment, appliedAt: this.#now() });
    this.#recent.push(step);
    if (this.#recent.length > keptChanges) this.#recent.shift();
    return step;
  }

  /** Everything, as polled. */
  get all(): { readonly json: string; readonly etag: string; readonly frame: Frame } {
    if (this.#all === undefined) {
      const data = { flags: this.flags, segments: this.segments };
      const json = JSON.stringify(data);
      const etag = etagOf(json);
      this.#all = { json, etag, frame: frameOf(eventText("put", { path: "/", data }, this.id)) };
    }
    return this.#all;
  }

  /** What a client misses who has a version of this history, as one change; undefined where that is not known. */
  since(version: number): EnvironmentChange | undefined {
    if (version === this.#version) {
      return { ...this.#about, from: version, to: version, items: [] };
    }
    const first = this.#recent.findIndex(({ change }) => change.from === version);
    if (first === -1) return undefined;
    const latest = new Map<string, Item>();
    for (const { change } of this.#recent.slice(first)) {
      for (const item of change.items) {
        const name = `${item.kind} ${item.key}`;
        // Moved to the end: what an item asks for came before it.
        latest.delete(name);
        latest.set(name, item);
      }
    }
    return { ...this.#about, from: version, to: this.#version, items: [...latest.values()] };
  }

  /** The version in an `epoch:version` of this history; undefined where it is none. */
  versionOf(id: string | undefined): number | undefined {
    const [epoch, text = "", ...rest] = (id ?? "").split(":");
    const version = Number(text);
    const isOurs = epoch === this.epoch && rest.length === 0 && /^\d+$/u.test(text);
    return isOurs && Number.isSafeInteger(version) ? version : undefined;
  }

  /** When the first change after a version was made; undefined where that is not known. */
  changedAfter(version: number): number | undefined {
    return this.#recent.find(({ change }) => change.from === version)?.appliedAt;
  }

  /** A frame that says this version, made for the first who asks. */
  frame(name: string, text: () => string): Frame {
    const known = this.#encoded.get(name) ?? frameOf(text());
    this.#encoded.set(name, known);
    return known;
  }

  /** Everything, deletions included. */
  get items(): readonly Item[] {
    return [...this.#moment.flagItems.values(), ...this.#moment.segmentItems.values()];
  }

  get flags(): Readonly<Record<string, Flag>> {
    return bodies<Flag>(this.#moment.flagItems);
  }

  get segments(): Readonly<Record<string, Segment>> {
    return bodies<Segment>(this.#moment.segmentItems);
  }

  /** The segments whose members are kept apart. */
  get bigSegments(): readonly Segment[] {
    return Object.values(this.segments).filter(({ unbounded }) => unbounded === true);
  }

  /** The flags and segments as the evaluation finds them. */
  get store(): EvaluationStore {
    return this.#moment.store;
  }

  get #about() {
    return { environmentId: this.environmentId, epoch: this.epoch };
  }
}

/** What a client that has `lastId` misses, in the first protocol's words; everything where that is not known. */
export function catchUpFrame(snapshot: Snapshot, version: number | undefined): Frame {
  const missed = version === undefined ? undefined : snapshot.since(version);
  if (missed === undefined) return snapshot.all.frame;
  return snapshot.frame(`since ${version}`, () => changeText(missed));
}

export function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
}

function flagsOf(moment: Moment): readonly Flag[] {
  return Object.values(bodies<Flag>(moment.flagItems));
}

/** By key, without deletions, and safe for keys such as `__proto__`. */
function bodies<Body extends Flag | Segment>(
  items: ReadonlyMap<string, Item>,
): Readonly<Record<string, Body>> {
  const found: Record<string, Body> = Object.create(null);
  // An item's kind says what its body is.
  for (const { key, body } of items.values()) if (body !== undefined) found[key] = body as Body;
  return found;
}
