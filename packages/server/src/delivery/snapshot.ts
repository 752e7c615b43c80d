import { createHash } from "node:crypto";
import type { EvaluationStore, Flag, Segment } from "@halyard/evaluation";
import type { EnvironmentChange, Item } from "../changes/feed.ts";
import type { EnvironmentState } from "../environments/environment-queries.ts";
import { encodeChange, encodeFrame } from "./frames.ts";

const keptChanges = 1000;

/** What an environment serves now, encoded when first asked for and kept until the next change. */
export class Snapshot {
  readonly environmentId: string;
  readonly epoch: string;
  #version: number;
  readonly #flags = new Map<string, Item>();
  readonly #segments = new Map<string, Item>();
  /** The latest changes as frames, oldest first, for clients that come back. */
  readonly #recent: { readonly from: number; readonly frame: Buffer }[] = [];
  #all: { readonly json: string; readonly etag: string; readonly frame: Buffer } | undefined;

  constructor({ environmentId, epoch, version, items }: EnvironmentState) {
    this.environmentId = environmentId;
    this.epoch = epoch;
    this.#version = version;
    for (const item of items) this.#put(item);
  }

  get version(): number {
    return this.#version;
  }

  get id(): string {
    return `${this.epoch}:${this.#version}`;
  }

  /** Moves on by one change and gives its frame. The change has to follow on the version here. */
  apply(change: EnvironmentChange): Buffer {
    for (const item of change.items) this.#put(item);
    this.#version = change.to;
    this.#all = undefined;
    const frame = encodeChange(change);
    this.#recent.push({ from: change.from, frame });
    if (this.#recent.length > keptChanges) this.#recent.shift();
    return frame;
  }

  /** Everything, as polled. */
  get all(): { readonly json: string; readonly etag: string; readonly frame: Buffer } {
    if (this.#all === undefined) {
      const data = { flags: bodies(this.#flags), segments: bodies(this.#segments) };
      const json = JSON.stringify(data);
      const etag = `"${createHash("sha256").update(json).digest("hex").slice(0, 32)}"`;
      this.#all = { json, etag, frame: encodeFrame("put", { path: "/", data }, this.id) };
    }
    return this.#all;
  }

  /** What a client misses who last heard `id`; undefined where it needs everything. */
  since(id: string | undefined): Buffer | undefined {
    const [epoch, text] = (id ?? "").split(":");
    const version = Number(text);
    if (epoch !== this.epoch || text === undefined || text === "" || !Number.isSafeInteger(version))
      return undefined;
    if (version === this.#version) return Buffer.alloc(0);
    const first = this.#recent.findIndex(({ from }) => from === version);
    if (first === -1) return undefined;
    return Buffer.concat(this.#recent.slice(first).map(({ frame }) => frame));
  }

  get flags(): Readonly<Record<string, Flag | Segment>> {
    return bodies(this.#flags);
  }

  get segments(): Readonly<Record<string, Flag | Segment>> {
    return bodies(this.#segments);
  }

  /** The segments whose members are kept apart. */
  get bigSegments(): readonly Segment[] {
    return Object.values(this.segments).filter(
      (segment): segment is Segment => "unbounded" in segment && segment.unbounded === true,
    );
  }

  /** The flags and segments as the evaluation finds them. */
  get store(): EvaluationStore {
    return {
      flag: (key) => this.#flags.get(key)?.body as Flag | undefined,
      segment: (key) => this.#segments.get(key)?.body as Segment | undefined,
    };
  }

  #put(item: Item): void {
    (item.kind === "flag" ? this.#flags : this.#segments).set(item.key, item);
  }
}

/** By key, without deletions, and safe for keys such as `__proto__`. */
function bodies(items: ReadonlyMap<string, Item>): Readonly<Record<string, Flag | Segment>> {
  const found: Record<string, Flag | Segment> = Object.create(null);
  for (const { key, body } of items.values()) if (body !== undefined) found[key] = body;
  return found;
}
