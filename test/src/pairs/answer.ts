import {
  type BigSegmentsAnswer,
  type EvaluationStore,
  evaluate,
  type Flag,
  isContextError,
  type Json,
  parseContext,
  type Reason,
  type Segment,
} from "@halyard/evaluation";

/** What one flag gives to a context. */
export interface Answer {
  /** Null where no variation applies. */
  readonly value: Json;
  readonly variationIndex: number | null;
  readonly reason: Reason;
  /** Keys of the flags that this one asked itself. */
  readonly prerequisites: readonly string[];
}

/** The answers of all flags by key; undefined where the context cannot be used. */
export type Answers = ReadonlyMap<string, Answer> | undefined;

/** Flags as they arrive: JSON that was parsed, and nothing more. */
export interface ArrivedFlags {
  readonly flags: Readonly<Record<string, Flag>>;
  readonly segments: Readonly<Record<string, Segment>>;
}

export type BigSegments = (contextKey: string) => BigSegmentsAnswer;

/** Evaluates with our package. This file also runs in a browser. */
export class OurEvaluation {
  readonly #flags: readonly Flag[];
  readonly #store: EvaluationStore;
  /** Called with the duration of each evaluation. */
  readonly #onDuration: (milliseconds: number) => void;

  constructor(
    { flags, segments }: ArrivedFlags,
    bigSegments: BigSegments,
    onDuration: (milliseconds: number) => void = () => undefined,
  ) {
    const flagMap = new Map(Object.entries(flags));
    const segmentMap = new Map(Object.entries(segments));
    this.#flags = [...flagMap.values()];
    this.#store = {
      flag: (key) => flagMap.get(key),
      segment: (key) => segmentMap.get(key),
      bigSegments,
    };
    this.#onDuration = onDuration;
  }

  answers(input: unknown): Answers {
    const context = parseContext(input);
    if (isContextError(context)) return undefined;
    const answers = new Map<string, Answer>();
    for (const flag of this.#flags) {
      const prerequisites: string[] = [];
      const start = performance.now();
      const result = evaluate(flag, context, this.#store, (required, _result, asking) => {
        if (asking.key === flag.key) prerequisites.push(required.key);
      });
      this.#onDuration(performance.now() - start);
      answers.set(flag.key, { ...result, prerequisites });
    }
    return answers;
  }
}
