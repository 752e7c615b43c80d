import type { Json, JsonObject, Reason } from "@halyard/evaluation";
import type { FlagFallback, FlagKey, FlagValue } from "../flag-types.ts";
import { cacheKeyOf, readCache, writeCache } from "./cache.ts";
import { Connection } from "./connection.ts";
import { type Identity, identityFrom } from "./identity.ts";
import { type ChangeEvent, type ChangeListener, Listeners } from "./listeners.ts";
import { Log } from "./log.ts";
import { type Options, type Settings, settingsFrom } from "./options.ts";
import { type Evaluation, Recorder } from "./recorder.ts";
import { changedKeys, type Result, type Results, resultsFromBootstrap } from "./results.ts";
import { randomId, remember, remembered } from "./storage.ts";

/** Where the values that are served came from. */
export type Source = "stream" | "poll" | "cache" | "bootstrap" | "none";
/** "stale" has values and no line to the server, "offline" has neither, or is closed. */
export type ClientStatus = "initializing" | "live" | "stale" | "offline";

export interface Initialization {
  /** "failed" says that the server refused, or the context is wrong, or a later identify took over. */
  readonly status: "complete" | "timeout" | "failed";
  readonly source: Source;
  /** Since the question was asked. */
  readonly ms: number;
  readonly error?: Error;
}

/** A value with the story behind it. */
export interface Detail<Value> {
  readonly value: Value;
  /** Null where the fallback was given. */
  readonly variationIndex: number | null;
  /** Null where the server was not asked for reasons. */
  readonly reason: Reason | null;
  readonly source: Source;
  /** The flag's version. */
  readonly version?: number;
  /** Since the server last stood by the value; 0 while it does. */
  readonly ageMs?: number;
}

export interface IdentifyOptions {
  readonly hash?: string | undefined;
  /** Seconds; 5 unless given. */
  readonly timeout?: number;
}

/** One context and the line to its results. */
interface Session {
  readonly identity: Identity;
  readonly hash: string | undefined;
  readonly connection: Connection;
}

/** What a component asks of a change: whether its own flag is among it. */
export type Watcher = (changed: readonly string[], isOtherContext: boolean) => void;

type Values = Readonly<Record<string, Json>>;
type Question = Pick<Evaluation, "key" | "fallback" | "hasReason"> & { readonly type?: string };

/** A client that fetches the context's values at once and keeps them current. */
export class BrowserClient {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #recorder: Recorder;
  readonly #listeners: Listeners;
  readonly #watchers = new Set<Watcher>();
  readonly #anonymousKeys = new Map<string, string>();
  /** Whose values are served, and the one whose values are on their way. */
  #served: Session | undefined;
  #pending: Session | undefined;
  #results: Results | undefined;
  #source: Source = "none";
  #at = Date.now();
  #isLive = false;
  #isStarted = false;
  /** What is in the way of values; the refusal is what only a person can lift. */
  #error: Error | undefined;
  #refusal: Error | undefined;
  /** Those who wait for values; each looks whether its own are there. */
  readonly #waiting = new Set<() => void>();
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #all: Values | undefined;
  #allAtFirst: Values | undefined;
  #bootstrapped: Results | undefined;

