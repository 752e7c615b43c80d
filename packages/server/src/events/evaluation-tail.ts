import type { Json } from "@halyard/evaluation";
import type { EventBatch } from "./batch.ts";
import type { SdkEvent } from "./sdk-event.ts";

/** One evaluation, or so many that gave the same, as an SDK reported it. */
interface TailedEvaluation {
  readonly flag: string;
  /** Without what is private; absent where only a count was reported. */
  readonly context?: object;
  readonly value?: Json;
  readonly variation: number | null;
  readonly version: number | null;
  readonly reason?: Json;
  /** What the SDK says it is, such as `NodeJSClient/9.1.0`. */
  readonly sdk?: string;
  /** How many evaluations it stands for. */
  readonly count: number;
  /** Unix milliseconds at which it was reported. */
  readonly at: number;
}

/** What was just reported to an environment that somebody watches. */
export interface Tail {
  readonly environmentId: string;
  readonly evaluations: readonly TailedEvaluation[];
  /** How many more there were than are passed on. */
  readonly dropped: number;
}

const longestContext = 4 * 1024;

/** Passes on the evaluations of watched environments, up to so many a second of each. */
export class EvaluationTail {
  readonly #perSecond: number;
  #watched: ReadonlySet<string> = new Set();
  #second = 0;
  readonly #passed = new Map<string, number>();

  constructor(perSecond = 500) {
    this.#perSecond = perSecond;
  }

  /** From now on these environments, and no others. */
  watch(environmentIds: readonly string[]): void {
    this.#watched = new Set(environmentIds);
  }

  of(batch: EventBatch): Tail | undefined {
    const { environmentId, receivedAt } = batch;
    if (!this.#watched.has(environmentId)) return undefined;
    const second = Math.floor(receivedAt / 1000);
    if (second !== this.#second) this.#passed.clear();
    this.#second = second;
    const passed = this.#passed.get(environmentId) ?? 0;
    const all = batch.events.flatMap((event) => evaluationsIn(event, batch));
    const evaluations = all.slice(0, Math.max(0, this.#perSecond - passed));
    this.#passed.set(environmentId, passed + evaluations.length);
    if (all.length === 0) return undefined;
    return { environmentId, evaluations, dropped: all.length - evaluations.length };
  }
}

function evaluationsIn(
  event: SdkEvent,
  { receivedAt, sdk }: EventBatch,
): readonly TailedEvaluation[] {
  const source = { at: receivedAt, ...(sdk === undefined ? {} : { sdk }) };
  if (event.kind === "summary") {
    return Object.entries(event.features).flatMap(([flag, { counters }]) =>
      counters.map(({ variation, version, count, value }) => ({
        flag,
        ...(value === undefined ? {} : { value }),
        variation: variation ?? null,
        version: version ?? null,
        count,
        ...source,
      })),
    );
  }
  if (event.kind !== "feature" && event.kind !== "debug") return [];
  const { key, variation, version, value, reason } = event;
  const context = contextIn(event);
  return [
    {
      flag: key,
      ...(context === undefined ? {} : { context }),
      ...(value === undefined ? {} : { value }),
      variation: variation ?? null,
      version: version ?? null,
      ...(reason === undefined ? {} : { reason }),
      count: 1,
      ...source,
    },
  ];
}

/** What is too long to be shown line by line is shown by its keys. */
function contextIn({
  context,
  contextKeys,
}: Extract<SdkEvent, { kind: "feature" | "debug" }>): object | undefined {
  if (context !== undefined && JSON.stringify(context).length <= longestContext) return context;
  return contextKeys;
}
