import {
  basisOf,
  type Context,
  type ErrorKind,
  type EvaluationResult,
  type EvaluationStore,
  errorResult,
  evaluatePrepared,
  explain,
  type Flag,
  isContextError,
  kindOfSimpleContext,
  type OnPrerequisite,
  parseContext,
  type SimpleContext,
} from "@halyard/evaluation";
import type { Detail, ExpectedType } from "./detail.ts";
import type { Environment } from "./environment.ts";
import type { Recorder } from "./events/recorder.ts";
import type { Log } from "./logger.ts";
import type { TrackedMigration } from "./migrations/migration-tracker.ts";
import { isStage, type Stage } from "./migrations/stage.ts";
import type { ReadyFlag } from "./ready-flag.ts";
import type { ReadyFlags } from "./ready-flags.ts";

export interface Question {
  readonly key: string;
  readonly context: unknown;
  readonly fallback: unknown;
  readonly type: ExpectedType;
  readonly hasReason: boolean;
}

/** A question that an evaluation answered, or the error that kept it from one. */
interface Answer {
  readonly value: unknown;
  readonly result: EvaluationResult;
  readonly flag: Flag | undefined;
  readonly context: Context | undefined;
}

export interface DecisionSettings {
  readonly environment: Environment;
  /** The environment's flags, and big segments where there are any. */
  readonly store: EvaluationStore;
  readonly flags: ReadyFlags;
  readonly recorder: Recorder | undefined;
  readonly log: Log;
  readonly warnBeforeReady: boolean;
}

/** Answers what a context gets. Gives the fallback on any trouble, and never throws. */
export class Decisions {
  readonly #environment: Environment;
  readonly #store: EvaluationStore;
  readonly #flags: ReadyFlags;
  readonly #recorder: Recorder | undefined;
  readonly #log: Log;
  readonly #warnBeforeReady: boolean;
  readonly #onPrerequisite: OnPrerequisite | undefined;
  readonly #onPrerequisiteWithReason: OnPrerequisite | undefined;

  constructor({ environment, store, flags, recorder, log, warnBeforeReady }: DecisionSettings) {
    this.#environment = environment;
    this.#store = store;
    this.#flags = flags;
    this.#recorder = recorder;
    this.#log = log;
    this.#warnBeforeReady = warnBeforeReady;
    this.#onPrerequisite = recorder && prerequisiteRecorder(recorder, flags, false);
    this.#onPrerequisiteWithReason = recorder && prerequisiteRecorder(recorder, flags, true);
  }

  /** A flag that gives everyone the same is answered here, and nothing is made on the way. */
  valueOf(key: string, context: unknown, fallback: unknown, type: ExpectedType): unknown {
    try {
      const flag = this.#flags.get(key);
      const result = flag?.constant;
      if (flag === undefined) return this.#troubled(key, context, fallback, type);
      const kind = result === undefined ? undefined : kindOfSimpleContext(context);
      if (result === undefined || kind === undefined) {
        return this.#evaluated(flag, context, fallback, type);
      }
      if (!fits(result, type)) return this.#troubled(key, context, fallback, type);
      const { variationIndex } = result;
      const value = variationIndex === null ? fallback : result.value;
      if (this.#recorder !== undefined) {
        this.#recorder.counted(flag.tally, variationIndex, value, fallback);
        this.#recorder.saw(flag.tally, kind, context as SimpleContext);
      }
      return value;
    } catch (cause) {
      return this.#broken({ key, context, fallback, type, hasReason: false }, cause).value;
    }
  }

  /** What {@link valueOf} does for any other flag that is there; saves what only a detail needs. */
  #evaluated(ready: ReadyFlag, input: unknown, fallback: unknown, type: ExpectedType): unknown {
    const context = parseContext(input);
    const { key } = ready.flag;
    if (isContextError(context)) return this.#troubled(key, input, fallback, type);
    const result = evaluatePrepared(ready.prepared, context, this.#store, this.#onPrerequisite);
    if (!fits(result, type)) return this.#troubled(key, input, fallback, type);
    const value = result.variationIndex === null ? fallback : result.value;
    const recorder = this.#recorder;
    if (recorder !== undefined && ready.isOnlyCounted) {
      recorder.counted(ready.tally, result.variationIndex, value, fallback);
      recorder.met(ready.tally, context);
    } else {
      recorder?.evaluated({ ready, context, result, value, fallback, hasReason: false });
    }
    return value;
  }

