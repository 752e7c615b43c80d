import { Backoff } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { FirstGeneration } from "./first-generation.ts";
import type { FlagSource, SourceListener, SourceName } from "./flag-source.ts";
import { Poller } from "./poller.ts";
import { parsePosition } from "./position.ts";
import type { Protocol, StreamEvent, Target, Told } from "./protocol.ts";
import {
  errorFrom,
  Refused,
  refuseWithoutSecondGeneration,
  retryAfterMsOf,
  SecondGenerationMissing,
  wantsFirstGeneration,
} from "./refusal.ts";
import { SecondGeneration } from "./second-generation.ts";
import { readStream, type StreamEnd } from "./stream.ts";
import type { Answer, Transport } from "./transport.ts";

export interface RemoteSettings {
  readonly transport: Pick<Transport, "request">;
  readonly streamUri: string;
  readonly baseUri: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Key of the payload filter that chooses a part of the environment. */
  readonly filter: string | undefined;
  /** Which protocol is tried first; from the second there is a way back to the first. */
  readonly generation: "first" | "second";
  /** False where flags are only polled. */
  readonly streaming: boolean;
  readonly pollIntervalMs: number;
  /** The longest first wait before a lost stream is asked for again. */
  readonly reconnectDelayMs: number;
  /** Undefined where it is to be as the service needs. */
  readonly readTimeoutMs: number | undefined;
  readonly connectTimeoutMs: number;
  /** Called, and the source ends, where the service has no second generation; else it goes on with the first. */
  readonly onFirstGenerationOnly?: () => void;
}

const healthyAfterMs = 60_000;
/** A stream that is gone for so long is replaced by polls. */
const pollAfterMs = 120_000;
/** So many streams in a row that opened and said nothing are held back by a proxy. */
const silentStreams = 2;
const streamRetryMs = { first: 30_000, last: 300_000 };
/**
 * Three heartbeats of a service that numbers its changes; others are heard every 3 minutes. None
 * pauses before what it began with is complete.
 */
const readTimeoutMs = { numbered: 60_000, others: 300_000 };

/** The service's word that it ends the stream, which is no failure. */
class Goodbye extends Error {
  override readonly name = "Goodbye";
}

/** Follows an environment over HTTP: by a stream, or where none is to be had, by polls. */
export class RemoteSource implements FlagSource {
  readonly #settings: RemoteSettings;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #poller: Poller;
  readonly #closing = new AbortController();
  #protocol: Protocol;
  #listener: SourceListener | undefined;
  #running: Promise<void> | undefined;
  /** When the stream was lost, or first asked for. */
  #lostAt: number;
  #silentStreams = 0;
  /** Whether the stream has said something that is complete. */
  #hasTold = false;
  #pollPhases = 0;
  #nextPollAt = 0;

  constructor(settings: RemoteSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#poller = new Poller(settings.transport);
    this.#protocol =
      settings.generation === "second"
        ? new SecondGeneration(settings.filter)
        : new FirstGeneration(settings.filter);
    const firstDelayMs = settings.reconnectDelayMs;
    this.#backoff = new Backoff({ firstDelayMs, healthyAfterMs, random: clock.random });
    this.#lostAt = clock.now();
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    this.#running ??= this.#run(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(listener: SourceListener): Promise<void> {
    while (!this.#isClosed) {
      if (!this.#settings.streaming) {
        await this.#pollOn(listener, () => false);
        continue;
      }
      const end = await this.#stream(listener);
      if (this.#isClosed) return;
      if (end.error instanceof SecondGenerationMissing) {
        this.#goOnWithFirstGeneration();
      } else if (this.#shouldPoll(end)) {
        // Where polls serve already, a stream that is still not to be had is no news.
        if (this.#pollPhases === 0) this.#report(end.error, false, end.retryAfterMs);
        await this.#pollUntilStreamIsDue(listener, end);
      } else {
        await this.#waitAfter(end);
      }
    }
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #stream(listener: SourceListener): Promise<StreamEnd> {
    const { transport, streamUri, connectTimeoutMs } = this.#settings;
    const protocol = this.#protocol;
    const target = protocol.streamTarget(listener.held());
    protocol.restart();
    this.#hasTold = false;
    const end = await readStream(
      streamUri + target.path,
      this.#headers(target),
      {
        onAnswer: (answer) => this.#takeAnswer(answer),
        onEvent: (event) => this.#takeEvent(event, listener),
        onComment: (text) => this.#takeHeartbeat(text, listener),
      },
      {
        transport,
        connectTimeoutMs,
        readTimeoutMs: () => this.#readTimeoutMs(listener),
        now: () => this.#clock.now(),
        signal: this.#closing.signal,
      },
    );
    this.#silentStreams = end.wasOpened && !end.wasHeard ? this.#silentStreams + 1 : 0;
    if (end.wasHeard) {
      this.#lostAt = this.#clock.now();
      this.#pollPhases = 0;
    }
    return end;
  }

  #readTimeoutMs(listener: SourceListener): number {
    const isOther = this.#hasTold && listener.held().position === undefined;
    return (
      this.#settings.readTimeoutMs ?? (isOther ? readTimeoutMs.others : readTimeoutMs.numbered)
    );
  }

  #shouldPoll({ isRefused }: StreamEnd): boolean {
    if (isRefused) return false;
    const isLong = this.#clock.now() - this.#lostAt >= pollAfterMs;
    return isLong || this.#silentStreams >= silentStreams;
  }

