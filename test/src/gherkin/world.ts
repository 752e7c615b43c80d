import type { EvaluationContext, JsonValue } from "@openfeature/core";
import type { Scenario } from "./scenario.ts";
import {
  type Details,
  type Level,
  type Question,
  type RecordingHook,
  type Session,
  Skip,
  type Standing,
} from "./session.ts";

/** A stage of a hook that ran, and the details it was given. */
export interface HookRun {
  readonly hook: string;
  readonly stage: "before" | "after" | "error" | "finally";
  readonly details: Details | undefined;
}

/** What the steps of one scenario leave for each other. */
export class World {
  readonly session: Session;
  readonly #scenario: Scenario;
  readonly contexts = new Map<Level, EvaluationContext>();
  /** Hooks of the call itself. */
  readonly hooks: RecordingHook[] = [];
  readonly hookRuns: HookRun[] = [];
  /** In increasing precedence. */
  precedence: readonly Level[] = [];
  question: Question | undefined;
  #details: Details | undefined;
  /** Whether the call that asked came back before the answer. */
  wasPending = false;

  constructor(session: Session, scenario: Scenario) {
    this.session = session;
    this.#scenario = scenario;
  }

  async start(standing: Standing): Promise<void> {
    // That scenario is for providers that keep answers; ours does so from one start to the next.
    const isCaching = this.#scenario.tags.includes("@reason-codes-cached");
    const isStable = standing === "stable";
    const isBare = this.#scenario.steps.some(
      ({ text }) => text === "the resolved metadata is empty",
    );
    await this.session.start(isStable && isCaching ? "cached" : standing, {
      answerMetadata: !isBare,
    });
  }

  addContext(level: Level, entries: EvaluationContext): void {
    if (!this.session.levels.includes(level)) {
      throw new Skip(`no context of level "${level}" where the context is static`);
    }
    this.contexts.set(level, { ...this.contexts.get(level), ...entries });
  }

  demandAsynchronous(): void {
    if (this.session.isSynchronous) throw new Skip("this SDK answers at once, without a promise");
  }

  ask(type: string, key: string, fallback: string): void {
    this.question = questionOf(type, key, fallback);
  }

  async evaluate(): Promise<void> {
    if (this.question === undefined) throw new Error("no flag was named before");
    let isAnswered = false;
    const answer = this.session.details(this.question, this.contexts, this.hooks).finally(() => {
      isAnswered = true;
    });
    this.wasPending = !isAnswered;
    this.#details = await answer;
  }

  get details(): Details {
    if (this.#details === undefined) throw new Error("no flag was evaluated before");
    return this.#details;
  }

  /** A hook that notes what it is called for. */
  recordingHook(hook: string): RecordingHook {
    const note = (stage: HookRun["stage"], details?: Details): void => {
      this.hookRuns.push({ hook, stage, details });
    };
    return {
      before: () => note("before"),
      after: (_, details) => note("after", details),
      error: () => note("error"),
      finally: (_, details) => note("finally", details),
    };
  }
}

function questionOf(type: string, key: string, fallback: string): Question {
  const value = readValue(type, fallback);
  switch (type.toLowerCase()) {
    case "boolean":
      return { type: "Boolean", key, fallback: value === true };
    case "string":
      return { type: "String", key, fallback };
    case "integer":
      return { type: "Integer", key, fallback: Number(value) };
    case "float":
      return { type: "Float", key, fallback: Number(value) };
    case "object":
      return { type: "Object", key, fallback: value };
    default:
      throw new Error(`there are no flags of type "${type}"`);
  }
}

/** A value as the features write it. */
export function readValue(type: string, text: string): JsonValue {
  switch (type.toLowerCase()) {
    case "boolean":
      return text === "true";
    case "string":
      return text;
    case "integer":
    case "float":
      return Number(text);
    case "object":
      return JSON.parse(text);
    default:
      throw new Error(`there are no values of type "${type}"`);
  }
}
