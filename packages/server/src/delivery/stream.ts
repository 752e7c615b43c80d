import { randomUUID } from "node:crypto";
import type { EventSocket } from "./event-socket.ts";
import { type Frame, frameOf } from "./frames.ts";
import type { Snapshot, Step } from "./snapshot.ts";
import type { Voice } from "./voices.ts";

const heartbeatMs = 20_000;
const patienceMs = 30_000;
const longestMs = 30 * 60_000;
const bufferLimitBytes = 256 * 1024;

/** Who is at the other end, as far as it says. */
export interface StreamOrigin {
  /** The key or client-side ID that opened the stream. */
  readonly credential: string;
  /** Where it comes from, by what proxies say where they are trusted. */
  readonly address: string;
  readonly sdk: string;
  readonly wrapper?: string;
  readonly tags?: string;
  readonly instanceId?: string;
}

/** In a browser only events are heard; an SDK that knows no heartbeats passes over comments alone. */
export type Heartbeats = "comments" | "events";

interface StreamSettings {
  readonly voice: Voice;
  readonly origin: StreamOrigin;
  readonly now: number;
  readonly heartbeats?: Heartbeats;
}

const heartbeatEvent = frameOf("event: heartbeat\ndata: {}\n\n");

/** A comment, which every SDK ignores; ours learns from it whether it missed a change. */
function heartbeatOf(snapshot: Snapshot): Frame {
  return snapshot.frame("heartbeat", () => `: ${snapshot.toldId}\n\n`);
}

/** One client's open response. It carries state, not a queue: who reads slowly is told once, later. */
export class Stream {
  readonly id = randomUUID();
  readonly voice: Voice;
  readonly origin: StreamOrigin;
  readonly openedAt: number;
  readonly #socket: EventSocket;
  readonly #heartbeats: Heartbeats;
  #sentVersion = 0;
  #beatAt: number;
  #closeAt: number;
  #laggingSince: number | undefined;

  constructor(
    socket: EventSocket,
    { voice, origin, now, heartbeats = "comments" }: StreamSettings,
  ) {
    this.#socket = socket;
    this.voice = voice;
    this.origin = origin;
    this.openedAt = now;
    this.#heartbeats = heartbeats;
    // Who waits for heartbeats is to know from the start that there are any.
    this.#beatAt = heartbeats === "events" ? now : now + jittered(heartbeatMs, 0.2);
    this.#closeAt = now + jittered(longestMs, 0.5);
  }

  get sentVersion(): number {
    return this.#sentVersion;
  }

  get isLagging(): boolean {
    return this.#laggingSince !== undefined;
  }

  /** Calls the listener at once where the client has gone already. */
  onClose(listener: () => void): void {
    this.#socket.onceGone(listener);
  }

  begin(snapshot: Snapshot, lastId: string | undefined): void {
    this.#send(this.voice.first(snapshot, lastId), snapshot.version);
  }

  change(step: Step, snapshot: Snapshot): void {
    if (step.change.to <= this.#sentVersion || this.#laggingSince !== undefined) return;
    if (this.#socket.waitingBytes > bufferLimitBytes) this.#waitForDrain(snapshot);
    else this.#send(this.voice.change(step, snapshot), step.change.to);
  }

  /** Says everything anew. */
  restart(snapshot: Snapshot): void {
    if (this.#laggingSince === undefined) this.begin(snapshot, undefined);
  }

  /** Beats, and ends what has lasted long enough; asked every second or so. */
  tick(now: number, snapshot: Snapshot): void {
    const hasWaited = this.#laggingSince !== undefined && now - this.#laggingSince > patienceMs;
    if (hasWaited) this.#socket.destroy();
    else if (now >= this.#closeAt) this.close();
    else if (now >= this.#beatAt && this.#laggingSince === undefined) {
      this.#beatAt = now + jittered(heartbeatMs, 0.2);
      this.#socket.write(this.#heartbeats === "events" ? heartbeatEvent : heartbeatOf(snapshot));
    }
  }

  /** Ends the stream at a time, unless it ends before. */
  closeBy(time: number): void {
    this.#closeAt = Math.min(this.#closeAt, time);
  }

  close(): void {
    this.#socket.write(this.voice.goodbye());
    this.#socket.end();
  }

  #send(frame: Frame, version: number): void {
    this.#socket.write(frame);
    this.#sentVersion = version;
  }

  #waitForDrain(snapshot: Snapshot): void {
    this.#laggingSince = Date.now();
    this.#socket.onceDrained(() => {
      this.#laggingSince = undefined;
      this.#send(this.voice.catchUp(snapshot, this.#sentVersion), snapshot.version);
    });
  }
}

function jittered(ms: number, share: number): number {
  return ms * (1 - share + Math.random() * 2 * share);
}
