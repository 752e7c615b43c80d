import type { Target } from "./protocol.ts";
import { refuseUnlessOk, refuseWithoutSecondGeneration } from "./refusal.ts";
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

  /** What was sent is not what is held any more: the next document is to be sent whole. */
  forget(): void {
    this.#etag = undefined;
  }

  /** The document; undefined where it is the one of before. Rejects where there is none to be had. */
  async ask(poll: Poll): Promise<unknown> {
    const timeout = AbortSignal.timeout(poll.timeoutMs);
    try {
      return await this.#ask(poll, AbortSignal.any([poll.signal, timeout]));
    } catch (cause) {
      if (!timeout.aborted) throw cause;
      throw new Error(`no whole answer within ${poll.timeoutMs} ms`, { cause });
    }
  }

  async #ask(poll: Poll, signal: AbortSignal): Promise<unknown> {
    const { url, headers } = poll;
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
      return await this.#documentOf(answer, poll);
    } finally {
      // A body that nobody reads would hold its connection.
      answer.body.destroy();
    }
  }

  async #documentOf(answer: Answer, { url, ...poll }: Poll): Promise<unknown> {
    poll.onAnswer(answer);
    if (answer.status === 304) return undefined;
    if (poll.isSecondGeneration && answer.status !== 200) refuseWithoutSecondGeneration(answer);
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
