import type { IncomingMessage, ServerResponse } from "node:http";
import type { Frame } from "./frames.ts";
import { frameOf } from "./frames.ts";
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
  readonly sdk: string;
  readonly wrapper?: string;
  readonly tags?: string;
  readonly instanceId?: string;
}

/** One client's open response. It carries state, not a queue: who reads slowly is told once, later. */
export class Stream {
  readonly voice: Voice;
  readonly origin: StreamOrigin;
  readonly openedAt: number;
  readonly #response: ServerResponse;
  #sentVersion = 0;
  #beatAt: number;
  #closeAt: number;
  #laggingSince: number | undefined;

  constructor(
    response: ServerResponse,
    { voice, origin, now }: { voice: Voice; origin: StreamOrigin; now: number },
  ) {
    this.#response = response;
    this.voice = voice;
    this.origin = origin;
    this.openedAt = now;
    this.#beatAt = now + jittered(heartbeatMs, 0.2);
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
    if (this.#response.destroyed) listener();
    else this.#response.once("close", listener);
  }

  begin(snapshot: Snapshot, lastId: string | undefined): void {
    this.#send(this.voice.first(snapshot, lastId), snapshot.version);
  }

  change(step: Step, snapshot: Snapshot): void {
    if (step.change.to <= this.#sentVersion || this.#laggingSince !== undefined) return;
    if (this.#waitingBytes > bufferLimitBytes) this.#waitForDrain(snapshot);
    else this.#send(this.voice.change(step, snapshot), step.change.to);
  }

  /** Says everything anew. */
  restart(snapshot: Snapshot): void {
    if (this.#laggingSince === undefined) this.begin(snapshot, undefined);
  }

  /** Beats, and ends what has lasted long enough; asked every second or so. */
  tick(now: number, snapshot: Snapshot): void {
    const hasWaited = this.#laggingSince !== undefined && now - this.#laggingSince > patienceMs;
    if (hasWaited) this.#response.destroy();
    else if (now >= this.#closeAt) this.close();
    else if (now >= this.#beatAt && this.#laggingSince === undefined) {
      this.#beatAt = now + jittered(heartbeatMs, 0.2);
      // A comment, which every SDK ignores; ours learns from it whether it missed a change.
      this.#write(snapshot.frame("heartbeat", () => `: ${snapshot.id}\n\n`));
    }
  }

  /** Ends the stream at a time, unless it ends before. */
  closeBy(time: number): void {
    this.#closeAt = Math.min(this.#closeAt, time);
  }

  close(): void {
    if (this.#response.destroyed) return;
    this.#write(this.voice.goodbye());
    this.#response.end();
  }

  #send(frame: Frame, version: number): void {
    this.#write(frame);
    this.#sentVersion = version;
  }

  /** The response's own write would encode the chunk for each client anew. */
  #write(frame: Frame): void {
    const { socket, chunkedEncoding } = this.#response as ServerResponse & {
      chunkedEncoding?: boolean;
    };
    if (frame.bytes.length === 0 || this.#response.destroyed || socket === null) return;
    socket.write(chunkedEncoding === true ? frame.chunk : frame.bytes);
  }

  get #waitingBytes(): number {
    return this.#response.socket?.writableLength ?? 0;
  }

  #waitForDrain(snapshot: Snapshot): void {
    this.#laggingSince = Date.now();
    this.#response.socket?.once("drain", () => {
      this.#laggingSince = undefined;
      this.#send(this.voice.catchUp(snapshot, this.#sentVersion), snapshot.version);
    });
  }
}

/** Answers with the head of a stream; from here on its frames follow. */
export function beginStream(
  request: IncomingMessage,
  response: ServerResponse,
  headers: Readonly<Record<string, string | string[] | number | undefined>>,
): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, value);
  }
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-store, no-transform, must-revalidate",
    "x-accel-buffering": "no",
  });
  // The first bytes make proxies pass the head on.
  response.write(frameOf(":\n\n").bytes);
  request.socket.setNoDelay(true);
}

function jittered(ms: number, share: number): number {
  return ms * (1 - share + Math.random() * 2 * share);
}
