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
/** Three heartbeats. */
const silenceMs = 60_000;
/** However long a server asks for, a client looks again after this. */
const longestRestS = 300;

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
    this.#settings = settings;
    // An EventSource keeps comments to itself, so heartbeats are to come as events.
    this.#streamUrl = `${stream}/eval/${encodeURIComponent(id)}/${end}&heartbeats=events`;
    this.#pollUrl = `${base}/sdk/evalx/${encodeURIComponent(id)}/contexts/${end}`;
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
  }

  #attempt(): void {
    if (!this.#settings.streaming || typeof EventSource === "undefined") {
      void this.#pollAndRetry(24_000 + Math.random() * 12_000);
      return;
    }
    this.#source = new EventSource(this.#streamUrl);
    const source = this.#source;
    let heardAt = 0;
    let isBeating = false;
    const fail = (): void => {
      this.#drop();
      if (heardAt > 0) {
        this.#sink.trouble("the stream ended", false);
        if (Date.now() - heardAt > healthyAfterMs) this.#failures = 0;
        this.#retry(0);
      } else void this.#pollAndRetry();
    };
    const on = (name: string, take: (data: unknown) => void): void =>
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        try {
          // Before the app is told, which may close all this.
          clearTimeout(this.#timer);
          isBeating ||= name === "heartbeat";
          if (isBeating) this.#timer = setTimeout(fail, silenceMs);
          take(JSON.parse(data.trim() || "null"));
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
      if (!result) throw new TypeError(key);
      this.#sink.patch(key, result);
    };
    on("patch", patch);
    on("delete", patch);
    on("ping", () => void this.#ask());
    on("heartbeat", () => undefined);
  }

  async #pollAndRetry(delayMs?: number): Promise<void> {
    const restMs = await this.#ask();
    if (restMs !== undefined) this.#retry(restMs, delayMs);
  }

  /** After a rest, and the delay; without one anywhere up to a limit that doubles. */
  #retry(restMs: number, delayMs?: number): void {
    const limitMs = Math.min(30_000, this.#settings.reconnectDelayMs * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.#attempt(), restMs + (delayMs ?? Math.random() * limitMs));
  }

  /** Gives how long the server is to be left alone; undefined where nobody waits for it any more. */
  async #ask(): Promise<number | undefined> {
    this.#poll += 1;
    const mine = this.#poll;
    const outcome = await answerOf(this.#pollUrl);
    if (mine !== this.#poll) return undefined;
    if (outcome instanceof Map) {
      this.#sink.put(outcome, "poll");
      return 0;
    }
    const [message, restMs] = outcome;
    const isRefused = /^40[0134]/.test(message);
    this.#sink.trouble(message, isRefused);
    return isRefused ? 150_000 + Math.random() * 150_000 : restMs;
  }
}

/** The results; or what was answered instead, and how long the server wants to be left alone. */
async function answerOf(url: string): Promise<Results | readonly [string, number]> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { cache: "no-cache", signal });
    const text = await response.text();
    if (response.ok) return resultsFrom(JSON.parse(text));
    // What is no number comes to 0.
    const restS = Math.min(longestRestS, Number(response.headers.get("retry-after")) >>> 0);
    return [`${response.status} ${text.slice(0, 300)}`, restS * 1_000];
  } catch (cause) {
    return [`no answer (${cause})`, 0];
  }
}