  constructor(clientSideId: string, context: object, options: Options = {}) {
    this.#settings = settingsFrom(clientSideId, options);
    this.#log = new Log(options.logger ?? globalThis.console);
    this.#recorder = new Recorder(this.#settings, this.#log);
    this.#listeners = new Listeners(this.#log);
    if (options.bootstrap !== undefined) {
      this.#bootstrapped = resultsFromBootstrap(options.bootstrap);
      if (this.#bootstrapped === undefined) {
        this.#log.warn("bootstrap", "bootstrap holds no flags; it is the JSON of allFlagsState().");
      }
    }
    const session = this.#begin(context, options.hash);
    if (session instanceof Error) this.#refusal = session;
    else if (this.#bootstrapped) this.#put(session, this.#bootstrapped, "bootstrap");
    this.#serveCache();
  }

  get status(): ClientStatus {
    if (this.#isLive) return "live";
    if (this.#isStarted && this.#results !== undefined) return "stale";
    return this.#isStarted && this.#error === undefined ? "initializing" : "offline";
  }

  /** Whose values are served; undefined before there are any. */
  get context(): JsonObject | undefined {
    return this.#served?.identity.context;
  }

  /** True once there are values, from wherever. */
  get isReady(): boolean {
    return this.#results !== undefined;
  }

  /** Opens the stream; `init` has done so. A closed client can be started again. */
  start(): this {
    if (this.#isStarted) return this;
    this.#isStarted = true;
    this.#recorder.start();
    globalThis.document?.addEventListener("visibilitychange", this.#onVisibility);
    globalThis.addEventListener?.("pagehide", this.#onLeave);
    this.#open();
    return this;
  }

  /** Resolves either way, and says how it went. Seconds; 5 unless given. */
  waitForInitialization({ timeout = 5 }: { timeout?: number } = {}): Promise<Initialization> {
    return this.#until(timeout, () => (this.#results ? "complete" : this.#refusal));
  }

  /** What the context gets, whatever its type. */
  variation<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    fallback: F,
  ): FlagValue<K, F> {
    // What a flag gives is promised by the flag's declared type, which only exists at compile time.
    return this.#ask({ key, fallback, hasReason: false }).value as FlagValue<K, F>;
  }

  boolVariation(key: FlagKey, fallback: boolean): boolean {
    return this.#typed(key, fallback, "boolean");
  }

  stringVariation(key: FlagKey, fallback: string): string {
    return this.#typed(key, fallback, "string");
  }

  numberVariation(key: FlagKey, fallback: number): number {
    return this.#typed(key, fallback, "number");
  }

  jsonVariation(key: FlagKey, fallback: Json): Json {
    return this.#ask({ key, fallback, hasReason: false }).value as Json;
  }

  variationDetail<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    fallback: F,
  ): Detail<FlagValue<K, F>> {
    return this.#ask({ key, fallback, hasReason: true }) as Detail<FlagValue<K, F>>;
  }

  /** The detail without counting an evaluation; `fromBootstrap` gives what the page came with. */
  peek(key: string, fallback: unknown, fromBootstrap = false): Detail<unknown> {
    const results = fromBootstrap ? this.#bootstrapped : this.#results;
    return this.#detail({ key, fallback, hasReason: true }, results);
  }

  /** Every flag's value; the same object until one changes. Sends no events. */
  allFlags(fromBootstrap = false): Values {
    if (fromBootstrap) {
      this.#allAtFirst ??= valuesOf(this.#bootstrapped);
      return this.#allAtFirst;
    }
    this.#all ??= valuesOf(this.#results);
    return this.#all;
  }

  /** Records something the context did, with a number where it is to be measured. */
  track(key: string, data?: unknown, metricValue?: number): void {
    this.#guarded(() => this.#recorder.track(key, data, metricValue));
  }

  /** Serves another context: all of its values at once, as soon as they are there. Never rejects. */
  identify(context: object, { hash, timeout = 5 }: IdentifyOptions = {}): Promise<Initialization> {
    const session = this.#begin(context, hash);
    this.#serveCache();
    if (this.#isStarted) this.#open();
    return this.#until(timeout, () => {
      if (session instanceof Error) return session;
      if (session === this.#served) return "complete";
      return session === this.#pending ? this.#refusal : new Error("a later identify took over");
    });
  }

  /** Calls the listener when a flag's value changes, also through another context. */
  on(event: ChangeEvent, listener: ChangeListener): this {
    this.#listeners.add(event, listener);
    return this;
  }

  off(event: ChangeEvent, listener: ChangeListener): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  /** Calls the watcher once for each arrival of values; the function given back ends that. */
  readonly watch = (watcher: Watcher): (() => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Resolves when the events recorded so far were delivered or given up. */
  flush(): Promise<void> {
    return this.#recorder.flush();
  }

  /** Delivers what is left and lets go of every connection. Flags stay as they were. */
  close(): Promise<void> {
    this.#isStarted = false;
    this.#lost();
    this.#recorder.stop();
    clearTimeout(this.#hiding);
    globalThis.document?.removeEventListener("visibilitychange", this.#onVisibility);
    globalThis.removeEventListener?.("pagehide", this.#onLeave);
    this.#pause();
    return this.flush();
  }

  readonly #onLeave = (): void => this.#recorder.leave();

  /** A hidden page may never be seen again, so events go now; its stream rests after a while. */
  readonly #onVisibility = (): void => {
    clearTimeout(this.#hiding);
    if (document.visibilityState === "hidden") {
      this.#recorder.leave();
      this.#hiding = setTimeout(() => this.#pause(), this.#settings.closeHiddenAfterMs);
    } else this.#open();
  };

  #open(): void {
    for (const session of [this.#served, this.#pending]) session?.connection.open();
  }

  #pause(): void {
    for (const session of [this.#served, this.#pending]) session?.connection.close();
    this.#lost();
  }

  #lost(): void {
    if (this.#isLive) this.#at = Date.now();
    this.#isLive = false;
  }

  /** Makes the context the one to come; the session that is there already where it is the same. */
  #begin(context: object, hash: string | undefined): Session | Error {
    const identity = identityFrom(context, (kind) => this.#anonymousKey(kind));
    if (typeof identity === "string") {
      return this.#fail(new TypeError(identity), "context");
    }
    const current = this.#pending ?? this.#served;
    if (current?.identity.encoded === identity.encoded && current.hash === hash) return current;
    this.#pending?.connection.close();
    const session = this.#sessionFor(identity, hash);
    this.#pending = session;
    this.#refusal = undefined;
    this.#recorder.identify(identity);
    this.#release();
    return session;
  }

  #sessionFor(identity: Identity, hash: string | undefined): Session {
    const { encoded } = identity;
    const connection = new Connection(
      this.#settings,
      { encoded, hash },
      {
        put: (results, source) => this.#put(session, results, source),
        patch: (key, result) => this.#patch(key, result),
        trouble: (message, isRefused) => this.#trouble(session, message, isRefused),
      },
    );
    const session: Session = { identity, hash, connection };
    return session;
  }

  #serveCache(): void {
    const session = this.#pending;
    if (session === undefined || !this.#settings.cache) return;
    const cached = readCache(this.#cacheKey(session));
    if (cached === undefined) return;
    this.#put(session, cached.results, "cache");
    this.#at = cached.at;
  }

  #put(session: Session, results: Results, source: Source): void {
    const isOther = session === this.#pending;
    if (isOther) {
      this.#served?.connection.close();
      this.#pending = undefined;
      this.#served = session;
      this.#recorder.switchTo(session.identity);
    }
    const changed = changedKeys(this.#results ?? new Map(), results);
    this.#results = results;
    this.#source = source;
    this.#isLive = source === "stream" || source === "poll";
    this.#at = Date.now();
    this.#error = undefined;
    this.#refusal = undefined;
    if (this.#isLive) this.#keep();
    this.#release();
    this.#tell(changed, isOther);
  }

  #patch(key: string, result: Result): void {
    const before = this.#results?.get(key);
    if (this.#results === undefined || result.version <= (before?.version ?? -1)) return;
    const next = new Map([[key, result]]);
    const changed = changedKeys(new Map(before && [[key, before]]), next);
    for (const [, taken] of next) this.#results.set(key, taken);
    this.#keep();
    this.#tell(changed, false);
  }

  #keep(): void {
    if (!this.#settings.cache || this.#served === undefined || this.#results === undefined) return;
    writeCache(this.#cacheKey(this.#served), this.#results, Date.now());
  }

  #cacheKey({ identity }: Session): string {
    return cacheKeyOf(this.#settings.id, identity.encoded);
  }

  #tell(changed: readonly string[], isOtherContext: boolean): void {
    if (changed.length > 0) this.#all = undefined;
    for (const watcher of [...this.#watchers]) watcher(changed, isOtherContext);
    for (const key of changed) this.#listeners.tell(key, this.#results?.get(key)?.value);
  }

  #trouble(session: Session, message: string, isRefused: boolean): void {
    if (session === this.#served) this.#lost();
    const { base, id } = this.#settings;
    const hint = message.startsWith("404")
      ? ` Is "${id}" the client-side ID that the admin UI shows with the environment?`
      : "";
    const error = new Error(`${base}: ${message}.${hint}`);
    this.#fail(error, message.slice(0, 3));
    if (isRefused) this.#refusal = error;
    this.#release();
  }

  #fail(error: Error, cause: string): Error {
    this.#error = error;
    const serving = this.#results ? "the values held" : "fallbacks";
    this.#log.warn(cause, `${error.message} Serving ${serving}.`);
    return error;
  }

  #release(): void {
    for (const look of [...this.#waiting]) look();
  }

  #until(seconds: number, outcome: () => "complete" | Error | undefined): Promise<Initialization> {
    const startedAt = Date.now();
    return new Promise((resolve) => {
      const look = (late?: "timeout"): void => {
        const found = outcome() ?? late;
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        const isError = typeof found === "object";
        const error = isError ? found : late && this.#error;
        const status = isError ? "failed" : found;
        const ms = Date.now() - startedAt;
        resolve({ status, source: this.#source, ms, ...(error && { error }) });
      };
      const timer = setTimeout(look, Math.min(seconds * 1_000, 2 ** 31 - 1), "timeout");
      this.#waiting.add(look);
      look();
    });
  }

  #typed<T>(key: string, fallback: T, type: string): T {
    return this.#ask({ key, fallback, type, hasReason: false }).value as T;
  }

  #ask(question: Question): Detail<unknown> {
    const results = this.#results;
    const { key, fallback, hasReason } = question;
    const detail = this.#detail(question, results);
    if (results === undefined) {
      if (this.#settings.warnBeforeReady) {
        this.#log.warn(
          "ready",
          `"${key}" asked before flags arrived; served your fallback. Await waitForInitialization() first, or pass { warnBeforeReady: false }.`,
        );
      }
      return detail;
    }
    const { value } = detail;
    this.#guarded(() => {
      this.#replay(key, results, new Set([key]), hasReason);
      this.#recorder.evaluated({ key, result: known(results, key), value, fallback, hasReason });
    });
    return detail;
  }

  #detail({ key, fallback, type, hasReason }: Question, results?: Results): Detail<unknown> {
    const held = results === this.#bootstrapped ? "bootstrap" : this.#source;
    const source = results ? held : "none";
    const failed = (errorKind: "CLIENT_NOT_READY" | "FLAG_NOT_FOUND" | "WRONG_TYPE") => ({
      value: fallback,
      variationIndex: null,
      reason: { kind: "ERROR", errorKind } as const,
      source,
    });
    if (results === undefined) return failed("CLIENT_NOT_READY");
    const result = known(results, key);
    if (result === undefined) {
      if (!hasReason) this.#log.warn(key, `there is no flag "${key}" here; served your fallback.`);
      return failed("FLAG_NOT_FOUND");
    }
    const { value, variation = null, reason = null, version, flagVersion = version } = result;
    const given = value === null ? fallback : value;
    if (type !== undefined && value !== null && typeof given !== type) return failed("WRONG_TYPE");
    const ageMs = this.#isLive ? 0 : Date.now() - this.#at;
    return { value: given, variationIndex: variation, reason, source, version: flagVersion, ageMs };
  }

  /** The flags behind a flag were evaluated too, those behind them first. */
  #replay(parent: string, results: Results, seen: Set<string>, hasReason: boolean): void {
    for (const key of results.get(parent)?.prerequisites ?? []) {
      const result = known(results, key);
      if (result === undefined || seen.has(key)) continue;
      this.#replay(key, results, new Set([...seen, key]), hasReason);
      const { value } = result;
      this.#recorder.evaluated({
        ...{ key, result, value, fallback: undefined, hasReason },
        prereqOf: parent,
      });
    }
  }

  /** A value that is not JSON costs its event, not the answer. */
  #guarded(record: () => void): void {
    try {
      record();
    } catch (cause) {
      this.#log.warn("event", `an event could not be recorded: ${String(cause)}.`);
    }
  }

  /** A visitor without a name keeps one in the browser, so that they get the same next time. */
  #anonymousKey(kind: string): string {
    const place = `halyard:key:${kind}`;
    const key = remembered(place) ?? this.#anonymousKeys.get(kind) ?? randomId();
    this.#anonymousKeys.set(kind, key);
    remember(place, key);
    return key;
  }
}

function known(results: Results, key: string): Result | undefined {
  const result = results.get(key);
  return result?.value === undefined ? undefined : result;
}

function valuesOf(results: Results | undefined): Values {
  const values: [string, Json][] = [];
  for (const [key, { value }] of results ?? []) if (value !== undefined) values.push([key, value]);
  return Object.fromEntries(values);
}
