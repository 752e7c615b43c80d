import type { ServerResponse } from "node:http";
import type { EnvironmentChange } from "../changes/feed.ts";
import { encodeFrame } from "./frames.ts";
import type { Snapshot } from "./snapshot.ts";

const heartbeatMs = 20_000;
const patienceMs = 30_000;
const bufferLimitBytes = 256 * 1024;

/** `all` is what SDKs use; `flags` and `segments` are older, with that one kind alone. */
export type StreamKind = "all" | "flags" | "segments";

/** One client's open response. It carries state, not a queue: who reads slowly gets everything once, later. */
export class Stream {
  readonly #response: ServerResponse;
  readonly #kind: StreamKind;
  readonly #heartbeat: NodeJS.Timeout;
  #laggingSince: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, kind: StreamKind) {
    this.#response = response;
    this.#kind = kind;
    // Each stream beats at its own pace, so that thousands do not beat at once.
    const paceMs = heartbeatMs * (0.8 + Math.random() * 0.4);
    this.#heartbeat = setInterval(() => this.send(Buffer.from(":\n\n")), paceMs);
    this.#heartbeat.unref();
    this.onClose(() => clearInterval(this.#heartbeat));
  }

  /** Calls the listener at once where the client has gone already. */
  onClose(listener: () => void): void {
    if (this.#response.destroyed) listener();
    else this.#response.once("close", listener);
  }

  /** What a client that begins, or comes back, is sent. */
  first(snapshot: Snapshot, lastId: string | undefined): Buffer {
    if (this.#kind === "all") return snapshot.since(lastId) ?? snapshot.all.frame;
    return encodeFrame("put", snapshot[this.#kind], snapshot.id);
  }

  change(frame: Buffer, change: EnvironmentChange, snapshot: Snapshot): void {
    if (this.#laggingSince !== undefined) return;
    if (this.#response.writableLength > bufferLimitBytes) {
      this.#waitForDrain(snapshot);
    } else {
      this.send(this.#kind === "all" ? frame : this.#ownFrames(change));
    }
  }

  send(frame: Buffer): void {
    if (frame.length > 0 && !this.#response.destroyed) this.#response.write(frame);
  }

  close(): void {
    this.#response.end();
  }

  #ownFrames({ epoch, to, items }: EnvironmentChange): Buffer {
    const own = items.filter(({ kind }) => `${kind}s` === this.#kind);
    return Buffer.concat(
      own.map(({ key, version, body }) =>
        body === undefined
          ? encodeFrame("delete", { path: `/${key}`, version }, `${epoch}:${to}`)
          : encodeFrame("patch", { path: `/${key}`, data: body }, `${epoch}:${to}`),
      ),
    );
  }

  #waitForDrain(snapshot: Snapshot): void {
    this.#laggingSince = setTimeout(() => this.#response.destroy(), patienceMs);
    this.#laggingSince.unref();
    this.#response.once("drain", () => {
      clearTimeout(this.#laggingSince);
      this.#laggingSince = undefined;
      this.send(this.first(snapshot, undefined));
    });
  }
}
