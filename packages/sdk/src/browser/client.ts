import type { Json, JsonObject } from "@halyard/evaluation";
import type { FlagFallback, FlagKey, FlagKeyOf, FlagValue, FlagValues } from "../flag-types.ts";
import {
  answerTo,
  type Detail,
  presentIn,
  type Question,
  type Source,
  valuesOf,
} from "./answer.ts";
import { cacheKeyOf, readCache, writeCache } from "./cache.ts";
import type { ChangeEvent, ChangeListener, Watcher } from "./changes.ts";
import { Connection } from "./connection.ts";
import { type Identity, identityFrom } from "./identity.ts";
import { type Log, logTo } from "./log.ts";
import { type Options, type Settings, settingsFrom } from "./options.ts";
import { followPage } from "./page.ts";
import { Recorder } from "./recorder.ts";
import { changedKeys, type Result, type Results, resultsFromBootstrap } from "./results.ts";
import { anonymousKey } from "./storage.ts";
import { type Initialization, Waiting } from "./waiting.ts";

/** "stale" has values and no line to the server, "offline" has neither, or is closed. */
export type ClientStatus = "initializing" | "live" | "stale" | "offline";

/** What goes along with another context. */
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
  readonly cacheKey: string;
}

/** A client that fetches the context's values at once and keeps them current. */
export class BrowserClient {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #recorder: Recorder;
  #listeners: readonly (readonly [ChangeEvent, ChangeListener])[] = [];
  readonly #watchers = new Set<Watcher>();
  readonly #anonymousKeys = new Map<string, string>();
  /** Whose values are served, and the one whose values are on their way. */
  #served: Session | undefined;
  #pending: Session | undefined;
  #results: Results | undefined;
  #source: Source = "none";
  #at = Date.now();
  #isLive = false;
  /** What is in the way of values; the refusal is what only a person can lift. */
  #error: Error | undefined;
  #refusal: Error | undefined;
  readonly #waiting = new Waiting(() => ({ source: this.#source, error: this.#error }));
  /** There while the client is started. */
  #unfollow: (() => void) | undefined;
  #all: FlagValues | undefined;
  #allAtFirst: FlagValues | undefined;
  #bootstrapped: Results | undefined;