  /** Says what is wrong, once. */
  #troubled(key: string, context: unknown, fallback: unknown, type: ExpectedType): unknown {
    return this.#answer({ key, context, fallback, type, hasReason: false }).value;
  }

  detailOf(question: Question): Detail<unknown> {
    return this.#described(this.#guarded(question));
  }

  /** What hooks are told of a migration. */
  detailOfMigration({ stage, result, flag, context }: TrackedMigration): Detail<unknown> {
    return this.#described({ value: stage, result, flag, context });
  }

  #described(answer: Answer): Detail<unknown> {
    const environment = this.#environment;
    const store = this.#store;
    const { value, result, flag, context: parsed } = answer;
    const { source } = environment;
    const isFallback = result.variationIndex === null;
    return {
      value,
      variationIndex: result.variationIndex,
      reason: result.reason,
      basis: isFallback || flag === undefined ? undefined : basisOf(flag, result.reason),
      source: isFallback || source === undefined ? "fallback" : source,
      version: environment.store.position?.version,
      ageMs: environment.ageMs,
      explain: () =>
        flag === undefined || parsed === undefined ? [] : explain(flag, parsed, store).steps,
    };
  }

  /** The stage that a migration has for the context; the default where its flag gives none. */
  migrationOf(key: string, context: unknown, defaultStage: Stage): TrackedMigration {
    const question = { key, context, fallback: defaultStage, hasReason: false } as const;
    const answer = this.#guarded({ ...question, type: "migration stage" });
    const { value, result, flag } = answer;
    const stage = isStage(value) ? value : defaultStage;
    return { key, stage, defaultStage, context: answer.context, result, flag };
  }

  /** Undefined, after a warning, where the input is no context. */
  contextFrom(input: unknown): Context | undefined {
    try {
      const context = parseContext(input);
      if (!isContextError(context)) return context;
      const { error } = context;
      this.#log.warnOnce(`context ${error}`, () => `${error}.`);
    } catch (cause) {
      const what = describeCause(cause);
      this.#log.warnOnce("context", () => `a context could not be read: ${what}.`);
    }
    return undefined;
  }

  #guarded(question: Question): Answer {
    try {
      return this.#answer(question);
    } catch (cause) {
      return this.#broken(question, cause);
    }
  }

  #answer(question: Question): Answer {
    const { key, fallback, hasReason } = question;
    if (!this.#environment.store.isFilled) return this.#notReady(question);
    const context = this.contextFrom(question.context);
    if (context === undefined) return unanswered(question, "USER_NOT_SPECIFIED");
    const ready = this.#flags.get(key);
    if (ready === undefined) return this.#unknownFlag(question, context);
    const { flag } = ready;
    const onPrerequisite = hasReason ? this.#onPrerequisiteWithReason : this.#onPrerequisite;
    let result = evaluatePrepared(ready.prepared, context, this.#store, onPrerequisite);
    if (!fits(result, question.type)) result = this.#wrongType(question, result);
    const value = result.variationIndex === null ? fallback : result.value;
    this.#recorder?.evaluated({ ready, context, result, value, fallback, hasReason });
    return { value, result, flag, context };
  }

  #wrongType({ key, type }: Question, { value }: EvaluationResult): EvaluationResult {
    const given =
      type === "migration stage"
        ? `${shown(key)} gives ${JSON.stringify(value)}, which is no migration stage`
        : `${key} is a ${typeof value}, not ${type === "object" ? "an" : "a"} ${type}`;
    this.#log.warnOnce(`type ${key} ${type}`, () => `${given}; served your fallback.`);
    return errorResult("WRONG_TYPE");
  }

  #broken(question: Question, cause: unknown): Answer {
    const what = describeCause(cause);
    this.#log.warnOnce("exception", () => `an evaluation failed: ${what}.`);
    return unanswered(question, "EXCEPTION");
  }

  #notReady(question: Question): Answer {
    if (this.#warnBeforeReady) {
      this.#log.warnOnce(
        "not ready",
        () =>
          `${shown(question.key)} asked before flags arrived; served your fallback. Await waitForInitialization() first, or ignore with { warnBeforeReady: false }.`,
      );
    }
    return unanswered(question, "CLIENT_NOT_READY");
  }

  #unknownFlag(question: Question, context: Context): Answer {
    const { key, fallback } = question;
    this.#log.warnOnce(
      `unknown ${shown(key)}`,
      () => `there is no flag ${shown(key)} in this environment; served your fallback.`,
    );
    if (typeof key === "string") this.#recorder?.unknown(key, context, fallback);
    return unanswered(question, "FLAG_NOT_FOUND");
  }
}

function fits({ variationIndex, value }: EvaluationResult, type: ExpectedType): boolean {
  if (type === undefined || variationIndex === null) return true;
  return type === "migration stage" ? isStage(value) : typeof value === type;
}

function prerequisiteRecorder(
  recorder: Recorder,
  flags: ReadyFlags,
  hasReason: boolean,
): OnPrerequisite {
  return (flag, result, { key: prerequisiteOf }, context) => {
    const ready = flags.get(flag.key);
    if (ready === undefined) return;
    const { value, variationIndex } = result;
    if (ready.isOnlyCounted) {
      recorder.counted(ready.tally, variationIndex, value, null);
      recorder.met(ready.tally, context);
      return;
    }
    const asked = { fallback: null, hasReason, prerequisiteOf };
    recorder.evaluated({ ready, context, result, value, ...asked });
  };
}

function unanswered({ fallback }: Question, errorKind: ErrorKind): Answer {
  return {
    value: fallback,
    result: errorResult(errorKind),
    flag: undefined,
    context: undefined,
  };
}

function shown(key: unknown): string {
  return typeof key === "string" ? JSON.stringify(key) : `of type ${typeof key}`;
}

/** What is thrown may be anything, also something that cannot become a string. */
function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : typeof cause;
}
