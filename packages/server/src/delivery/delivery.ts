import type { EnvironmentChange, Feed } from "../changes/feed.ts";
import { loadEnvironment } from "../environments/environment-queries.ts";
import { withBigSegments } from "../segments/big-segment-answers.ts";
import type { Db } from "../storage/database.ts";
import { Admission } from "./admission.ts";
import { ClientVoice } from "./client-voice.ts";
import { ConnectedSdks } from "./connected-sdks.ts";
import { Hub } from "./hub.ts";
import { FilteredHub, type PayloadFilter } from "./payload-filter.ts";
import { Snapshot } from "./snapshot.ts";
import type { Stream } from "./stream.ts";

const tickMs = 1000;

/** What routes of delivery need. */
export interface DeliveryParts {
  readonly db: Db;
  readonly delivery: Delivery;
  readonly now: () => number;
}

/** An environment's hub, and those of its parts that SDKs asked for by a filter. */
interface Served {
  readonly whole: Hub;
  readonly filtered: Map<string, FilteredHub>;
}

function hubsOf({ whole, filtered }: Served): readonly Hub[] {
  return [whole, ...[...filtered.values()].map(({ hub }) => hub)];
}

/** Keeps what each environment serves in memory, and every open stream up to date. */
export class Delivery {
  readonly sdks = new ConnectedSdks();
  readonly #db: Db;
  readonly #now: () => number;
  readonly #admission: Admission;
  readonly #served = new Map<string, Promise<Served>>();
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
      feed.onMembership((environmentId) => this.#moveMembers(environmentId)),
      feed.onKeyEnd(({ secret, at }) => void this.#endStreamsOf(secret, at)),
      feed.onEnvironmentEnd((environmentId) => void this.#drop(environmentId)),
      () => clearInterval(ticking),
    ];
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  async snapshot(environmentId: string, filter?: PayloadFilter): Promise<Snapshot> {
    return (await this.#hubFor(environmentId, filter)).snapshot;
  }

  /** Whether one more stream may begin now. */
  admits(): boolean {
    return !this.#isDraining && this.#admission.admits();
  }

  /** Sends the stream what it needs, and from then on every change. */
  async open(
    environmentId: string,
    stream: Stream,
    { lastId, filter }: { lastId: string | undefined; filter: PayloadFilter | undefined },
  ): Promise<void> {
    (await this.#hubFor(environmentId, filter)).add(stream, lastId);
    this.sdks.add(environmentId, stream);
  }

  /** The open streams of an environment. */
  async streams(environmentId: string): Promise<readonly Stream[]> {
    return (await this.#loadedHubs())
      .filter(({ snapshot }) => snapshot.environmentId === environmentId)
      .flatMap(({ streams }) => [...streams]);
  }

  /** Forgets a filter that was deleted; who still asks for it is told so when it comes back. */
  async dropFilter(filterId: string): Promise<void> {
    for (const { filtered } of await this.#loadedEnvironments()) {
      const gone = filtered.get(filterId);
      filtered.delete(filterId);
      gone?.hub.end();
    }
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

  async #hubFor(environmentId: string, filter: PayloadFilter | undefined): Promise<Hub> {
    const { whole, filtered } = await this.#environment(environmentId);
    if (filter === undefined) return whole;
    const known = filtered.get(filter.id) ?? new FilteredHub(filter, whole.snapshot, this.#now);
    filtered.set(filter.id, known);
    return known.hub;
  }

  #environment(environmentId: string): Promise<Served> {
    const known = this.#served.get(environmentId);
    if (known !== undefined) return known;
    const loading = loadEnvironment(this.#db, environmentId).then((state) => ({
      whole: new Hub(new Snapshot(state, this.#now)),
      filtered: new Map<string, FilteredHub>(),
    }));
    this.#served.set(environmentId, loading);
    loading.catch(() => this.#served.delete(environmentId));
    return loading;
  }

  async #loadedEnvironments(): Promise<readonly Served[]> {
    const loaded = await Promise.allSettled(this.#served.values());
    return loaded.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }

  async #loadedHubs(): Promise<readonly Hub[]> {
    return (await this.#loadedEnvironments()).flatMap(hubsOf);
  }

  /** The loading, where it is still under way, may already have seen the change: its version tells. */
  #deliver(change: EnvironmentChange): void {
    const loading = this.#served.get(change.environmentId);
    loading?.then(
      (served) => {
        const { whole, filtered } = served;
        const isKnown = change.to <= whole.snapshot.version;
        if (whole.apply(change)) {
          if (isKnown) return;
          for (const part of filtered.values()) part.apply(change, whole.snapshot);
          return;
        }
        // A hole: what is held cannot be trusted. Clients come back and are served from the store.
        this.#served.delete(change.environmentId);
        for (const hub of hubsOf(served)) hub.end();
      },
      () => undefined, // Nothing is held, so nothing is out of date; whoever asks next loads again.
    );
  }

  /** The environment is no more; whoever comes back finds no door that its key opens. */
  async #drop(environmentId: string): Promise<void> {
    const loading = this.#served.get(environmentId);
    this.#served.delete(environmentId);
    const served = await loading?.catch(() => undefined);
    if (served !== undefined) for (const hub of hubsOf(served)) hub.end();
  }

  async #tick(): Promise<void> {
    const now = this.#now();
    for (const hub of await this.#loadedHubs()) hub.tick(now);
  }

  /** Who is in a big segment has changed: client-side streams learn of it for their own contexts. */
  async #moveMembers(environmentId: string): Promise<void> {
    const hub = (await this.#served.get(environmentId))?.whole;
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