  constructor(clientSideId: string, context: object, options: Options = {}) {
    this.#settings = settingsFrom(clientSideId, options);
    this.#log = logTo(options.logger ?? globalThis.console);
    this.#recorder = new Recorder(this.#settings, this.#log);
    if (options.bootstrap !== undefined) {
      this.#bootstrapped = resultsFromBootstrap(options.bootstrap);
      if (!this.#bootstrapped) {
        this.#log.warn("bootstrap", "bootstrap is not the JSON of allFlagsState().");
      }
    }
    const session = this.#begin(context, options.hash);
    if (session instanceof Error) this.#refusal = session;
    else if (this.#bootstrapped) this.#put(session, this.#bootstrapped, "bootstrap");
    this.#serveCache();
  }

  /** How the client stands to the server. */
  get status(): ClientStatus {
    if (this.#isLive) return "live";
    if (!this.#unfollow) return "offline";
    if (this.#results) return "stale";
    return this.#error ? "offline" : "initializing";
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
    if (this.#unfollow) return this;
    this.#recorder.start();
    this.#unfollow = followPage(this.#settings.closeHiddenAfterMs, {
      leave: () => this.#recorder.leave(),
      rest: () => this.#pause(),
      wake: () => this.#open(),
    });
    this.#open();
    return this;
  }

  /** Resolves either way, and says how it went. Seconds; 5 unless given. */
  waitForInitialization({ timeout = 5 }: { timeout?: number } = {}): Promise<Initialization> {
    return this.#waiting.until(timeout, () => (this.#results ? "complete" : this.#refusal));
  }

  /** What the context gets, whatever its type. */
  variation<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    fallback: F,
  ): FlagValue<K, F> {
    // What a flag gives is promised by the flag's declared type, which only exists at compile time.
    return this.#ask({ key, fallback }).value as FlagValue<K, F>;
  }

  /** What the context gets where that is a boolean; else the fallback. */
  boolVariation(key: FlagKeyOf<boolean>, fallback: boolean): boolean {
    return this.#typed(key, fallback, "boolean");
  }

  /** What the context gets where that is a string; else the fallback. */
  stringVariation<K extends FlagKeyOf<string>>(
    key: K,
    fallback: FlagFallback<K, string>,
  ): FlagFallback<K, string> {
    return this.#typed(key, fallback, "string");
  }

  /** What the context gets where that is a number; else the fallback. */
  numberVariation<K extends FlagKeyOf<number>>(
    key: K,
    fallback: FlagFallback<K, number>,
  ): FlagFallback<K, number> {
    return this.#typed(key, fallback, "number");
  }

  /** What the context gets, whatever its type, as JSON. */
  jsonVariation(key: FlagKey, fallback: Json): Json {
    return this.#ask({ key, fallback }).value as Json;
  }

  /** What the context gets, why, and how old that answer is. */
  variationDetail<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    fallback: F,
  ): Detail<FlagValue<K, F>> {
    return this.#ask({ key, fallback }, true) as Detail<FlagValue<K, F>>;
  }

  /** The detail without counting an evaluation; `fromBootstrap` gives what the page came with. */
  peek(key: string, fallback: unknown, fromBootstrap = false): Detail<unknown> {
    return this.#answer({ key, fallback }, fromBootstrap ? this.#bootstrapped : this.#results);
  }

  /** Every flag's value; the same object until one changes. Sends no events. */
  allFlags(fromBootstrap = false): FlagValues {
    if (fromBootstrap) {
      this.#allAtFirst ??= valuesOf(this.#bootstrapped);
      return this.#allAtFirst;
    }
    this.#all ??= valuesOf(this.#results);
    return this.#all;
  }

  /** Records something the context did, with a number where it is to be measured. */
  track(key: string, data?: unknown, metricValue?: number): void {
    this.#guarded("event", () => this.#recorder.track(key, data, metricValue));
  }

  /** Serves another context: all of its values at once, as soon as they are there. Never rejects. */
  identify(context: object, { hash, timeout = 5 }: IdentifyOptions = {}): Promise<Initialization> {
    const session = this.#begin(context, hash);
    this.#serveCache();
    if (this.#unfollow) this.#open();
    return this.#waiting.until(timeout, () => {
      if (session instanceof Error) return session;
      if (session === this.#served) return "complete";
      return session === this.#pending ? this.#refusal : new Error("a later identify took over");
    });
  }

  /** Calls the listener when a flag's value changes, also through another context. */
  on(event: ChangeEvent, listener: ChangeListener): this {
    this.#listeners = [...this.#listeners, [event, listener]];
    return this;
  }

  /** Calls the listener no more. */
  off(event: ChangeEvent, listener: ChangeListener): this {
    this.#listeners = this.#listeners.filter((pair) => pair[0] !== event || pair[1] !== listener);
    return this;
  }

  /** Calls the watcher once for each arrival of values, and when the line is lost; the function given back ends that. */
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
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#recorder.stop();
    this.#pause();
    return this.flush();
  }

