import { parseRetryAfter } from "./retry-after.ts";
import type { Answer } from "./transport.ts";

/** What only a person can lift. It is asked again all the same, now and then. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** The server cannot serve now, and may have said when to come back. */
class Unavailable extends Error {
  override readonly name = "Unavailable";
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The service does not speak the second generation of the protocol. */
export class SecondGenerationMissing extends Error {
  override readonly name = "SecondGenerationMissing";
}

/** Statuses that pass by themselves although they blame the request. */
const passing = new Set([400, 408, 429]);

/** Throws what a status other than 200 means. */
export function refuseUnlessOk({ status, headers }: Answer): void {
  if (status === 200) return;
  if (status === 401 || status === 403) {
    throw new Refused(
      `the server refused the SDK key (${status}); check that it is a server-side key of the right environment and not revoked`,
    );
  }
  if (status === 404) {
    throw new Refused("there are no flags at this address (404); check baseUri");
  }
  if (status >= 300 && status < 400) {
    const to = headers.location ?? "nowhere";
    throw new Refused(`the server redirects to ${to} (${status}); give that address as baseUri`);
  }
  const message = `the server answered ${status}`;
  if (status >= 400 && status < 500 && !passing.has(status)) throw new Refused(message);
  throw new Unavailable(message, parseRetryAfter(headers["retry-after"] ?? null, Date.now()));
}

/** Throws where something else answers in the stream's place, such as a portal that wants a login. */
export function refuseUnlessEvents({ headers }: Answer): void {
  const type = headers["content-type"] ?? "";
  if (type === "" || /^text\/event-stream\b/iu.test(type)) return;
  throw new Unavailable(`the server answered with ${type} in place of a stream`, 0);
}

/** How a service says that it knows the first generation only, or wants it spoken. */
const unknownPath = new Set([404, 405, 501]);

/** Throws where the answer sends a client of the second generation back to the first. */
export function refuseWithoutSecondGeneration({ status, headers }: Answer): void {
  if (unknownPath.has(status) || wantsFirstGeneration({ headers })) {
    throw new SecondGenerationMissing(`the service has no second generation here (${status})`);
  }
}

/** Whether the service sends its clients back to the first generation, whatever else it answers. */
export function wantsFirstGeneration({ headers }: Pick<Answer, "headers">): boolean {
  return headers["x-ld-fd-fallback"] === "true";
}

export function retryAfterMsOf(error: Error): number {
  return error instanceof Unavailable ? error.retryAfterMs : 0;
}

/** The error behind an ended request: what cut it off, or what the network says. */
export function errorFrom(cause: unknown, signal: AbortSignal): Error {
  if (signal.aborted && signal.reason instanceof Error) return signal.reason;
  if (!(cause instanceof Error)) return new Error(String(cause));
  // Where both of a name's addresses fail, only the parts of the error have words.
  if (cause instanceof AggregateError && cause.message === "") {
    return new Error(cause.errors.map((one) => describe(one)).join(", "), { cause });
  }
  return cause;
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
