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

type Expected = Pick<Poll, "isSecondGeneration" | "onAnswer">;

/** Asks for a document as often as it is told, and is sent it only where it changed. */
export class Poller {
  readonly #transport: Pick<Transport, "request">;
  #url = "";
  #etag: string | undefined;

  constructor(transport: Pick<Transport, "request">) {
    this.#transport = transport;
  }

  /** What was sent is not what is held any more: the next document is to be sent whole. */
  forget(): void {
    this.#etag = undefined;
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
    try {
      return await this.#documentOf(answer, url, rest);
    } finally {
      // A body that nobody reads would hold its connection.
      answer.body.destroy();
    }
  }

  async #documentOf(answer: Answer, url: string, rest: Expected): Promise<unknown> {
    rest.onAnswer(answer);
    if (answer.status === 304) return undefined;
    if (rest.isSecondGeneration && answer.status !== 200) refuseWithoutSecondGeneration(answer);
    refuseUnlessOk(answer);
    const body = parsed(await textOf(answer));
    this.#url = url;
    this.#etag = answer.headers.etag;
    return body;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error("the server answered with something other than flags", { cause });
  }
}
