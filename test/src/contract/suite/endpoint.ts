import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { within } from "./within.ts";

/** What every client of a case asks with. */
export const credential = "sdk-contract";

/** The same in browsers, as a part of the address. */
export const clientSideId = "client-side-id";

/** A request that an endpoint was asked. */
export interface Received {
  readonly method: string;
  /** As it stands in the request line; a proxy sees a whole address. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly response: ServerResponse;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<unknown>;
}

export type Answer = (response: ServerResponse, request: Received) => void;

/** A scripted service of the SDK's, such as the one for streams. */
export class Endpoint implements AsyncDisposable {
  readonly #server: Server;
  readonly #answers: readonly [Answer, ...Answer[]];
  readonly #isSecure: boolean;
  readonly #untaken: Received[] = [];
  readonly #waiting: ((received: Received) => void)[] = [];
  readonly received: Received[] = [];

  private constructor(
    answers: readonly [Answer, ...Answer[]],
    certificate: Certificate | undefined,
  ) {
    this.#answers = answers;
    this.#isSecure = certificate !== undefined;
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      void this.#take(request, response);
    };
    this.#server =
      certificate === undefined
        ? createServer(take)
        : createTlsServer(
            {
              cert: readFileSync(certificate.certificateFile),
              key: readFileSync(certificate.keyFile),
            },
            take,
          );
  }

  /** Gives the answers one after another; the last one stays. */
  static async start(
    answers: readonly [Answer, ...Answer[]],
    certificate?: Certificate,
  ): Promise<Endpoint> {
    const endpoint = new Endpoint(answers, certificate);
    endpoint.#server.listen(0, "127.0.0.1");
    await once(endpoint.#server, "listening");
    return endpoint;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#isSecure ? "https" : "http"}://127.0.0.1:${this.port}`;
  }

  /** The next request that nobody has taken yet. */
  async next(): Promise<Received> {
    const untaken = this.#untaken.shift();
    if (untaken !== undefined) return untaken;
    const { promise, resolve } = Promise.withResolvers<Received>();
    this.#waiting.push(resolve);
    return within(promise, "no request arrived");
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url: target = "/", headers } = request;
    // A client of somebody else's may still look for a service that had this port before.
    if (
      method === "GET" &&
      !(headers.authorization === credential || target.includes(clientSideId))
    ) {
      response.writeHead(404).end();
      return;
    }
    const { pathname: path, searchParams: query } = new URL(target, "http://here");
    const closed = once(response, "close");
    const body = await buffer(request);
    const received = { method, target, path, query, headers, body, response, closed };
    const answer = this.#answers[this.received.length] ?? this.#answers.at(-1);
    this.received.push(received);
    answer?.(response, received);
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#untaken.push(received);
    else waiting(received);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, "close");
  }
}

export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Begins a stream with this text, and leaves it open. */
export const streams =
  (text: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream", ...headers });
    response.write(text === "" ? ":\n\n" : text);
  };

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end();
  };

/** Says nothing and hangs up. */
export const hangUp: Answer = (response) => void response.socket?.destroy();

/** Never says anything. */
export const silence: Answer = () => undefined;

export const says =
  (body: object | string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

/** What a request carries, as JSON. */
export function jsonOf({ body, headers }: Received): unknown {
  const plain = headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
  return JSON.parse(plain.toString());
}
