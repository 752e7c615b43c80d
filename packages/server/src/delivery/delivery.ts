import type { EnvironmentChange, Feed } from "../changes/feed.ts";
import { loadEnvironment } from "../environments/environment-queries.ts";
import type { Db } from "../storage/database.ts";
import { Snapshot } from "./snapshot.ts";
import type { Stream } from "./stream.ts";

interface Served {
  readonly snapshot: Snapshot;
  readonly streams: Set<Stream>;
}

/** Keeps what each environment serves in memory, and every open stream up to date. */
export class Delivery {
  readonly #db: Db;
  readonly #served = new Map<string, Promise<Served>>();
  readonly #unsubscribe: () => void;

  constructor({ db, feed }: { db: Db; feed: Feed }) {
    this.#db = db;
    this.#unsubscribe = feed.onChange((change) => this.#deliver(change));
  }

  async snapshot(environmentId: string): Promise<Snapshot> {
    return (await this.#get(environmentId)).snapshot;
  }

  /** Sends the stream what it needs, and from then on every change. */
  async open(environmentId: string, stream: Stream, lastId: string | undefined): Promise<void> {
    const { snapshot, streams } = await this.#get(environmentId);
    stream.send(stream.first(snapshot, lastId));
    streams.add(stream);
    stream.onClose(() => streams.delete(stream));
  }

  /** How many streams are open for an environment. */
  async connected(environmentId: string): Promise<number> {
    return (await this.#served.get(environmentId))?.streams.size ?? 0;
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    for (const loading of await Promise.allSettled(this.#served.values())) {
      if (loading.status === "fulfilled")
        for (const stream of loading.value.streams) stream.close();
    }
  }

  #get(environmentId: string): Promise<Served> {
    const known = this.#served.get(environmentId);
    if (known !== undefined) return known;
    const loading = loadEnvironment(this.#db, environmentId).then((state) => ({
      snapshot: new Snapshot(state),
      streams: new Set<Stream>(),
    }));
    this.#served.set(environmentId, loading);
    loading.catch(() => this.#served.delete(environmentId));
    return loading;
  }

  /** The loading, where it is still under way, may already have seen the change: its version tells. */
  #deliver(change: EnvironmentChange): void {
    const loading = this.#served.get(change.environmentId);
    loading?.then(
      (served) => this.#deliverTo(served, change),
      () => undefined, // Nothing is held, so nothing is out of date; whoever asks next loads again.
    );
  }

  #deliverTo({ snapshot, streams }: Served, change: EnvironmentChange): void {
    const isSameHistory = change.epoch === snapshot.epoch;
    if (isSameHistory && change.to <= snapshot.version) return;
    if (!isSameHistory || change.from !== snapshot.version) {
      // A hole: what is held cannot be trusted. Clients come back and are served from the store.
      this.#served.delete(change.environmentId);
      for (const stream of streams) stream.close();
      return;
    }
    const frame = snapshot.apply(change);
    for (const stream of streams) stream.change(frame, change, snapshot);
  }
}
