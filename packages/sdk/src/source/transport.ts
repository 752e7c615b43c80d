import type { Agent, IncomingHttpHeaders, IncomingMessage, RequestOptions } from "node:http";
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

type Scheme = "node:http" | "node:https";

const longestRedirectChain = 5;

/** Requests over HTTP, through a proxy and with certificates of one's own where that is set. */
export class Transport {
  readonly #settings: TransportSettings;
  readonly #agents = new Map<Scheme, Agent>();

  constructor(settings: TransportSettings) {
    this.#settings = settings;
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
      const scheme = url.protocol === "https:" ? "node:https" : "node:http";
      // An `import` of either reads each of its getters, which loads a whole second HTTP client.
      const { request } = process.getBuiltinModule(scheme);
      const asked = request(url, { ...options, agent: this.#agentFor(scheme) }, onAnswer);
      asked.on("error", reject);
      asked.end(body);
    });
  }

  #agentFor(scheme: Scheme): Agent {
    const known = this.#agents.get(scheme);
    if (known !== undefined) return known;
    const { proxy, ca, rejectUnauthorized } = this.#settings;
    // A kept connection would outlive close().
    const agent = new (process.getBuiltinModule(scheme).Agent)({
      keepAlive: false,
      proxyEnv: proxy === undefined ? {} : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy },
      rejectUnauthorized,
      ...(ca === undefined ? {} : { ca }),
    });
    this.#agents.set(scheme, agent);
    return agent;
  }
}

/** The key goes along, so only to the same host and port, and never from https to http. */
function redirectOf({ status, headers }: Answer, from: URL): URL | undefined {
  const { location } = headers;
  if (![301, 302, 307, 308].includes(status) || location === undefined) return undefined;
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  const isSafe = to.protocol === from.protocol || to.protocol === "https:";
  return to.host === from.host && isSafe ? to : undefined;
}

/** The whole body as text. Rejects where it is none: a value with a mark in place of a byte is another value. */
export async function textOf({ headers, body }: Answer): Promise<string> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  if (headers["content-encoding"] !== "gzip") return strict.decode(await buffer(body));
  const inflated = createGunzip();
  body.on("error", (cause) => inflated.destroy(cause));
  return strict.decode(await buffer(body.pipe(inflated)));
}
