import type { Environment, Follower } from "./environment.ts";
import type { ClientStatus, Listeners } from "./listeners.ts";
import type { Log } from "./logger.ts";
import type { Readiness } from "./readiness.ts";
import type { ReadyFlags } from "./ready-flags.ts";
import type { Item } from "./source/first-generation-message.ts";
import type { SourceName, Trouble } from "./source/flag-source.ts";
import { StalenessBound } from "./staleness-bound.ts";

export interface WatchSettings {
  readonly environment: Environment;
  readonly flags: ReadyFlags;
  readonly readiness: Readiness;
  readonly listeners: Listeners;
  readonly log: Log;
  readonly maxStalenessMs: number | undefined;
}

/** What one client makes of the news of its environment, and whom it tells. */
export class EnvironmentWatch implements Follower {
  readonly #settings: WatchSettings;
  readonly #staleness: StalenessBound;
  #lastStatus: ClientStatus = "initializing";

  constructor(settings: WatchSettings) {
    this.#settings = settings;
    this.#staleness = new StalenessBound(settings.maxStalenessMs, () => this.#tellStale());
  }

  /** Takes note of what the environment was before. */
  begin(): void {
    const { environment, readiness } = this.#settings;
    environment.join(this);
    this.onStatus();
    const { trouble, status, source } = environment;
    if (trouble?.isRefused === true) readiness.fail(trouble.error);
    if (status === "offline" && source === undefined && trouble === undefined) {
      readiness.fail(new Error("the client is offline, and was given no flags"));
    }
  }

  async end(): Promise<void> {
    this.#staleness.end();
    await this.#settings.environment.leave(this);
  }

  onReplaced(items: readonly Item[] | "all"): void {
    this.#settings.flags.forget(items);
  }

  onChanged(items: readonly Item[]): void {
    const { environment, listeners } = this.#settings;
    if (!listeners.hearChanges) return;
    for (const key of environment.store.flagsAffectedBy(items)) {
      listeners.tell("change", { key });
      listeners.tell(`change:${key}`, { key });
    }
  }

  onStatus(): void {
    const { environment, readiness, listeners, log } = this.#settings;
    const { source, store, status, ageMs, trouble } = environment;
    if (store.isFilled && source !== undefined) readiness.complete(source);
    if (status === "live") {
      log.forget("trouble");
      this.#staleness.end();
    } else if (ageMs !== undefined) {
      this.#staleness.begin(ageMs);
    }
    if (status === this.#lastStatus) return;
    this.#lastStatus = status;
    listeners.tell("status", {
      status,
      ...(trouble === undefined ? {} : { error: trouble.error }),
    });
  }

  onTrouble({ error, isRefused, retryInMs }: Trouble): void {
    const { environment, readiness, log } = this.#settings;
    if (isRefused) readiness.fail(error);
    else readiness.note(error);
    const serving = environment.store.isFilled ? "the flags of before" : "fallbacks";
    const retrying = retryInMs > 0 ? `, retrying in ${Math.ceil(retryInMs / 1_000)} s` : "";
    log.warnOnce("trouble", () => `${error.message}; serving ${serving}${retrying}.`);
  }

  onBrokenStart(from: SourceName, cause: unknown): void {
    const what = cause instanceof Error ? cause.message : typeof cause;
    this.#settings.log.warnOnce(
      `start ${from}`,
      () => `the flags of ${from} cannot be used: ${what}.`,
    );
  }

  #tellStale(): void {
    const { environment, listeners } = this.#settings;
    const { ageMs = 0, source, store } = environment;
    listeners.tell("stale", { ageMs, source, version: store.position?.version });
  }
}
