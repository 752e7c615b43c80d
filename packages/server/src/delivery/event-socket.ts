import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Frame, frameOf } from "./frames.ts";

type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

const lastChunk = "0\r\n\r\n";

/**
 * The connection of an answer that goes on for hours. Once its head is written, request and response
 * are let go, which halves what an idle client costs; frames go to the socket as they lie, where the
 * response's own write would encode each of them anew for every client.
 */
export class EventSocket {
  readonly #socket: Socket;
  readonly #isChunked: boolean;

  /** Writes the head. From here on nobody else may touch the response. */
  constructor(request: IncomingMessage, response: ServerResponse, headers: Headers) {
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) response.setHeader(name, value);
    }
    // An HTTP/1.0 client, as nginx is by default, knows no chunks: its answer ends with its connection.
    this.#isChunked = request.httpVersionMinor > 0 || request.httpVersionMajor > 1;
    this.#socket = request.socket;
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-store, no-transform, must-revalidate",
      "x-accel-buffering": "no",
      ...(this.#isChunked ? { "transfer-encoding": "chunked" } : { connection: "close" }),
    });
    response.flushHeaders();
    this.#socket.setNoDelay(true);
    // A request that came before another was answered waits for its turn, which never comes.
    if (response.socket === this.#socket) this.#takeFrom(response);
    else this.#socket.destroy();
    // The first bytes make proxies pass the head on.
    this.write(frameOf(":\n\n"));
  }

  /** From here on HTTP has no part in the connection: no further request on it is read. */
  #takeFrom(response: ServerResponse): void {
    response.detachSocket(this.#socket);
    this.#socket.removeAllListeners("data");
    this.#socket.on("data", cut);
  }

  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  write(frame: Frame): void {
    if (frame.bytes.length === 0 || !this.#socket.writable) return;
    this.#socket.write(this.#isChunked ? frame.chunk : frame.bytes);
  }

  onceDrained(listener: () => void): void {
    this.#socket.once("drain", listener);
  }

  /** Calls the listener at once where the client has gone already. */
  onceGone(listener: () => void): void {
    if (this.isGone) listener();
    else this.#socket.once("close", listener);
  }

  /** Ends the answer after what is still on its way. */
  end(): void {
    if (this.#socket.writable) this.#socket.end(this.#isChunked ? lastChunk : "");
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

/** There is no place for an answer on a connection whose stream runs. */
function cut(this: Socket): void {
  this.destroy();
}
