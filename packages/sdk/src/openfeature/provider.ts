import {
  type EvaluationContext,
  GeneralError,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  ProviderFatalError,
  type ResolutionDetails,
  TargetingKeyMissingError,
  type TrackingEventDetails,
} from "@openfeature/server-sdk";
import type { HalyardClient } from "../client.ts";
import type { Detail, JsonType } from "../detail.ts";
import type { StatusChange } from "../listeners.ts";
import { dataOf, readContext } from "./evaluation-context.ts";
import { type ProviderOptions, resolutionOf } from "./resolution.ts";

type Ask = (key: string, context: object, fallback: unknown, type: JsonType) => Detail<unknown>;

/**
 * Answers OpenFeature's clients from a client of ours, which it closes when it is replaced.
 *
 * @example
 * await OpenFeature.setProviderAndWait(new HalyardProvider(init(sdkKey)));
 */
export class HalyardProvider implements Provider {
  readonly metadata = { name: "halyard" };
  readonly runsOn = "server";
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly #flags: HalyardClient;
  readonly #ask: Ask;
  readonly #options: ProviderOptions;
  #changed: Set<string> | undefined;

  constructor(flags: HalyardClient, options: ProviderOptions = {}) {
    this.#flags = flags;
    // An app's declared flag types narrow the keys for its own code; OpenFeature's are any text.
    this.#ask = flags.variationDetail.bind(flags) as Ask;
    this.#options = options;
  }

  /** Throws where flags did not arrive in time, or never will; where they do later, it gets ready. */
  async initialize(): Promise<void> {
    const { timeout = 5 } = this.#options;
    const { status, error: cause } = await this.#flags.waitForInitialization({ timeout });
    this.#flags.on("status", (change) => this.#tell(change));
    this.#flags.on("change", ({ key }) => this.#noteChange(key));
    const why = cause === undefined ? "" : `: ${cause.message}`;
    if (status === "failed") {
      throw new ProviderFatalError(`flags will not arrive${why}`, { cause });
    }
    if (status === "timeout") {
      throw new GeneralError(`flags did not arrive within ${timeout} s${why}`, { cause });
    }
    // OpenFeature says that the provider is ready after this returns, and would not hear it before.
    setTimeout(() => {
      if (this.#flags.status === "stale") this.events.emit(ProviderEvents.Stale);
    });
  }

  /** Delivers what is left and closes the client. */
  onClose(): Promise<void> {
    return this.#flags.close();
  }

  resolveBooleanEvaluation(
    key: string,
    fallback: boolean,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<boolean>> {
    return this.#resolve({ key, fallback, type: "boolean" }, context);
  }

  resolveStringEvaluation(
    key: string,
    fallback: string,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<string>> {
    return this.#resolve({ key, fallback, type: "string" }, context);
  }

  resolveNumberEvaluation(
    key: string,
    fallback: number,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<number>> {
    return this.#resolve({ key, fallback, type: "number" }, context);
  }

  resolveObjectEvaluation<T extends JsonValue>(
    key: string,
    fallback: T,
    context: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    return this.#resolve({ key, fallback, type: "object" }, context);
  }

  /** The event's `value` is what is measured. */
  track(name: string, context: EvaluationContext, details: TrackingEventDetails = {}): void {
    const { value, ...data } = details;
    this.#flags.track(name, readContext(context, undefined).context, dataOf(data), value);
  }

  async #resolve<T>(
    question: { readonly key: string; readonly fallback: T; readonly type: JsonType },
    given: EvaluationContext,
  ): Promise<ResolutionDetails<T>> {
    const { key, fallback, type } = question;
    const { context, isKeyless } = readContext(given, "anonymous");
    const detail = this.#ask(key, context, fallback, type);
    if (isKeyless && detail.basis === "rollout") {
      throw new TargetingKeyMissingError(
        `flag "${key}": its rollout needs to know for whom; give the context a targetingKey`,
      );
    }
    const isCurrent = this.#flags.status !== "stale";
    return resolutionOf({ ...question, isCurrent }, detail, this.#options);
  }

  #tell({ status, error }: StatusChange): void {
    const why = error === undefined ? {} : { message: error.message };
    if (status === "live") this.events.emit(ProviderEvents.Ready);
    else if (status === "stale") this.events.emit(ProviderEvents.Stale, why);
    else if (status === "offline") this.events.emit(ProviderEvents.Error, why);
  }

  /** The client tells of each flag, one right after another; OpenFeature of all at once. */
  #noteChange(key: string): void {
    this.#changed?.add(key);
    if (this.#changed !== undefined) return;
    const changed = new Set([key]);
    this.#changed = changed;
    queueMicrotask(() => {
      this.#changed = undefined;
      this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...changed] });
    });
  }
}
