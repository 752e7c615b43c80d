import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";
import { createGunzip } from "node:zlib";

export interface TransportSettings {
  /** Address of an HTTP proxy that every request goes through. */
  readonly proxy: string | undefined;
  /** Certificates in PEM that are trusted in place of the system's. */
  readonly ca: string | undefined;
  readonly rejectUnauthorized: boolean;
}

export interface Request {
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

const longestRedirectChain = 5;

/** Requests over HTTP, through a proxy and with certificates of one's own where that is set. */
export class Transport {
  readonly #http: HttpAgent;
  readonly #https: HttpsAgent;

  constructor({ proxy, ca, rejectUnauthorized }: TransportSettings) {
    const proxyEnv = proxy === undefined ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
    // A kept connection would outlive close().
    this.#http = new HttpAgent({ keepAlive: false, proxyEnv });
    this.#https = new HttpsAgent({
      keepAlive: false,
      proxyEnv,
      rejectUnauthorized,
      ...(ca === undefined ? {} : { ca }),
    });
  }

  /** The answer's head; its body is still to be read. Rejects where there is no answer. */
  async request(url: string, request: Request): Promise<Answer> {
    let target = new URL(url);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#ask(target, request);
      const next = redirectOf(answer, target);
      if (next === undefined || redirects === longestRedirectChain) return answer;
      answer.body.resume();
      target = next;
    }
  }

  #ask(url: URL, { method = "GET", headers, body, signal }: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options: RequestOptions = { method, headers, signal };
      const onAnswer = (message: IncomingMessage): void => {
        resolve({ status: message.statusCode ?? 0, headers: message.headers, body: message });
      };
      const asked: ClientRequest =
        url.protocol === "https:"
          ? httpsRequest(url, { ...options, agent: this.#https }, onAnswer)
          : httpRequest(url, { ...options, agent: this.#http }, onAnswer);
      asked.on("error", reject);
      asked.end(body);
    });
  }
}

/** The key goes along, so only to the same host, and never from https to http. */
function redirectOf({ status, headers }: Answer, from: URL): URL | undefined {
  const { location } = headers;
  if (![301, 302, 307, 308].includes(status) || location === undefined) return undefined;
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  const isSafe = to.protocol === from.protocol || to.protocol === "https:";
  return to.hostname === from.hostname && isSafe ? to : undefined;
}

/** The whole body as text. Rejects where it is none: a value with a mark in place of a byte is another value. */
export async function textOf({ headers, body }: Answer): Promise<string> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  if (headers["content-encoding"] !== "gzip") return strict.decode(await buffer(body));
  const inflated = createGunzip();
  body.on("error", (cause) => inflated.destroy(cause));
  return strict.decode(await buffer(body.pipe(inflated)));
}
