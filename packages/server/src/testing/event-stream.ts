/** One event of a stream. */
export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string;
}

/** A client that reads a stream event by event. */
export class EventStream implements AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  readonly #leaving: AbortController;
  readonly #reader: ReadableStreamDefaultReader<string> | undefined;
  #text = "";

  private constructor(response: Response, leaving: AbortController) {
    this.status = response.status;
    this.headers = response.headers;
    this.#leaving = leaving;
    this.#reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async open(url: string, init: RequestInit = {}): Promise<EventStream> {
    const leaving = new AbortController();
    return new EventStream(await fetch(url, { ...init, signal: leaving.signal }), leaving);
  }

  /** The next event; undefined where the stream has ended. Comments are passed over. */
  async next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end === -1) {
        const read = await this.#reader?.read();
        if (read === undefined || read.done) return undefined;
        this.#text += read.value;
      } else {
        const frame = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (frame.startsWith("event:")) return parsed(frame);
      }
    }
  }

  /** Settles when the server has ended the stream. */
  async end(): Promise<void> {
    let last = await this.next();
    while (last !== undefined) last = await this.next();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
  }
}

function parsed(frame: string): StreamEvent {
  const {
    event = "",
    data = "",
    id,
  } = Object.fromEntries(frame.split("\n").map((line) => line.split(/: (.*)/su))) as Record<
    string,
    string
  >;
  const value: unknown = data.trim() === "" ? "" : JSON.parse(data);
  return { event, data: value, ...(id === undefined ? {} : { id }) };
}
