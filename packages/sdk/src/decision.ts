import {
  type Context,
  type ErrorKind,
  type EvaluationResult,
  type ExplanationStep,
  errorResult,
  evaluate,
  explain,
  type Flag,
  isContextError,
  parseContext,
  type Reason,
} from "@halyard/evaluation";
import type { Recorder } from "./events/recorder.ts";
import type { Log } from "./logger.ts";
import type { Source } from "./readiness.ts";
import type { Store } from "./store.ts";

/** A value with the story behind it. */
export interface Detail<Value> {
  readonly value: Value;
  /** Null where the fallback was given. */
  readonly variationIndex: number | null;
  readonly reason: Reason;
  /** Where the flag came from. */
  readonly source: Source;
  /** Each step of the evaluation; empty where there was none. */
  explain(): readonly ExplanationStep[];
}

export interface Question {
  readonly key: string;
  readonly context: unknown;
  readonly fallback: unknown;
  /** The type the app expects, as `typeof` names it; undefined where any will do. */
  readonly type?: "boolean" | "string" | "number";
  readonly hasReason: boolean;
}

/** A question that an evaluation answered, or the error that kept it from one. */
interface Answer {
  readonly value: unknown;
  readonly result: EvaluationResult;
  readonly flag?: Flag;
  readonly context?: Context;
}

export interface DecisionSettings {
  readonly store: Store;
  readonly recorder: Recorder | undefined;
  readonly log: Log;
  readonly warnBeforeReady: boolean;
}

/** Answers what a context gets. Gives the fallback on any trouble, and never throws. */
export class Decisions {
  readonly #settings: DecisionSettings;

  constructor(settings: DecisionSettings) {
    this.#settings = settings;
  }

  valueOf(question: Question): unknown {
    return this.#answer(question).value;
  }

  detailOf(question: Question): Detail<unknown> {
    const { store } = this.#settings;
    const { value, result, flag, context } = this.#answer(question);
    const { variationIndex, reason } = result;
    return {
      value,
      variationIndex,
      reason,
      source: store.isFilled ? "stream" : "none",
      explain: () =>
        flag === undefined || context === undefined ? [] : explain(flag, context, store).steps,
    };
  }

  /** Undefined, after a warning, where the input is no context. */
  contextFrom(input: unknown): Context | undefined {
    try {
      const context = parseContext(input);
      if (!isContextError(context)) return context;
      const { error } = context;
      this.#settings.log.warnOnce(`context ${error}`, () => `${error}.`);
    } catch (cause) {
      const what = describeCause(cause);
      this.#settings.log.warnOnce("context", () => `a context could not be read: ${what}.`);
    }
    return undefined;
  }

  #answer(question: Question): Answer {
    try {
      return this.#evaluate(question);
    } catch (cause) {
      const what = describeCause(cause);
      this.#settings.log.warnOnce("exception", () => `an evaluation failed: ${what}.`);
      return unanswered(question, "EXCEPTION");
    }
  }

  #evaluate(question: Question): Answer {
    const { store, recorder } = this.#settings;
    const { key } = question;
    if (!store.isFilled) return this.#notReady(question);
    const context = this.contextFrom(question.context);
    if (context === undefined) return unanswered(question, "USER_NOT_SPECIFIED");
    const flag = typeof key === "string" ? store.flag(key) : undefined;
    if (flag === undefined) return this.#unknownFlag(question, context);
    const onPrerequisite = recorder && this.#prerequisiteRecorder(recorder, context, question);
    const result = evaluate(flag, context, store, onPrerequisite);
    const answer = this.#checkedType(question, flag, result);
    this.#record({ ...answer, flag, context }, question);
    return { ...answer, flag, context };
  }

  #checkedType(question: Question, flag: Flag, result: EvaluationResult): Answer {
    const { fallback, type } = question;
    if (result.variationIndex === null) return { value: fallback, result };
    const { value } = result;
    if (type === undefined || typeof value === type) return { value, result };
    this.#settings.log.warnOnce(
      `type ${flag.key} ${type}`,
      () => `${flag.key} is a ${typeof value}, not a ${type}; served your fallback.`,
    );
    return unanswered(question, "WRONG_TYPE");
  }

  #record(answer: Required<Answer>, { fallback, hasReason }: Question): void {
    const { recorder } = this.#settings;
    this.#guardEvents(() => recorder?.evaluated({ ...answer, fallback, hasReason }));
  }

  #prerequisiteRecorder(recorder: Recorder, context: Context, { hasReason }: Question) {
    return (prerequisite: {
      readonly flag: Flag;
      readonly prerequisiteOf: string;
      readonly result: EvaluationResult;
    }): void => {
      const { value } = prerequisite.result;
      this.#guardEvents(() =>
        recorder.evaluated({ ...prerequisite, context, value, fallback: null, hasReason }),
      );
    };
  }

  /** A value or a context that is not JSON costs its event, not the answer. */
  #guardEvents(record: () => void): void {
    try {
      record();
    } catch (cause) {
      const what = describeCause(cause);
      this.#settings.log.warnOnce("event", () => `an event could not be recorded: ${what}.`);
    }
  }

  #notReady(question: Question): Answer {
    const { log, warnBeforeReady } = this.#settings;
    if (warnBeforeReady) {
      log.warnOnce(
        "not ready",
        () =>
          `${shown(question.key)} asked before flags arrived; served your fallback. Await waitForInitialization() first, or ignore with { warnBeforeReady: false }.`,
      );
    }
    return unanswered(question, "CLIENT_NOT_READY");
  }

  #unknownFlag(question: Question, context: Context): Answer {
    const { recorder, log } = this.#settings;
    const { key, fallback } = question;
    log.warnOnce(
      `unknown ${shown(key)}`,
      () => `there is no flag ${shown(key)} in this environment; served your fallback.`,
    );
    if (typeof key === "string") {
      this.#guardEvents(() => recorder?.unknown(key, context, fallback));
    }
    return unanswered(question, "FLAG_NOT_FOUND");
  }
}

function unanswered({ fallback }: Question, errorKind: ErrorKind): Answer {
  return { value: fallback, result: errorResult(errorKind) };
}

function shown(key: unknown): string {
  return typeof key === "string" ? JSON.stringify(key) : `of type ${typeof key}`;
}

/** What is thrown may be anything, also something that cannot become a string. */
function describeCause(cause: unknown): string {
  return cause instanceof Error ? cause.message : typeof cause;
}
