import { parentPort, workerData } from "node:worker_threads";
import type { ContextQuestion } from "../contexts/seen-context-store.ts";
import { type PostedBatch, readBatch } from "./batch.ts";
import { EvaluationTail, type Tail } from "./evaluation-tail.ts";
import { type EvaluationQuery, EventStore } from "./event-store.ts";
import type { UsageQuestion } from "./usage-store.ts";

/** What the thread of events is asked; each question is answered under its number. */
export type Question =
  | { readonly id: number; readonly kind: "keep"; readonly batch: PostedBatch }
  | { readonly id: number; readonly kind: "read"; readonly query: EvaluationQuery }
  | { readonly id: number; readonly kind: "evaluatedFlags"; readonly environmentId: string }
  | { readonly id: number; readonly kind: "usage"; readonly question: UsageQuestion }
  | { readonly id: number; readonly kind: "watch"; readonly environmentIds: readonly string[] }
  | { readonly id: number; readonly kind: "forget"; readonly environmentId: string }
  | { readonly id: number; readonly kind: "contexts"; readonly question: ContextQuestion }
  | { readonly id: number; readonly kind: "close" };
export type Answer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }
  /** Asked for by "watch". */
  | { readonly tail: Tail };

const store = new EventStore(String(workerData));
const tail = new EvaluationTail();
const waiting: Extract<Question, { kind: "keep" }>[] = [];

const answer = (message: Answer): void => parentPort?.postMessage(message);

parentPort?.on("message", (question: Question) => {
  if (question.kind === "keep") {
    waiting.push(question);
    // What arrives meanwhile shares the commit, which is what costs.
    if (waiting.length === 1) setImmediate(keepWaiting);
    return;
  }
  keepWaiting();
  if (question.kind === "read") {
    const { environmentId } = question.query;
    answer({
      id: question.id,
      result: { counts: store.counts(question.query), tallies: store.tallies(environmentId) },
    });
    return;
  }
  if (question.kind === "evaluatedFlags") {
    answer({ id: question.id, result: store.evaluatedFlags(question.environmentId) });
    return;
  }
  if (question.kind === "watch") {
    tail.watch(question.environmentIds);
    answer({ id: question.id, result: undefined });
    return;
  }
  if (question.kind === "usage") {
    answer({ id: question.id, result: store.usage.answer(question.question) });
    return;
  }
  if (question.kind === "contexts") {
    answer({ id: question.id, result: store.contexts.answer(question.question) });
    return;
  }
  if (question.kind === "forget") {
    store.forget(question.environmentId);
    answer({ id: question.id, result: undefined });
    return;
  }
  store.close();
  answer({ id: question.id, result: undefined });
  parentPort?.close();
});

function keepWaiting(): void {
  const questions = waiting.splice(0);
  if (questions.length === 0) return;
  try {
    const batches = questions.map(({ batch }) => readBatch(batch));
    store.keep(batches);
    for (const { id } of questions) answer({ id, result: undefined });
    for (const batch of batches) {
      const evaluations = tail.of(batch);
      if (evaluations !== undefined) answer({ tail: evaluations });
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    for (const { id } of questions) answer({ id, error: words });
  }
}
