import type { Target } from "./protocol.ts";
import { errorFrom, refuseUnlessOk, refuseWithoutSecondGeneration } from "./refusal.ts";
import { type Answer, type Transport, textOf } from "./transport.ts";

export interface Poll {
  readonly url: string;
  readonly headers: Target["headers"];
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly isSecondGeneration: boolean;
  readonly onAnswer: (answer: Answer) => void;
}

/** Asks for a document as often as it is told, and is sent it only where it changed. */
export class Poller {
  readonly #transport: Pick<Transport, "request">;
  #url = "";
  #etag: string | undefined;

  constructor(transport: Pick<Transport, "request">) {
    this.#transport = transport;
  }

  /** The document; undefined where it is the one of before. Rejects where there is none to be had. */
  async ask(poll: Poll): Promise<unknown> {
    const { signal, timeoutMs } = poll;
    // AbortSignal.timeout() would leave its timer running after the answer.
    const asking = new AbortController();
    const onClose = (): void => asking.abort(signal.reason);
    signal.addEventListener("abort", onClose, { once: true });
    const onTimeout = (): void => asking.abort(new Error(`no answer within ${timeoutMs} ms`));
    const timer = setTimeout(onTimeout, timeoutMs).unref();
    try {
      return await this.#fetch(poll, asking.signal);
    } catch (cause) {
      throw errorFrom(cause, asking.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onClose);
    }
  }

  async #fetch({ url, headers, ...rest }: Poll, signal: AbortSignal): Promise<unknown> {
    const isSame = url === this.#url && this.#etag !== undefined;
    const answer = await this.#transport.request(url, {
      headers: {
        ...headers,
        "accept-encoding": "gzip",
        ...(isSame ? { "if-none-match": this.#etag ?? "" } : {}),
      },
      signal,
    });
    rest.onAnswer(answer);
    if (answer.status === 304) {
      answer.body.resume();
      return undefined;
    }
    if (rest.isSecondGeneration && answer.status !== 200) refuseWithoutSecondGeneration(answer);
    refuseUnlessOk(answer);
    const body: unknown = JSON.parse(await textOf(answer));
    this.#url = url;
    this.#etag = answer.headers.etag;
    return body;
  }
}
