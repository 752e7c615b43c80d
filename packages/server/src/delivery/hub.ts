import { setImmediate as nextTurn } from "node:timers/promises";
import type { EnvironmentChange } from "../changes/feed.ts";
import type { Snapshot, Step } from "./snapshot.ts";
import type { Stream } from "./stream.ts";
import { pingVoice } from "./voices.ts";

const sliceMs = 10;
const streamsBetweenLooks = 32;

/** One environment's snapshot, and every stream that hears of it. */
export class Hub {
  readonly snapshot: Snapshot;
  readonly streams = new Set<Stream>();
  readonly #steps: Step[] = [];
  #isSending = false;
  #hasEnded = false;

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  add(stream: Stream, lastId: string | undefined): void {
    stream.begin(this.snapshot, lastId);
    this.streams.add(stream);
    stream.onClose(() => this.streams.delete(stream));
    if (this.#hasEnded) stream.close();
  }

  /** Closes every stream, and those that were on their way here. */
  end(): void {
    this.#hasEnded = true;
    for (const stream of this.streams) stream.close();
  }

  /** Whether the change follows on what is served; if it does, it goes out. */
  apply(change: EnvironmentChange): boolean {
    if (change.epoch === this.snapshot.epoch && change.to <= this.snapshot.version) return true;
    if (change.epoch !== this.snapshot.epoch || change.from !== this.snapshot.version) return false;
    this.#steps.push(this.snapshot.apply(change));
    if (!this.#isSending) void this.#send();
    return true;
  }

  tick(now: number): void {
    for (const stream of this.streams) stream.tick(now, this.snapshot);
  }

  /** One change after another, in slices, so that thousands of streams do not hold up everything else. */
  async #send(): Promise<void> {
    this.#isSending = true;
    for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) {
      let sliceEnds = performance.now() + sliceMs;
      let count = 0;
      for (const stream of [...this.streams]) {
        if (stream.voice === pingVoice) this.#pingLater(stream, step);
        else stream.change(step, this.snapshot);
        count += 1;
        if (count % streamsBetweenLooks === 0 && performance.now() > sliceEnds) {
          await nextTurn();
          sliceEnds = performance.now() + sliceMs;
        }
      }
    }
    this.#isSending = false;
  }

  /** Who is pinged polls at once, so thousands are pinged over some time. */
  #pingLater(stream: Stream, step: Step): void {
    const spreadMs = Math.min(10_000, this.streams.size * 2);
    const timer = setTimeout(() => stream.change(step, this.snapshot), Math.random() * spreadMs);
    stream.onClose(() => clearTimeout(timer));
  }
}