  /** What the server ended on purpose is trouble only if the next stream cannot be had. */
  async #waitAfter({ error, isRefused, livedMs, retryAfterMs }: StreamEnd): Promise<void> {
    const delayMs = isRefused
      ? this.#backoff.refusedDelayMs()
      : this.#backoff.nextDelayMs(livedMs, retryAfterMs);
    const isPlanned = error instanceof Goodbye;
    if (!isPlanned) this.#report(error, isRefused, delayMs);
    await this.#clock.sleep(delayMs, this.#closing.signal);
  }

  /** A stream that could not even be opened may work as soon as polls do. */
  async #pollUntilStreamIsDue(
    listener: SourceListener,
    { wasOpened, retryAfterMs }: StreamEnd,
  ): Promise<void> {
    const delayMs = Math.min(streamRetryMs.last, streamRetryMs.first * 2 ** this.#pollPhases);
    this.#pollPhases += 1;
    this.#nextPollAt = Math.max(this.#nextPollAt, this.#clock.now() + retryAfterMs);
    const dueAt = this.#clock.now() + (wasOpened ? streamRetryMs.last : delayMs);
    let hasFailed = false;
    await this.#pollOn(listener, (isFine) => {
      const isBack = isFine && hasFailed;
      hasFailed = !isFine;
      return isBack || this.#clock.now() >= dueAt;
    });
  }

  /** Polls until told that it is enough. */
  async #pollOn(listener: SourceListener, isEnough: (isFine: boolean) => boolean): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      await this.#clock.sleep(Math.max(0, this.#nextPollAt - this.#clock.now()), signal);
      if (signal.aborted) return;
      const error = await this.#poll(listener);
      if (signal.aborted) return;
      const delayMs = this.#pollDelayMs(error);
      this.#nextPollAt = this.#clock.now() + delayMs;
      if (error !== undefined) this.#report(error, error instanceof Refused, delayMs);
      if (isEnough(error === undefined)) return;
    }
  }

  /** Gives what went wrong, or undefined. */
  async #poll(listener: SourceListener): Promise<Error | undefined> {
    const { signal } = this.#closing;
    const protocol = this.#protocol;
    const target = protocol.pollTarget(listener.held());
    const isSecondGeneration = protocol.generation === "second";
    let isLast = false;
    try {
      const body = await this.#poller.ask({
        url: this.#settings.baseUri + target.path,
        headers: this.#headers(target),
        signal,
        timeoutMs: this.#settings.connectTimeoutMs,
        isSecondGeneration,
        onAnswer: (answer) => {
          isLast = isSecondGeneration && wantsFirstGeneration(answer);
          this.#takeEnvironmentId(answer);
        },
      });
      if (signal.aborted) return undefined;
      this.#tell(body === undefined ? { kind: "current" } : protocol.takePoll(body), "poll");
      // What it brought along with its word counts all the same.
      if (isLast) this.#goOnWithFirstGeneration();
      return undefined;
    } catch (cause) {
      this.#poller.forget();
      const error = errorFrom(cause, signal);
      if (!(error instanceof SecondGenerationMissing) || signal.aborted) return error;
      this.#goOnWithFirstGeneration();
      return this.#isClosed ? undefined : this.#poll(listener);
    }
  }

  #goOnWithFirstGeneration(): void {
    const { filter, onFirstGenerationOnly } = this.#settings;
    this.#protocol = new FirstGeneration(filter);
    if (onFirstGenerationOnly === undefined) return;
    this.#closing.abort();
    onFirstGenerationOnly();
  }

  #pollDelayMs(error: Error | undefined): number {
    const { pollIntervalMs } = this.#settings;
    if (error instanceof Refused) return Math.max(pollIntervalMs, this.#backoff.refusedDelayMs());
    // Around the interval, so that many clients do not keep step; never sooner after a failure.
    const spread = error === undefined ? 0.8 + this.#clock.random() * 0.4 : 1.1;
    const jitter = error === undefined ? 0 : this.#clock.random() * 0.2 * pollIntervalMs;
    const askedForMs = error === undefined ? 0 : retryAfterMsOf(error);
    return Math.max(askedForMs, pollIntervalMs * spread + jitter);
  }

  #report(error: Error, isRefused: boolean, retryInMs: number): void {
    this.#listener?.onTrouble({ error, isRefused, retryInMs });
  }

  #headers(target: Target): Readonly<Record<string, string>> {
    return { ...this.#settings.headers, ...target.headers };
  }

  #takeAnswer(answer: Answer): void {
    if (this.#protocol.generation === "second") refuseWithoutSecondGeneration(answer);
    this.#takeEnvironmentId(answer);
  }

  #takeEnvironmentId({ headers }: Answer): void {
    const id = headers["x-ld-envid"];
    if (typeof id === "string" && id !== "") this.#listener?.onEnvironmentId(id);
  }

  #takeEvent(event: StreamEvent, listener: SourceListener): void {
    if (this.#isClosed) return;
    const told = this.#protocol.takeEvent(event, listener.held());
    if (told.kind === "goodbye") throw new Goodbye("the server ends the stream");
    if (told.kind !== "nothing" && told.kind !== "current") this.#poller.forget();
    this.#hasTold ||= told.kind !== "nothing";
    this.#tell(told, "stream");
  }

  #tell(told: Told, from: SourceName): void {
    if (told.kind === "nothing" || told.kind === "goodbye") return;
    if (told.kind === "current") this.#listener?.onCurrent(from);
    else this.#listener?.onChange(told, from);
  }

  /** A heartbeat that names a version says whether what is held is current. */
  #takeHeartbeat(text: string, listener: SourceListener): void {
    const said = parsePosition(text.trim());
    const held = listener.held().position;
    if (this.#isClosed || said === undefined || held === undefined) return;
    if (said.epoch !== held.epoch || said.version > held.version) {
      throw new Error(
        `a change was missed: here is ${held.version}, the server has ${said.version}`,
      );
    }
    this.#tell({ kind: "current" }, "stream");
  }
}
