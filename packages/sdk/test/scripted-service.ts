import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "../src/index.ts";

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Answer = (response: ServerResponse, asked: Asked) => void;

/** By path: the answers to one request after another; the last one stays. Other paths give 404. */
export type Script = Readonly<Record<string, Answer | readonly Answer[]>>;

/** A flag service that says what a test scripts, and remembers what it was asked. */
export class ScriptedService implements AsyncDisposable {
  readonly #server: Server;
  readonly #script: Script;
  readonly asked: Asked[] = [];
  /** Answers that are still open, by path. */
  readonly open = new Map<string, ServerResponse[]>();

  private constructor(script: Script) {
    this.#script = script;
    this.#server = createServer((request, response) => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://here");
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { headers } = request;
        this.#answer({ path, query, headers, body: Buffer.concat(parts) }, response);
      });
    });
  }

  static async start(script: Script, port = 0): Promise<ScriptedService> {
    const service = new ScriptedService(script);
    service.#server.listen(port, "127.0.0.1");
    await once(service.#server, "listening");
    return service;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  askedFor(path: string): readonly Asked[] {
    return this.asked.filter((asked) => asked.path === path);
  }

  /** What arrived as events, batch after batch. */
  get events(): readonly Readonly<Record<string, unknown>>[] {
    return this.askedFor("/bulk").flatMap(({ body }) => JSON.parse(body.toString()));
  }

  /** Says more on the latest answer to a path. */
  say(path: string, text: string): void {
    const response = this.open.get(path)?.at(-1);
    if (response === undefined) throw new Error(`nobody asked for ${path} yet`);
    response.write(text);
  }

  #answer(asked: Asked, response: ServerResponse): void {
    const { path } = asked;
    const count = this.askedFor(path).length;
    this.asked.push(asked);
    this.open.set(path, [...(this.open.get(path) ?? []), response]);
    const answers = [this.#script[path] ?? status(404)].flat();
    answers[Math.min(count, answers.length - 1)]?.(response, asked);
  }

  connections(): Promise<number> {
    return new Promise((resolve) => this.#server.getConnections((_, count) => resolve(count)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** Begins a stream with this text, and leaves it open. */
export const streams =
  (text: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream", ...headers }).write(text);
  };

/** Streams this text and ends. */
export const streamsAndEnds =
  (text: string): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(text);
  };

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end();
  };

/** Answers with the document, and with 304 to those who have it. */
export const document =
  (body: object, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response, asked) => {
    if (headers["etag"] !== undefined && asked.headers["if-none-match"] === headers["etag"]) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };

/** A flag that gives this value to everyone. */
export const flag = (version: number, value: unknown, key = "checkout") => ({
  key,
  version,
  on: false,
  offVariation: 0,
  variations: [value],
});

export const event = (name: string, data: unknown, id?: string): string =>
  `event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

const intent = (intentCode: string) =>
  event("server-intent", { payloads: [{ id: "p", target: 1, intentCode, reason: "test" }] });

/** A transfer of the second generation: each flag with its value, then the state. */
export const transfer = (
  intentCode: "xfer-full" | "xfer-changes",
  version: number,
  value: unknown,
  state = `e:${version}`,
): string =>
  intent(intentCode) +
  event("put-object", { kind: "flag", key: "checkout", version, object: flag(version, value) }) +
  event("payload-transferred", { state, version });

export const upToDate: string = intent("none");

/** The same transfer as the answer to a poll. */
export const polled = (version: number, value: string): Answer =>
  document({
    events: [
      {
        event: "server-intent",
        data: { payloads: [{ id: "p", target: version, intentCode: "xfer-full" }] },
      },
      {
        event: "put-object",
        data: { kind: "flag", key: "checkout", version, object: flag(version, value) },
      },
      { event: "payload-transferred", data: { state: `e:${version}`, version } },
    ],
  });

/** The first generation's full set with one flag. */
export const put = (version: number, value: unknown, id?: string): string =>
  event(
    "put",
    { path: "/", data: { flags: { checkout: flag(version, value) }, segments: {} } },
    id,
  );

/** A logger that keeps its lines. */
export function keptLines(): { readonly lines: string[]; readonly logger: Logger } {
  const lines: string[] = [];
  const keep = (line: string): void => void lines.push(line);
  return { lines, logger: { error: keep, warn: keep, info: keep, debug: keep } };
}
