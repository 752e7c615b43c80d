import { createHmac } from "node:crypto";
import type { Json } from "@halyard/evaluation";
import {
  type AllFlagsOptions,
  type AllFlagsState,
  allFlagsStateOf,
  invalidFlagsState,
} from "./all-flags-state.ts";
import { type ChangeEvent, type ChangeListener, ChangeListeners } from "./change-listeners.ts";
import { DataSource } from "./data-source.ts";
import { Decisions, type Detail } from "./decision.ts";
import { affectedFlags } from "./dependents.ts";
import { Delivery } from "./events/delivery.ts";
import { diagnosticInit } from "./events/diagnostics.ts";
import { Recorder } from "./events/recorder.ts";
import { FileCache } from "./file-cache.ts";
import type { FlagFallback, FlagKey, FlagValue } from "./flag-types.ts";
import { Log } from "./logger.ts";
import { type Options, type Settings, settingsFrom } from "./options.ts";
import { type Initialization, Readiness, type WaitOptions } from "./readiness.ts";
import { sdkName, sdkVersion } from "./sdk-version.ts";
import { Store } from "./store.ts";
import { Stream, type StreamFailure } from "./stream.ts";
import type { Item } from "./stream-message.ts";

export type ClientStatus = "starting" | "ready" | `stale since ${string}` | "closed";

/**
 * A client that starts to fetch the environment's flags at once and keeps them current. Throws
 * only where no client can come of the arguments, such as no key.
 *
 * @example
 * const flags = init(process.env["HALYARD_SDK_KEY"], { baseUri: "http://localhost:8080" });
 * await flags.waitForInitialization({ timeout: 2 });
 * flags.variation("checkout", { kind: "user", key: "ada" }, "old");
 */
export function init(sdkKey?: string, options: Options = {}): HalyardClient {
  return new HalyardClient(settingsFrom(sdkKey, options, process.env));
}

