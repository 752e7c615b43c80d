import { Worker } from "node:worker_threads";
import type {
  Retention,
  SeenContext,
  SeenInstance,
  SeenKind,
  SeenPage,
  SeenQuery,
} from "../contexts/seen-context-store.ts";
import { DomainError } from "../errors.ts";
import type { PostedBatch } from "./batch.ts";
import type { Tail } from "./evaluation-tail.ts";
import type { EvaluationCount, EvaluationQuery, FlagEvaluations } from "./event-store.ts";
import type { Answer, Question } from "./event-worker.ts";
import type { SdkUsage, UnknownKey, UsagePoint, UsageQuery } from "./usage-store.ts";

const queueLimitBytes = 64 * 2 ** 20;

export interface Evaluations {
  readonly counts: readonly EvaluationCount[];
  readonly tallies: Readonly<Record<string, number>>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Takes events to a thread of their own, which inflates, reads and keeps them: a million of them do
 * not hold up a single stream. What is waiting is bounded; above that, SDKs are told to come back.
 */
export class EventIntake {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #tailListeners = new Set<(tail: Tail) => void>();
  #lastId = 0;
  #queuedBytes = 0;
  #failure: Error | undefined;

  constructor(folder: string) {
    this.#worker = new Worker(new URL("./event-worker.ts", import.meta.url), {
      workerData: folder,
    });
    this.#worker.on("message", (answer: Answer) => {
      if (!("tail" in answer)) return this.#settle(answer);
      for (const listener of this.#tailListeners) listener(answer.tail);
    });
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.unref();
  }

  /** Settles when the batch is durable. */
  async keep(batch: PostedBatch): Promise<void> {
    const { length } = batch.bytes;
    if (this.#queuedBytes + length > queueLimitBytes) {
      throw new DomainError("unavailable", "too many events wait to be stored; send them later");
    }
    this.#queuedBytes += length;
    try {
      await this.#ask({ kind: "keep", batch });
    } catch (error) {
      throw new DomainError("unavailable", "events cannot be stored now; send them later", {
        cause: error,
      });
    } finally {
      this.#queuedBytes -= length;
    }
  }

  async read(query: EvaluationQuery): Promise<Evaluations> {
    return (await this.#ask({ kind: "read", query })) as Evaluations; // The worker's own shape.
  }

  /** The flags that were ever evaluated in an environment, by key. */
  async evaluatedFlags(environmentId: string): Promise<ReadonlyMap<string, FlagEvaluations>> {
    const result = await this.#ask({ kind: "evaluatedFlags", environmentId });
    const flags = result as readonly FlagEvaluations[]; // The worker's own shape.
    return new Map(flags.map((one) => [one.flagKey, one]));
  }

  /** Evaluations in steps of the given length. */
  async usage(query: UsageQuery, bucketMs: number): Promise<readonly UsagePoint[]> {
    const question = { about: "series", query, bucketMs } as const;
    return (await this.#ask({ kind: "usage", question })) as readonly UsagePoint[]; // The worker's own shapes, here and below.
  }

  async usageBySdk(query: UsageQuery): Promise<readonly SdkUsage[]> {
    const question = { about: "sdks", query } as const;
    return (await this.#ask({ kind: "usage", question })) as readonly SdkUsage[];
  }

  /** The keys that SDKs asked for since a time without knowing them. */
  async unknownKeys(
    environmentIds: readonly string[],
    since: number,
  ): Promise<readonly UnknownKey[]> {
    const question = { about: "unknown", environmentIds, since } as const;
    return (await this.#ask({ kind: "usage", question })) as readonly UnknownKey[];
  }

  /** From now on {@link onTail} hears of these environments' evaluations, and of no others'. */
  async watch(environmentIds: readonly string[]): Promise<void> {
    await this.#ask({ kind: "watch", environmentIds });
  }

  onTail(listener: (tail: Tail) => void): () => void {
    this.#tailListeners.add(listener);
    return () => void this.#tailListeners.delete(listener);
  }

  /** Drops everything of an environment that has been deleted. */
  async forget(environmentId: string): Promise<void> {
    await this.#ask({ kind: "forget", environmentId });
  }

  async seenInstances(query: SeenQuery): Promise<SeenPage<SeenInstance>> {
    const result = await this.#ask({ kind: "contexts", question: { about: "instances", query } });
    return result as SeenPage<SeenInstance>; // The worker's own shapes, here and below.
  }

  async seenContexts(query: SeenQuery): Promise<SeenPage<SeenContext>> {
    const result = await this.#ask({ kind: "contexts", question: { about: "contexts", query } });
    return result as SeenPage<SeenContext>;
  }

  /** The whole sample of an environment, what was seen last first. */
  async allInstances(environmentId: string): Promise<readonly SeenInstance[]> {
    const result = await this.#ask({ kind: "contexts", question: { about: "all", environmentId } });
    return result as readonly SeenInstance[];
  }

  /** The kinds of contexts, by environment, that were seen at a time or later. */
  async kindsSeenSince(since: number): Promise<readonly SeenKind[]> {
    const result = await this.#ask({ kind: "contexts", question: { about: "kinds", since } });
    return result as readonly SeenKind[];
  }

  /** Forgets instances of contexts; says how many there were. */
  async deleteInstances(environmentId: string, ids: readonly string[]): Promise<number> {
    const question = { about: "deletion", environmentId, ids } as const;
    return (await this.#ask({ kind: "contexts", question })) as number;
  }

  /** Forgets what is older than each environment keeps it, and what belongs to none of them. */
  async forgetContexts(environments: readonly Retention[]): Promise<void> {
    await this.#ask({ kind: "contexts", question: { about: "retention", environments } });
  }

  /** Keeps what waits, and ends the thread. */
  async close(): Promise<void> {
    if (this.#failure === undefined) await this.#ask({ kind: "close" });
    await this.#worker.terminate();
  }

  #ask(question: DistributiveOmit<Question, "id">): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...question, id });
    });
  }

  #settle(answer: Exclude<Answer, { readonly tail: Tail }>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("error" in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.result);
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
