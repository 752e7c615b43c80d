import type { JsonObject } from "@halyard/evaluation";
import type { Settings } from "./options.ts";
import { type Result, type Results, resultsFrom } from "./results.ts";

/** What a connection brings. */
export interface Sink {
  /** All results at once. */
  put(results: Results, source: "stream" | "poll"): void;
  /** One result, or the version at which a flag went. */
  patch(key: string, result: Result): void;
  /** Something is in the way; `isRefused` where only a person can lift it. */
  trouble(message: string, isRefused: boolean): void;
}

/** A stream or a poll that takes longer to say anything is taken for dead, as behind a proxy that buffers. */
const patienceMs = 10_000;
const healthyAfterMs = 60_000;

/**
 * Keeps one context's results current: by stream, and where none can be had, by a poll before each
 * new attempt. An EventSource hides why it failed; the poll tells.
 */
export class Connection {
  readonly #settings: Settings;
  readonly #streamUrl: string;
  readonly #pollUrl: string;
  readonly #sink: Sink;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOpen = false;
  #failures = 0;
  /** Only the latest poll's answer counts. */
  #poll = 0;

  constructor(settings: Settings, encoded: string, hash: string | undefined, sink: Sink) {
    const { id, base, stream, withReasons } = settings;
    const proof = hash === undefined ? "" : `&h=${encodeURIComponent(hash)}`;
    const end = `${encoded}?withReasons=${withReasons}${proof}`;
    const environment = encodeURIComponent(id);
    this.#settings = settings;
    this.#streamUrl = `${stream}/eval/${environment}/${end}`;
    this.#pollUrl = `${base}/sdk/evalx/${environment}/contexts/${end}`;
    this.#sink = sink;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#attempt();
  }

  close(): void {
    this.#isOpen = false;
    this.#drop();
  }

  #drop(): void {
    this.#poll += 1;
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  #attempt(): void {
    if (!this.#settings.streaming || typeof EventSource !== "function") {
      void this.#pollAndRetry(24_000 + Math.random() * 12_000);
      return;
    }
    const source = new EventSource(this.#streamUrl);
    this.#source = source;
    let heardAt = 0;
    const fail = (): void => {
      this.#drop();
      if (heardAt > 0) {
        this.#sink.trouble("the stream ended", false);
        if (Date.now() - heardAt > healthyAfterMs) this.#failures = 0;
        this.#retry();
      } else void this.#pollAndRetry();
    };
    const on = (name: string, take: (data: unknown) => void): void =>
      source.addEventListener(name, ({ data }) => {
        try {
          take(JSON.parse(String(data).trim() || "null"));
          clearTimeout(this.#timer);
          heardAt ||= Date.now();
        } catch {
          fail(); // Half a message, or none of ours: what is held stays, and all is asked for anew.
        }
      });
    source.onerror = fail;
    this.#timer = setTimeout(fail, patienceMs);
    on("put", (data) => this.#sink.put(resultsFrom(data), "stream"));
    const patch = (data: unknown): void => {
      const { key } = data as { key: string };
      const result = resultsFrom({ [key]: data as JsonObject }).get(key);
      if (result === undefined) throw new TypeError(key);
      this.#sink.patch(key, result);
    };
    on("patch", patch);
    on("delete", patch);
    on("ping", () => void this.#ask());
  }

  async #pollAndRetry(delayMs?: number): Promise<void> {
    const isRefused = await this.#ask();
    if (isRefused !== undefined) this.#retry(isRefused ? 150_000 * (1 + Math.random()) : delayMs);
  }

  /** Without a delay, waits anywhere up to a limit that doubles. */
  #retry(delayMs?: number): void {
    const limitMs = Math.min(30_000, this.#settings.reconnectDelayMs * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#attempt(), delayMs ?? Math.random() * limitMs);
  }

  /** Tells whether the server refused; undefined where nobody waits for the answer any more. */
  async #ask(): Promise<boolean | undefined> {
    this.#poll += 1;
    const mine = this.#poll;
    const outcome = await answerOf(this.#pollUrl);
    if (mine !== this.#poll || !this.#isOpen) return undefined;
    if (typeof outcome !== "string") this.#sink.put(outcome, "poll");
    else {
      const isRefused = /^40[0134]/.test(outcome);
      this.#sink.trouble(outcome, isRefused);
      return isRefused;
    }
    return false;
  }
}

/** The results, or what was answered instead. */
async function answerOf(url: string): Promise<Results | string> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { cache: "no-cache", signal });
    const text = await response.text();
    return response.ok ? resultsFrom(JSON.parse(text)) : `${response.status} ${text.slice(0, 300)}`;
  } catch (cause) {
    return `no answer (${String(cause)})`;
  }
}
