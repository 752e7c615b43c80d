// So that `await using` compiles in projects whose `lib` is older.
/// <reference lib="esnext.disposable" preserve="true" />
import { createHmac } from "node:crypto";
import { evaluatePrepared, type Json } from "@halyard/evaluation";
import {
  type AllFlagsOptions,
  type AllFlagsState,
  allFlagsStateOf,
  invalidFlagsState,
} from "./all-flags-state.ts";
import { BigSegments, type BigSegmentsState, withBigSegments } from "./big-segments.ts";
import { BoundClient } from "./bound-client.ts";
import { environmentOf } from "./connection.ts";
import { type DecisionSettings, Decisions } from "./decision.ts";
import type { Detail, JsonType } from "./detail.ts";
import type { Environment } from "./environment.ts";
import { EnvironmentWatch } from "./environment-watch.ts";
import { diagnosticInit } from "./events/diagnostics.ts";
import type { Recorder } from "./events/recorder.ts";
import { recordingOf } from "./events/recording.ts";
import type { FlagFallback, FlagKey, FlagKeyOf, FlagValue } from "./flag-types.ts";
import { requestHeaders } from "./headers.ts";
import { type Asked, HookedDecisions } from "./hooked-decisions.ts";
import { type Hook, Hooks } from "./hooks.ts";
import { type ClientStatus, type EventName, type Listener, Listeners } from "./listeners.ts";
import { Log } from "./logger.ts";
import { MigrationTracker } from "./migrations/migration-tracker.ts";
import type { Stage } from "./migrations/stage.ts";
import { type Options, type Settings, settingsFrom } from "./options.ts";
import { type Initialization, Readiness, type WaitOptions } from "./readiness.ts";
import { ReadyFlags } from "./ready-flags.ts";
import type { SourceName } from "./source/flag-source.ts";
import { Transport } from "./source/transport.ts";
import type { ListingStore } from "./store.ts";
import { type ValueChange, ValueWatch } from "./value-watch.ts";

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
  readonly #environment: Environment;
  /** What evaluations ask. */
  readonly #store: ListingStore;
  readonly #readiness = new Readiness(() => performance.now());
  readonly #listeners: Listeners;
  readonly #recorder: Recorder | undefined;
  readonly #decisions: Decisions;
  readonly #decisionSettings: DecisionSettings;
  readonly #hooks: Hooks;
  readonly #hooked: HookedDecisions;
  readonly #bigSegments: BigSegments | undefined;
  readonly #watch: EnvironmentWatch;
  readonly #diagnostic: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    const log = new Log(settings.logger);
    this.#log = log;
    for (const warning of settings.warnings) log.write("warn", warning);
    this.#listeners = new Listeners((cause) => {
      log.warnOnce("listener", () => `a listener threw ${describe(cause)}.`);
    });
    this.#hooks = new Hooks(settings.hooks, log);
    const transport = new Transport(settings);
    const connection = { transport, headers: requestHeaders(settings, log), log };
    this.#environment = environmentOf(settings, connection);
    const environment = this.#environment;
    const flags = new ReadyFlags(environment.store);
    this.#bigSegments =
      settings.bigSegments && new BigSegments(settings.bigSegments, log, Date.now);
    this.#store = withBigSegments(environment.store, this.#bigSegments);
    const { delivery, recorder } = recordingOf(settings, connection);
    this.#recorder = recorder;
    const { warnBeforeReady } = settings;
    const seen = { environment, store: this.#store, flags, log, warnBeforeReady };
    this.#decisionSettings = { ...seen, recorder };
    this.#decisions = new Decisions(this.#decisionSettings);
    this.#hooked = new HookedDecisions(this.#decisions, this.#hooks, environment);
    this.#watch = new EnvironmentWatch({
      environment,
      flags,
      readiness: this.#readiness,
      listeners: this.#listeners,
      log,
      maxStalenessMs: settings.maxStalenessMs,
    });
    this.#watch.begin();
    if (settings.sendDiagnostics) {
      this.#diagnostic = delivery.postDiagnostic(diagnosticInit(settings, Date.now()));
    }
  }

  /** Whether flags are in step with the server; `on("status", …)` tells of changes. */
  get status(): ClientStatus {
    return this.#closing === undefined ? this.#environment.status : "offline";
  }

  /** Where the flags that are served came from; undefined before there are any. */
  get source(): SourceName | undefined {
    return this.#environment.source;
  }

  /** Milliseconds since the flags were last known to be the server's; undefined before there are any. */
  get ageMs(): number | undefined {
    return this.#environment.ageMs;
  }

  /** The environment's version; undefined before flags arrived, or where the service has none. */
  get version(): number | undefined {
    return this.#environment.store.position?.version;
  }

  /** The history that the version belongs to. */
  get epoch(): string | undefined {
    return this.#environment.store.position?.epoch;
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
    const value = this.#hooks.isEmpty
      ? this.#decisions.valueOf(key, context, fallback, undefined)
      : this.#hooked.valueOf("variation", key, context, { fallback, type: undefined });
    // What a flag gives is promised by the flag's declared type, which only exists at compile time.
    return value as FlagValue<K, F>;
  }

  /** What the context gets where that is a boolean; else the fallback. */
  boolVariation(key: FlagKeyOf<boolean>, context: object, fallback: boolean): boolean {
    const value = this.#hooks.isEmpty
      ? this.#decisions.valueOf(key, context, fallback, "boolean")
      : this.#hooked.valueOf("boolVariation", key, context, { fallback, type: "boolean" });
    return value as boolean;
  }

  /** What the context gets where that is a string; else the fallback. */
  stringVariation<K extends FlagKeyOf<string>>(
    key: K,
    context: object,
    fallback: FlagFallback<K, string>,
  ): FlagFallback<K, string> {
    const value = this.#hooks.isEmpty
      ? this.#decisions.valueOf(key, context, fallback, "string")
      : this.#hooked.valueOf("stringVariation", key, context, { fallback, type: "string" });
    return value as FlagFallback<K, string>;
  }

  /** What the context gets where that is a number; else the fallback. */
  numberVariation<K extends FlagKeyOf<number>>(
    key: K,
    context: object,
    fallback: FlagFallback<K, number>,
  ): FlagFallback<K, number> {
    const value = this.#hooks.isEmpty
      ? this.#decisions.valueOf(key, context, fallback, "number")
      : this.#hooked.valueOf("numberVariation", key, context, { fallback, type: "number" });
    return value as FlagFallback<K, number>;
  }

  /** What the context gets, whatever its type, as JSON. */
  jsonVariation(key: FlagKey, context: object, fallback: Json): Json {
    const value = this.#hooks.isEmpty
      ? this.#decisions.valueOf(key, context, fallback, undefined)
      : this.#hooked.valueOf("jsonVariation", key, context, { fallback, type: undefined });
    return value as Json;
  }

  /** The value, why, and how old that answer is. A value of another type than the one named, if any, is an error. */
  variationDetail<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    context: object,
    fallback: F,
    type?: JsonType,
  ): Detail<FlagValue<K, F>> {
    const asked: Asked = { fallback, type };
    return this.#hooked.detailOf("variationDetail", key, context, asked) as Detail<FlagValue<K, F>>;
  }

  /** {@link boolVariation} with the story behind it. */
  boolVariationDetail(
    key: FlagKeyOf<boolean>,
    context: object,
    fallback: boolean,
  ): Detail<boolean> {
    const asked: Asked = { fallback, type: "boolean" };
    return this.#hooked.detailOf("boolVariationDetail", key, context, asked) as Detail<boolean>;
  }

  /** {@link stringVariation} with the story behind it. */
  stringVariationDetail<K extends FlagKeyOf<string>>(
    key: K,
    context: object,
    fallback: FlagFallback<K, string>,
  ): Detail<FlagFallback<K, string>> {
    const asked: Asked = { fallback, type: "string" };
    const detail = this.#hooked.detailOf("stringVariationDetail", key, context, asked);
    return detail as Detail<FlagFallback<K, string>>;
  }

  /** {@link numberVariation} with the story behind it. */
  numberVariationDetail<K extends FlagKeyOf<number>>(
    key: K,
    context: object,
    fallback: FlagFallback<K, number>,
  ): Detail<FlagFallback<K, number>> {
    const asked: Asked = { fallback, type: "number" };
    const detail = this.#hooked.detailOf("numberVariationDetail", key, context, asked);
    return detail as Detail<FlagFallback<K, number>>;
  }

  /** {@link jsonVariation} with the story behind it. */
  jsonVariationDetail(key: FlagKey, context: object, fallback: Json): Detail<Json> {
    const asked: Asked = { fallback, type: undefined };
    return this.#hooked.detailOf("jsonVariationDetail", key, context, asked) as Detail<Json>;
  }

  /** Every flag's value for the context, to start a browser client with. Sends no events. */
  allFlagsState(context: object, options: AllFlagsOptions = {}): AllFlagsState {
    const { isFilled } = this.#environment.store;
    const parsed = isFilled ? this.#decisions.contextFrom(context) : undefined;
    if (parsed === undefined) return invalidFlagsState;
    return allFlagsStateOf(this.#store, parsed, { ...options, now: Date.now() });
  }

  /** The same client for one context, as for a request: `request.flags.variation("checkout", "old")`. */
  forContext(context: object): BoundClient {
    return new BoundClient(this, context);
  }

  /** Records something the context did, with a number where it is to be measured. */
  track(key: string, context: object, data?: unknown, metricValue?: number): void {
    const parsed = this.#decisions.contextFrom(context);
    if (parsed === undefined) return;
    if (metricValue !== undefined && typeof metricValue !== "number") {
      this.#log.warnOnce("metric", () => `the metric value of ${String(key)} is not a number.`);
    }
    this.#recorder?.track(key, parsed, data, metricValue);
    if (this.#hooks.isEmpty) return;
    const { id } = this.#environment;
    this.#hooks.tracked({
      key,
      context,
      ...(data === undefined ? {} : { data }),
      ...(metricValue === undefined ? {} : { metricValue }),
      ...(id === undefined ? {} : { environmentId: id }),
    });
  }

  /** Makes the context known to the server. */
  identify(context: object): void {
    const parsed = this.#decisions.contextFrom(context);
    if (parsed !== undefined) this.#recorder?.identify(parsed);
  }

  /**
   * Looks up what evaluations of the context need of big segments; they do not wait for it. With a
   * flag's key only what that flag asks for.
   */
  async loadBigSegments(context: object, flagKey?: FlagKey): Promise<void> {
    const big = this.#bigSegments;
    const parsed = this.#decisions.contextFrom(context);
    if (big === undefined || parsed === undefined) return;
    if (flagKey === undefined) {
      await big.load(parsed);
      return;
    }
    const prepared = this.#decisionSettings.flags.get(flagKey)?.prepared;
    if (prepared === undefined) return;
    await big.loadAsked((memberships) => {
      const store = withBigSegments(this.#environment.store, memberships);
      evaluatePrepared(prepared, parsed, store);
    });
  }

  /** How the store of big segments is; undefined where there is none. */
  get bigSegmentsState(): BigSegmentsState | undefined {
    return this.#bigSegments?.state;
  }

  /** {@link bigSegmentsState} once the store was looked at for the first time. */
  async checkBigSegments(): Promise<BigSegmentsState | undefined> {
    return this.#bigSegments?.checkedState();
  }

  /** The stage of a migration for the context, and what is to be told of it. */
  migrationVariation(
    key: FlagKeyOf<Stage>,
    context: object,
    defaultStage: Stage,
  ): { readonly value: Stage; readonly tracker: MigrationTracker } {
    const tracked = this.#hooks.isEmpty
      ? this.#decisions.migrationOf(key, context, defaultStage)
      : this.#hooked.migrationOf(key, context, defaultStage);
    return { value: tracked.stage, tracker: new MigrationTracker(tracked, Math.random) };
  }

  /** Reports a read or write of a migration. */
  trackMigration(tracker: MigrationTracker): void {
    this.#recorder?.migrated(tracker);
  }

  /** Tells of changes: `change`, `change:KEY`, `status`, `stale`. */
  on<N extends EventName>(event: N, listener: Listener<N>): this {
    if (this.#closing === undefined) this.#listeners.add(event, listener);
    return this;
  }

  /** Calls the listener no more. */
  off<N extends EventName>(event: N, listener: Listener<N>): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  /** Tells when the flag gives the context another value; gives what ends it. Sends no events. */
  onValueChange(
    key: FlagKey,
    context: object,
    fallback: unknown,
    listener: (change: ValueChange) => void,
  ): () => void {
    const decisions = new Decisions({ ...this.#decisionSettings, recorder: undefined });
    const evaluate = (): unknown => decisions.valueOf(key, context, fallback, undefined);
    const watch = new ValueWatch(key, evaluate, listener);
    const look = (): void => watch.look();
    this.on(`change:${key}`, look);
    return () => void this.off(`change:${key}`, look);
  }

  /** Runs around evaluations from now on. */
  addHook(hook: Hook): void {
    this.#hooks.add(hook);
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
    this.#listeners.clear();
    this.#readiness.fail(new Error("the client was closed"));
    await Promise.all([
      this.#watch.end(),
      this.#recorder?.close(),
      this.#bigSegments?.close(),
      this.#diagnostic,
    ]);
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : typeof cause;
}
