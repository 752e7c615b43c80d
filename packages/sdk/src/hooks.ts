import type { Detail } from "./detail.ts";
import type { Log } from "./logger.ts";

/** What an evaluation is about, as hooks see it. */
export interface EvaluationSeries {
  readonly flagKey: string;
  readonly context: object;
  readonly defaultValue: unknown;
  /** The client's method that was called. */
  readonly method: string;
  /** The service's own name for the environment, once it is known. */
  readonly environmentId?: string;
}

/** What a call of `track` is about, as hooks see it. */
export interface TrackSeries {
  readonly key: string;
  readonly context: object;
  readonly data?: unknown;
  readonly metricValue?: number;
  readonly environmentId?: string;
}

/** What one stage of a hook leaves for its next stage. */
export type SeriesData = Readonly<Record<string, unknown>>;

/** Code that runs around what the client does, such as tracing. What it throws is logged. */
export interface Hook {
  getMetadata(): { readonly name: string };
  /** Gives what {@link afterEvaluation} is to find. */
  beforeEvaluation?(series: EvaluationSeries, data: SeriesData): SeriesData;
  afterEvaluation?(series: EvaluationSeries, data: SeriesData, detail: Detail<unknown>): SeriesData;
  afterTrack?(series: TrackSeries): void;
}

/** The client's hooks: the first registered begins first and ends last. */
export class Hooks {
  readonly #log: Log;
  #hooks: readonly Hook[];

  constructor(hooks: readonly Hook[], log: Log) {
    this.#hooks = hooks;
    this.#log = log;
  }

  get isEmpty(): boolean {
    return this.#hooks.length === 0;
  }

  add(hook: Hook): void {
    this.#hooks = [...this.#hooks, hook];
  }

  around<T>(
    series: EvaluationSeries,
    evaluate: () => T,
    detailOf: (given: T) => Detail<unknown>,
  ): T {
    // A hook that is added meanwhile takes no part in an evaluation that it did not see begin.
    const hooks = this.#hooks;
    const data = hooks.map((hook) =>
      this.#guarded(hook, "beforeEvaluation", {}, () => hook.beforeEvaluation?.(series, {})),
    );
    const given = evaluate();
    const detail = detailOf(given);
    for (const [index, hook] of [...hooks.entries()].reverse()) {
      const found = data[index] ?? {};
      this.#guarded(hook, "afterEvaluation", found, () =>
        hook.afterEvaluation?.(series, found, detail),
      );
    }
    return given;
  }

  tracked(series: TrackSeries): void {
    for (const hook of [...this.#hooks].reverse()) {
      this.#guarded(hook, "afterTrack", {}, () => {
        hook.afterTrack?.(series);
        return undefined;
      });
    }
  }

  #guarded(
    hook: Hook,
    stage: string,
    otherwise: SeriesData,
    run: () => SeriesData | undefined,
  ): SeriesData {
    try {
      return run() ?? otherwise;
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : typeof cause;
      this.#log.warnOnce(
        `hook ${stage}`,
        () => `${stage} of the hook ${nameOf(hook)} threw ${what}.`,
      );
      return otherwise;
    }
  }
}

function nameOf(hook: Hook): string {
  try {
    return JSON.stringify(hook.getMetadata().name);
  } catch {
    return "without a name";
  }
}
