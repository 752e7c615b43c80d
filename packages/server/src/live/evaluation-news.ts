import type { Tail } from "../events/evaluation-tail.ts";
import type { EventIntake } from "../events/event-intake.ts";
import type { LivePage } from "./live-page.ts";

const minuteMs = 60_000;

interface EvaluationNewsParts {
  readonly intake: EventIntake;
  readonly pages: ReadonlySet<LivePage>;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** Shows pages the evaluations that SDKs report: line by line, and counted. */
export class EvaluationNews {
  readonly #parts: EvaluationNewsParts;
  readonly #unsubscribe: () => void;
  /** What was last told of counts, by page and topic. */
  readonly #told = new WeakMap<LivePage, Map<string, string>>();
  #watched = "";

  constructor(parts: EvaluationNewsParts) {
    this.#parts = parts;
    this.#unsubscribe = parts.intake.onTail((tail) => this.#show(tail));
  }

  /** Has the evaluations passed on that some page wants to see, and no others. */
  follow(): void {
    const wanted = [...this.#parts.pages].flatMap((page) =>
      [...page.subscriptions.values()].flatMap(({ topic, environments }) =>
        topic.about === "tail" ? [...environments.keys()] : [],
      ),
    );
    const environmentIds = [...new Set(wanted)].sort();
    if (environmentIds.join() === this.#watched) return;
    this.#watched = environmentIds.join();
    this.#parts.intake.watch(environmentIds).catch(this.#parts.onError);
  }

  /** Tells the counts of this minute and the one before, where they have changed. */
  async tellCounts(): Promise<void> {
    const { intake, pages, now } = this.#parts;
    const from = now() - (now() % minuteMs) - minuteMs;
    const known = new Map<string, Promise<readonly object[]>>();
    for (const page of pages) {
      for (const [name, { topic, environments }] of page.subscriptions) {
        if (topic.about !== "counts") continue;
        const [environmentId = ""] = environments.keys();
        const { project, environment: env, flag } = topic;
        const counting = known.get(name) ?? countsOf(intake, { environmentId, flag, from });
        known.set(name, counting);
        const told = this.#told.get(page) ?? new Map<string, string>();
        this.#told.set(page, told);
        const counts = await counting;
        const text = JSON.stringify(counts);
        if (told.get(name) === text) continue;
        told.set(name, text);
        for (const one of counts) page.sendInPassing({ t: "counts", project, env, flag, ...one });
      }
    }
  }

  close(): void {
    this.#unsubscribe();
  }

  #show({ environmentId, evaluations, dropped }: Tail): void {
    const now = this.#parts.now();
    for (const page of this.#parts.pages) {
      for (const { topic, environments } of page.subscriptions.values()) {
        const env = environments.get(environmentId);
        if (topic.about !== "tail" || env === undefined) continue;
        page.dropEvaluations(dropped);
        for (const { count, ...one } of evaluations) {
          if (topic.flag !== undefined && topic.flag !== one.flag) continue;
          page.sendEvaluation({ t: "eval", project: topic.project, env, ...one, n: count }, now);
        }
      }
    }
  }
}

/** By the minute, each variation's count. */
async function countsOf(
  intake: EventIntake,
  { environmentId, flag, from }: { environmentId: string; flag: string; from: number },
): Promise<readonly { at: number; perVariation: readonly object[] }[]> {
  const { counts } = await intake.read({ environmentId, flagKey: flag, from });
  const minutes = new Map<number, Map<number | null, number>>();
  for (const { minute, variation, count } of counts) {
    const perVariation = minutes.get(minute) ?? new Map<number | null, number>();
    minutes.set(minute, perVariation);
    perVariation.set(variation, (perVariation.get(variation) ?? 0) + count);
  }
  return [...minutes].map(([at, perVariation]) => ({
    at,
    perVariation: [...perVariation].map(([variation, count]) => ({ variation, count })),
  }));
}
