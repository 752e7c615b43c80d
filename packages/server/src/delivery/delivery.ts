import type { EnvironmentChange, Feed } from "../changes/feed.ts";
import { loadEnvironment } from "../environments/environment-queries.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import type { Db } from "../storage/database.ts";
import { Admission } from "./admission.ts";
import { ClientVoice } from "./client-voice.ts";
import { Hub } from "./hub.ts";
import { Snapshot } from "./snapshot.ts";
import type { Stream } from "./stream.ts";

const tickMs = 1000;

/** What routes of delivery need. */
export interface DeliveryParts {
  readonly db: Db;
  readonly delivery: Delivery;
  readonly now: () => number;
}

/** Keeps what each environment serves in memory, and every open stream up to date. */
export class Delivery {
  readonly #db: Db;
  readonly #now: () => number;
  readonly #admission: Admission;
  readonly #hubs = new Map<string, Promise<Hub>>();
  readonly #endings: (() => void)[];
  #isDraining = false;

  constructor({ db, feed, now }: { db: Db; feed: Feed; now: () => number }) {
    this.#db = db;
    this.#now = now;
    this.#admission = new Admission(now);
    const ticking = setInterval(() => void this.#tick(), tickMs);
    ticking.unref();
    this.#endings = [
      feed.onChange((change) => this.#deliver(change)),
      feed.onMembership((environmentId) => void this.#moveMembers(environmentId)),
      feed.onKeyEnd(({ secret, at }) => void this.#endStreamsOf(secret, at)),
      () => clearInterval(ticking),
    ];
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  async snapshot(environmentId: string): Promise<Snapshot> {
    return (await this.#hub(environmentId)).snapshot;
  }

  /** Whether one more stream may begin now. */
  admits(): boolean {
    return !this.#isDraining && this.#admission.admits();
  }

  /** Sends the stream what it needs, and from then on every change. */
  async open(environmentId: string, stream: Stream, lastId: string | undefined): Promise<void> {
    (await this.#hub(environmentId)).add(stream, lastId);
  }

  /** The open streams of an environment. */
  async streams(environmentId: string): Promise<readonly Stream[]> {
    return [...((await this.#hubs.get(environmentId))?.streams ?? [])];
  }

  /** Closes the streams one by one over some time, so that their clients do not come back at once. */
  async drain(overMs: number): Promise<void> {
    this.#isDraining = true;
    const streams = (await this.#loadedHubs()).flatMap(({ streams: open }) => [...open]);
    const closings = streams.map(
      (stream) =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            stream.close();
            resolve();
          }, Math.random() * overMs);
        }),
    );
    await Promise.all(closings);
  }

  async close(): Promise<void> {
    for (const end of this.#endings) end();
    for (const { streams } of await this.#loadedHubs()) {
      for (const stream of streams) stream.close();
    }
  }

  #hub(environmentId: string): Promise<Hub> {
    const known = this.#hubs.get(environmentId);
    if (known !== undefined) return known;
    const loading = loadEnvironment(this.#db, environmentId).then(
      (state) => new Hub(new Snapshot(state, this.#now)),
    );
    this.#hubs.set(environmentId, loading);
    loading.catch(() => this.#hubs.delete(environmentId));
    return loading;
  }

  async #loadedHubs(): Promise<readonly Hub[]> {
    const loaded = await Promise.allSettled(this.#hubs.values());
    return loaded.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }

  /** The loading, where it is still under way, may already have seen the change: its version tells. */
  #deliver(change: EnvironmentChange): void {
    const loading = this.#hubs.get(change.environmentId);
    loading?.then(
      (hub) => {
        if (hub.apply(change)) return;
        // A hole: what is held cannot be trusted. Clients come back and are served from the store.
        this.#hubs.delete(change.environmentId);
        for (const stream of hub.streams) stream.close();
      },
      () => undefined, // Nothing is held, so nothing is out of date; whoever asks next loads again.
    );
  }

  async #tick(): Promise<void> {
    const now = this.#now();
    for (const hub of await this.#loadedHubs()) hub.tick(now);
  }

  /** Who is in a big segment has changed: client-side streams learn of it for their own contexts. */
  async #moveMembers(environmentId: string): Promise<void> {
    const hub = await this.#hubs.get(environmentId);
    if (hub === undefined) return;
    for (const stream of hub.streams) {
      if (!(stream.voice instanceof ClientVoice)) continue;
      const { context } = stream.voice.asking;
      const { bigSegments } = await withBigSegments(this.#db, hub.snapshot, context);
      if (stream.voice.moveTo(bigSegments)) stream.restart(hub.snapshot);
    }
  }

  /** A key ends: at once, or when its time has come. */
  async #endStreamsOf(secret: string, at: number): Promise<void> {
    for (const hub of await this.#loadedHubs()) {
      for (const stream of hub.streams) {
        if (stream.origin.credential === secret) stream.closeBy(at);
      }
      hub.tick(this.#now());
    }
  }
}