  #open(): void {
    for (const session of [this.#served, this.#pending]) session?.connection.open();
  }

  #pause(): void {
    for (const session of [this.#served, this.#pending]) session?.connection.close();
    this.#lost();
  }

  #lost(): void {
    if (!this.#isLive) return;
    this.#at = Date.now();
    this.#isLive = false;
    this.#tell([], false);
  }

  /** Makes the context the one to come; the session that is there already where it is the same. */
  #begin(context: object, hash: string | undefined): Session | Error {
    const identity = identityFrom(context, (kind) => anonymousKey(this.#anonymousKeys, kind));
    if (typeof identity === "string") {
      return this.#fail(new Error(identity));
    }
    const current = this.#pending ?? this.#served;
    if (current?.identity.encoded === identity.encoded && current.hash === hash) return current;
    this.#pending?.connection.close();
    const session = this.#sessionFor(identity, hash);
    this.#pending = session;
    this.#refusal = undefined;
    this.#recorder.identify(identity);
    this.#waiting.look();
    return session;
  }

  #sessionFor(identity: Identity, hash: string | undefined): Session {
    const { encoded } = identity;
    const connection = new Connection(this.#settings, encoded, hash, {
      put: (results, source) => this.#put(session, results, source),
      patch: (key, result) => this.#patch(session, key, result),
      trouble: (message, isRefused) => this.#trouble(session, message, isRefused),
    });
    const session: Session = {
      identity,
      hash,
      connection,
      cacheKey: cacheKeyOf(this.#settings.id, encoded),
    };
    return session;
  }

  #serveCache(): void {
    const session = this.#pending;
    if (!session || !this.#settings.cache) return;
    const cached = readCache(session.cacheKey);
    if (!cached) return;
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
    if (this.#error && this.#isLive) this.#log.forget(this.#error.message);
    this.#error = undefined;
    this.#refusal = undefined;
    if (this.#isLive && this.#settings.cache) writeCache(session.cacheKey, results, this.#at);
    this.#waiting.look();
    this.#tell(changed, isOther);
  }

  #patch(session: Session, key: string, result: Result): void {
    const version = this.#results?.get(key)?.version ?? -1;
    if (session !== this.#served || result.version <= version) return;
    this.#put(session, new Map(this.#results).set(key, result), "stream");
  }

  #tell(changed: readonly string[], isOtherContext: boolean): void {
    if (changed.length > 0) this.#all = undefined;
    for (const watcher of [...this.#watchers]) watcher(changed, isOtherContext);
    for (const key of changed) {
      const value = this.#results?.get(key)?.value;
      for (const [event, listener] of this.#listeners) {
        if (["change", `change:${key}`].includes(event)) {
          this.#guarded("change listener", () => listener({ key, value }));
        }
      }
    }
  }

  #trouble(session: Session, message: string, isRefused: boolean): void {
    if (session === this.#served) this.#lost();
    const { base, id } = this.#settings;
    const hint = message.startsWith("404") ? ` Is "${id}" the client-side ID?` : "";
    const error = new Error(`${base}: ${message}.${hint}`);
    this.#fail(error);
    if (isRefused) this.#refusal = error;
    this.#waiting.look();
  }

  #fail(error: Error): Error {
    this.#error = error;
    const serving = this.#results ? "the values held" : "fallbacks";
    this.#log.warn(error.message, `${error.message} Serving ${serving}.`);
    return error;
  }

  #typed<T>(key: string, fallback: T, type: string): T {
    return this.#ask({ key, fallback, type }).value as T;
  }

  #ask(question: Question, hasReason = false): Detail<unknown> {
    const results = this.#results;
    const { key, fallback } = question;
    const detail = this.#answer(question, results);
    const { value } = detail;
    if (results === undefined) {
      if (this.#settings.warnBeforeReady) {
        this.#log.warn(
          "ready",
          `"${key}" asked before flags arrived; served your fallback. Await waitForInitialization().`,
        );
      }
      return detail;
    }
    const result = presentIn(results, key);
    if (!result) this.#log.warn(key, `no flag "${key}"; served your fallback.`);
    this.#guarded("event", () => {
      this.#recorder.evaluated({ key, result, value, fallback, hasReason }, results);
    });
    return detail;
  }

  #answer(question: Question, results: Results | undefined): Detail<unknown> {
    const source = results === this.#bootstrapped ? "bootstrap" : this.#source;
    return answerTo(question, results, {
      source,
      ageMs: this.#isLive ? 0 : Date.now() - this.#at,
    });
  }

  /** A value that is not JSON costs its event, a listener that throws its call: not the answer. */
  #guarded(what: string, run: () => void): void {
    try {
      run();
    } catch (cause) {
      this.#log.warn(what, `${what} failed: ${String(cause)}.`);
    }
  }
}