/** Answers from memory what a context gets; nothing it does throws into the app. */
export class HalyardClient implements AsyncDisposable {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #store = new Store();
  readonly #readiness = new Readiness(() => performance.now());
  readonly #listeners: ChangeListeners;
  readonly #source: DataSource;
  readonly #cache: FileCache | undefined;
  readonly #stream: Stream;
  readonly #recorder: Recorder | undefined;
  readonly #decisions: Decisions;
  readonly #diagnostic: Promise<void> | undefined;
  #staleSince: string | undefined;
  #closing: Promise<void> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#log = new Log(settings.logger);
    this.#listeners = new ChangeListeners((cause) => {
      this.#log.warnOnce("listener", () => `a change listener threw ${describe(cause)}.`);
    });
    this.#source = new DataSource(this.#store, (items) => this.#changed(items));
    this.#cache = this.#newCache();
    this.#startFromCache();
    this.#stream = this.#newStream();
    const delivery = this.#newDelivery();
    this.#recorder = settings.sendEvents ? this.#newRecorder(delivery) : undefined;
    this.#decisions = new Decisions({
      store: this.#store,
      recorder: this.#recorder,
      log: this.#log,
      warnBeforeReady: settings.warnBeforeReady,
    });
    this.#stream.open();
    if (settings.sendDiagnostics) {
      this.#diagnostic = delivery.postDiagnostic(diagnosticInit(settings, Date.now()));
    }
  }

  get status(): ClientStatus {
    if (this.#closing !== undefined) return "closed";
    if (!this.#store.isFilled) return "starting";
    return this.#staleSince === undefined ? "ready" : `stale since ${this.#staleSince}`;
  }

  /** The environment's version; undefined before flags arrived, or where the service has none. */
  get version(): number | undefined {
    return this.#store.position?.version;
  }

  /** The history that the version belongs to. */
  get epoch(): string | undefined {
    return this.#store.position?.epoch;
  }

  /** Resolves either way, and says how it went. */
  waitForInitialization(options: WaitOptions = {}): Promise<Initialization> {
    return this.#readiness.wait(options);
  }

  /** What the context gets, whatever its type. */
  variation<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    context: object,
    fallback: F,
  ): FlagValue<K, F> {
    const value = this.#decisions.valueOf(key, context, fallback, undefined);
    // What a flag gives is promised by the flag's declared type, which only exists at compile time.
    return value as FlagValue<K, F>;
  }

  boolVariation(key: FlagKey, context: object, fallback: boolean): boolean {
    return this.#decisions.valueOf(key, context, fallback, "boolean") as boolean;
  }

  stringVariation(key: FlagKey, context: object, fallback: string): string {
    return this.#decisions.valueOf(key, context, fallback, "string") as string;
  }

  numberVariation(key: FlagKey, context: object, fallback: number): number {
    return this.#decisions.valueOf(key, context, fallback, "number") as number;
  }

  jsonVariation(key: FlagKey, context: object, fallback: Json): Json {
    return this.#decisions.valueOf(key, context, fallback, undefined) as Json;
  }

  variationDetail<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    context: object,
    fallback: F,
  ): Detail<FlagValue<K, F>> {
    const detail = this.#decisions.detailOf(key, context, fallback, undefined);
    return detail as Detail<FlagValue<K, F>>;
  }

  /** Every flag's value for the context, to start a browser client with. Sends no events. */
  allFlagsState(context: object, options: AllFlagsOptions = {}): AllFlagsState {
    const parsed = this.#store.isFilled ? this.#decisions.contextFrom(context) : undefined;
    if (parsed === undefined) return invalidFlagsState;
    return allFlagsStateOf(this.#store, parsed, { ...options, now: Date.now() });
  }

  /** Records something the context did, with a number where it is to be measured. */
  track(key: string, context: object, data?: unknown, metricValue?: number): void {
    const parsed = this.#decisions.contextFrom(context);
    if (parsed === undefined) return;
    if (metricValue !== undefined && typeof metricValue !== "number") {
      this.#log.warnOnce("metric", () => `the metric value of ${String(key)} is not a number.`);
    }
    this.#recorder?.track(key, parsed, data, metricValue);
  }

  /** Makes the context known to the server. */
  identify(context: object): void {
    const parsed = this.#decisions.contextFrom(context);
    if (parsed !== undefined) this.#recorder?.identify(parsed);
  }

  /** Calls the listener when a flag may give another result, also through what it depends on. */
  on(event: ChangeEvent, listener: ChangeListener): this {
    if (this.#closing === undefined) this.#listeners.add(event, listener);
    return this;
  }

  off(event: ChangeEvent, listener: ChangeListener): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  /** Resolves when the events recorded so far were delivered or given up. */
  async flush(): Promise<void> {
    await this.#recorder?.flush();
  }

  /** Proves to the server that a browser's context comes from here; empty for a wrong context. */
  secureModeHash(context: object): string {
    const parsed = this.#decisions.contextFrom(context);
    if (parsed === undefined) return "";
    return createHmac("sha256", this.#settings.sdkKey).update(parsed.canonicalKey).digest("hex");
  }

  /** Delivers what is left and lets go of every connection. Flags stay as they were. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#stream.close();
    this.#listeners.clear();
    this.#readiness.fail(new Error("the client was closed"));
    await Promise.all([this.#recorder?.close(), this.#cache?.close(), this.#diagnostic]);
  }

  #changed(items: readonly Item[]): void {
    this.#store.source = "stream";
    this.#readiness.complete("stream");
    this.#cache?.keep(() => ({ ...this.#source.heldAsPut(), savedAt: Date.now() }));
    if (this.#listeners.isEmpty || items.length === 0) return;
    for (const key of affectedFlags(items, this.#store)) this.#listeners.tell(key);
  }

  #startFromCache(): void {
    const held = this.#cache?.read();
    if (held === undefined) return;
    try {
      this.#source.takeCached(held);
    } catch (cause) {
      this.#log.warnOnce("cache read", () => `the cached flags are broken: ${describe(cause)}.`);
      return;
    }
    this.#staleSince = new Date(held.savedAt).toISOString();
    this.#store.source = "cache";
    this.#readiness.complete("cache");
  }

  #failed({ error, isRefused, retryInMs }: StreamFailure): void {
    this.#source.restart();
    this.#staleSince ??= new Date().toISOString();
    if (isRefused) this.#readiness.fail(error);
    else this.#readiness.note(error);
    const serving = this.#store.isFilled ? "serving the flags of before" : "serving fallbacks";
    this.#log.warnOnce(
      "stream",
      () => `${error.message}; ${serving}, retrying in ${Math.ceil(retryInMs / 1_000)} s.`,
    );
  }

  #opened(): void {
    this.#staleSince = undefined;
    this.#log.forget("stream");
  }

  #newStream(): Stream {
    const { streamUri, reconnectDelayMs, readTimeoutMs } = this.#settings;
    return new Stream(
      {
        url: `${streamUri}/all`,
        headers: this.#headers(),
        connectTimeoutMs: 10_000,
        readTimeoutMs,
        firstDelayMs: reconnectDelayMs,
        healthyAfterMs: 60_000,
        now: () => performance.now(),
        random: Math.random,
      },
      {
        lastEventId: () => this.#source.lastEventId(),
        onOpen: () => this.#opened(),
        onEvent: (event) => this.#source.take(event),
        onHeartbeat: (text) => this.#heard(text),
        onFailure: (failure) => this.#failed(failure),
      },
    );
  }

  /** A heartbeat that names the version held says that what came from a cache is current. */
  #heard(heartbeat: string): void {
    if (this.#source.checkHeartbeat(heartbeat)) this.#store.source = "stream";
  }

  #newCache(): FileCache | undefined {
    const { cachePath, sdkKey, streamUri } = this.#settings;
    if (cachePath === undefined) return undefined;
    const log = this.#log;
    return new FileCache({ folder: cachePath, sdkKey, streamUri, delayMs: 1_000, log });
  }

  #newDelivery(): Delivery {
    const { eventsUri } = this.#settings;
    const headers = this.#headers();
    return new Delivery({
      eventsUri,
      headers,
      retryDelayMs: 1_000,
      timeoutMs: 10_000,
      log: this.#log,
    });
  }

  #newRecorder(delivery: Delivery): Recorder {
    const { eventCapacity, flushIntervalMs } = this.#settings;
    return new Recorder({
      delivery,
      privacy: this.#settings,
      capacity: eventCapacity,
      flushIntervalMs,
      log: this.#log,
      now: Date.now,
      random: Math.random,
    });
  }

  #headers(): Readonly<Record<string, string>> {
    return {
      authorization: this.#settings.sdkKey,
      "user-agent": `${sdkName}/${sdkVersion}`,
    };
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : typeof cause;
}
