import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Posted {
  readonly headers: IncomingMessage["headers"];
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** A flag service whose answers a test decides, and which remembers what it was asked. */
export class ScriptedFlags implements AsyncDisposable {
  readonly #server: Server;
  readonly #streams = new Map<ServerResponse, string>();
  #changed = Promise.withResolvers<void>();
  /** By the key of the context: what its stream begins with; without one the stream stays silent. */
  readonly puts = new Map<string, object>();
  /** What a poll answers; a stream is refused where it is set. */
  poll: { status: number; body: unknown; headers?: Record<string, string> } | undefined;
  readonly posted: Posted[] = [];
  readonly asked: string[] = [];
  opened = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<ScriptedFlags> {
    const flags = new ScriptedFlags();
    await once(flags.#server.listen(0, "127.0.0.1"), "listening");
    return flags;
  }

  get url(): string {
    // It listens on a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get events(): readonly Readonly<Record<string, unknown>>[] {
    return this.posted.flatMap(({ events }) => events);
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Resolves once what it was asked is as the test wants it. */
  async until(isRight: () => boolean): Promise<void> {
    while (!isRight()) await this.#changed.promise;
  }

  /** Says it on every stream, or on those of one context. */
  say(event: string, data: unknown, only?: string): void {
    for (const [stream, key] of this.#streams) {
      if (only !== undefined && key !== only) continue;
      stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }

  /** Ends every stream. */
  hangUp(): void {
    for (const stream of this.#streams.keys()) stream.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #noteChange(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers();
    resolve();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "*");
    response.setHeader("access-control-expose-headers", "retry-after");
    if (request.method === "OPTIONS") response.writeHead(204).end();
    else if (request.method === "POST") {
      const events = JSON.parse(await text(request)) as Posted["events"];
      this.posted.push({ headers: request.headers, events });
      response.writeHead(202).end();
    } else {
      this.asked.push(path);
      if (path.startsWith("/eval/")) this.#stream(path, request, response);
      else {
        response.writeHead(this.poll?.status ?? 503, {
          "content-type": "application/json",
          ...this.poll?.headers,
        });
        response.end(JSON.stringify(this.poll?.body ?? {}));
      }
    }
    this.#noteChange();
  }

  #stream(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (this.poll !== undefined) {
      response.writeHead(this.poll.status === 200 ? 503 : this.poll.status).end();
      return;
    }
    this.opened += 1;
    request.on("close", () => {
      this.#streams.delete(response);
      this.#noteChange();
    });
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    const [, encoded = ""] = /\/([^/?]+)(\?|$)/.exec(path) ?? [];
    const { key } = JSON.parse(Buffer.from(encoded, "base64url").toString()) as { key: string };
    this.#streams.set(response, key);
    const put = this.puts.get(key);
    if (put !== undefined) response.write(`event: put\ndata: ${JSON.stringify(put)}\n\n`);
  }
}
