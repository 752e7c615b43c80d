import {
  type EvaluationContext,
  GeneralError,
  InvalidContextError,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  ProviderEvents,
  ProviderFatalError,
  ProviderNotReadyError,
  type ResolutionDetails,
  type TrackingEventDetails,
} from "@openfeature/web-sdk";
import {
  type BrowserClient,
  type ClientStatus,
  type Detail,
  type Initialization,
  init,
  type Options,
} from "../browser/index.ts";
import { dataOf, readContext } from "../openfeature/evaluation-context.ts";
import { type ProviderOptions, type Question, resolutionOf } from "../openfeature/resolution.ts";

type Asked<T> = Omit<Question<T>, "isCurrent">;
type Ask = (key: string, fallback: unknown) => Detail<unknown>;

/** Options of the browser client, which asks for reasons unless told otherwise, and of the provider. */
export interface WebProviderOptions extends Options, ProviderOptions {}

/**
 * Answers OpenFeature's clients on a page for OpenFeature's context. A context without a key is an
 * anonymous visitor, whose key is kept in the browser.
 *
 * @example
 * await OpenFeature.setProviderAndWait(new HalyardWebProvider("CLIENT_SIDE_ID", { baseUri }));
 */
export class HalyardWebProvider implements Provider {
  readonly metadata = { name: "halyard" };
  readonly runsOn = "client";
  readonly events: OpenFeatureEventEmitter = new OpenFeatureEventEmitter();
  readonly #clientSideId: string;
  readonly #options: WebProviderOptions;
  #flags: BrowserClient | undefined;
  #ask: Ask | undefined;
  #unwatch: (() => void) | undefined;
  /** What OpenFeature believes of the client, or that it waits for the answer to its last call. */
  #told: ClientStatus | "waiting" | "failed" = "waiting";
  /** Whether the values are those of a context of before. */
  #isBehind = false;
  /** Counts the contexts, so that one that another took over from is told from one that failed. */
  #contexts = 0;

  constructor(clientSideId: string, options: WebProviderOptions = {}) {
    this.#clientSideId = clientSideId;
    this.#options = options;
  }

  /** Throws where values did not arrive in time, or never will; where they do later, it gets ready. */
  initialize(context: EvaluationContext = {}): Promise<void> {
    return this.#serve(context, (given, waiting) => this.#begin(given, waiting));
  }

  /** Fetches the values of another context; those of before are served until then, as stale. */
  onContextChange(_: EvaluationContext, context: EvaluationContext): Promise<void> {
    return this.#serve(
      context,
      (given, waiting) => this.#flags?.identify(given, waiting) ?? this.#begin(given, waiting),
    );
  }

  /** Delivers what is left and closes the client. */
  async onClose(): Promise<void> {
    this.#unwatch?.();
    await this.#flags?.close();
  }

  resolveBooleanEvaluation(key: string, fallback: boolean): ResolutionDetails<boolean> {
    return this.#resolve({ key, fallback, type: "boolean" });
  }

  resolveStringEvaluation(key: string, fallback: string): ResolutionDetails<string> {
    return this.#resolve({ key, fallback, type: "string" });
  }

  resolveNumberEvaluation(key: string, fallback: number): ResolutionDetails<number> {
    return this.#resolve({ key, fallback, type: "number" });
  }

  resolveObjectEvaluation<T extends JsonValue>(key: string, fallback: T): ResolutionDetails<T> {
    return this.#resolve({ key, fallback, type: "object" });
  }

  /** The event's `value` is what is measured; it is told of the context that is served. */
  track(name: string, _: EvaluationContext, details: TrackingEventDetails = {}): void {
    const { value, ...data } = details;
    this.#flags?.track(name, dataOf(data), value);
  }

  #begin(context: object, waiting: { readonly timeout?: number }): Promise<Initialization> {
    const { timeout: _, flags: __, answerMetadata: ___, ...options } = this.#options;
    this.#unwatch?.();
    const flags = init(this.#clientSideId, context, { withReasons: true, ...options });
    this.#flags = flags;
    // An app's declared flag types narrow the keys for its own code; OpenFeature's are any text.
    this.#ask = flags.variationDetail.bind(flags) as Ask;
    this.#unwatch = flags.watch((changed, isOtherContext) => this.#look(changed, isOtherContext));
    return flags.waitForInitialization(waiting);
  }

  async #serve(
    context: EvaluationContext,
    ask: (given: object, waiting: { readonly timeout?: number }) => Promise<Initialization>,
  ): Promise<void> {
    this.#contexts += 1;
    const mine = this.#contexts;
    this.#isBehind = true;
    this.#told = "waiting";
    const { timeout = 5 } = this.#options;
    const outcome = await ask(readContext(context, undefined).context, { timeout });
    // Whoever set the context that took over is told how that went.
    if (mine !== this.#contexts) return;
    if (outcome.status !== "complete") {
      this.#told = "failed";
      throw failureOf(outcome, timeout);
    }
    this.#isBehind = false;
    // So OpenFeature says once this returns; what else there is to tell it would not hear before.
    this.#told = "live";
    setTimeout(() => this.#tell());
  }

  #resolve<T>(asked: Asked<T>): ResolutionDetails<T> {
    const detail = this.#ask?.(asked.key, asked.fallback);
    if (detail === undefined) throw new ProviderNotReadyError("no context has been set yet");
    const isCurrent = this.#flags?.status !== "stale" && !this.#isBehind;
    return resolutionOf({ ...asked, isCurrent }, detail, this.#options);
  }

  #look(changed: readonly string[], isOtherContext: boolean): void {
    if (isOtherContext) this.#isBehind = false;
    this.#tell();
    if (changed.length === 0 || isOtherContext) return;
    this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...changed] });
  }

  #tell(): void {
    const status = this.#flags?.status;
    if (this.#told === "waiting" || this.#isBehind || status === this.#told) return;
    if (status !== "live" && status !== "stale") return;
    this.#told = status;
    this.events.emit(status === "live" ? ProviderEvents.Ready : ProviderEvents.Stale);
  }
}

function failureOf({ status, error: cause }: Initialization, timeout: number): Error {
  const why = cause === undefined ? "" : `: ${cause.message}`;
  if (status === "timeout") {
    return new GeneralError(`values did not arrive within ${timeout} s${why}`, { cause });
  }
  return cause instanceof TypeError
    ? new InvalidContextError(cause.message, { cause })
    : new ProviderFatalError(`values will not arrive${why}`, { cause });
}
