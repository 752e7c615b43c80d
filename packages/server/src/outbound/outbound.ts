import { lookup } from "node:dns/promises";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { DomainError } from "../errors.ts";
import { type AllowedTargets, isAllowed } from "./address.ts";

const timeoutMs = 5_000;
/** Who saves a URL waits no longer for its name to be found: it is looked up again before each request. */
const checkMs = 500;
const largestAnswerBytes = 64 * 1024;

/** Gives the addresses of a host. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface OutboundRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly body: string;
}

/** Why a request did not bring an answer; the message is fit to be shown. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
}

/**
 * The one way to ask for a URL that somebody has set. It reaches public addresses only, and those an
 * operator allows: the name is resolved once, and the connection goes to the very address that was
 * checked, so that a name which points elsewhere a moment later gains nothing. It follows no redirect.
 */
export class Outbound {
  readonly #allowed: AllowedTargets;
  readonly #resolve: Resolve;
  readonly #timeoutMs: number;

  constructor(
    allowed: AllowedTargets,
    {
      resolve = resolveBySystem,
      timeout = timeoutMs,
    }: { resolve?: Resolve; timeout?: number } = {},
  ) {
    this.#allowed = allowed;
    this.#resolve = resolve;
    this.#timeoutMs = timeout;
  }

  /** Refuses a URL that could not be asked; a name that is not known yet may be by then. */
  async check(url: string, place: string): Promise<void> {
    const limit = AbortSignal.timeout(Math.min(checkMs, this.#timeoutMs));
    try {
      await withinTime(this.#addressFor(readUrl(url)), limit);
    } catch (error) {
      if (limit.aborted) return;
      if (!(error instanceof OutboundError)) throw error;
      if (error instanceof UnknownHostError) return;
      throw new DomainError("invalid_request", `${place}: ${error.message}`);
    }
  }

  /** Sends a POST; throws an {@link OutboundError} where no whole answer came. */
  async post(request: OutboundRequest, signal?: AbortSignal): Promise<OutboundAnswer> {
    const limit = AbortSignal.timeout(this.#timeoutMs);
    const signals = signal === undefined ? limit : AbortSignal.any([limit, signal]);
    try {
      const url = readUrl(request.url);
      const address = await withinTime(this.#addressFor(url), signals);
      const answer = await send(url, address, { request, signal: signals });
      return { status: answer.statusCode ?? 0, body: await bodyOf(answer) };
    } catch (error) {
      if (error instanceof OutboundError) throw error;
      if (limit.aborted) {
        throw new OutboundError(`no whole answer within ${this.#timeoutMs / 1000} seconds`);
      }
      throw new OutboundError(reasonOf(error), { cause: error });
    }
  }

  async #addressFor({ hostname }: URL): Promise<string> {
    const host = hostname.replace(/^\[(.*)\]$/u, "$1");
    const addresses = isIP(host) === 0 ? await this.#addressesOf(host) : [host];
    const [address] = addresses;
    if (address === undefined) throw new UnknownHostError(`there is no host "${host}"`);
    // All of them, for whoever sets a trap mixes a public one in.
    const isReachable =
      this.#allowed.hosts.has(host.toLowerCase()) ||
      addresses.every((one) => isAllowed(this.#allowed, one));
    if (isReachable) return address;
    throw new OutboundError(
      `"${host}" is not on the public internet; an operator can allow it with HALYARD_OUTBOUND_ALLOW`,
    );
  }

  async #addressesOf(host: string): Promise<readonly string[]> {
    try {
      return await this.#resolve(host);
    } catch (cause) {
      throw new UnknownHostError(`the host "${host}" cannot be found`, { cause });
    }
  }
}

class UnknownHostError extends OutboundError {}

/** Also numbers in other bases come out of the parser as the address they stand for. */
function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new OutboundError(`"${text}" is no URL; write https://HOST/PATH`);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new OutboundError(`"${url.protocol}" cannot be asked; use https: or http:`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutboundError("a URL with a name or password in it is not asked; leave them out");
  }
  return url;
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, order: "ipv4first" })).map(({ address }) => address);
}

function send(
  url: URL,
  address: string,
  { request, signal }: { request: OutboundRequest; signal: AbortSignal },
): Promise<IncomingMessage> {
  const ask = url.protocol === "https:" ? https.request : http.request;
  const family = isIP(address);
  // Node asks for one address or for all; neither gets any but the one that was checked.
  const pinned: LookupFunction = (_, { all }, done) =>
    all === true ? done(null, [{ address, family }]) : done(null, address, family);
  return new Promise((resolve, reject) => {
    const body = Buffer.from(request.body);
    const headers = { ...request.headers, "content-length": String(body.length) };
    const options = { method: "POST", headers, lookup: pinned, agent: false, signal };
    const outgoing = ask(url, options, resolve);
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestAnswerBytes) {
      answer.destroy();
      throw new OutboundError(`its answer is larger than ${largestAnswerBytes} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: end, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, end]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Such as "ECONNREFUSED": what the system calls it says more than its sentence. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "the connection failed";
  return "code" in error && typeof error.code === "string"
    ? `the connection failed: ${error.code}`
    : `the connection failed: ${error.message}`;
}
