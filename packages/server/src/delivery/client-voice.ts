import { createHash } from "node:crypto";
import type { EvaluationStore } from "@halyard/evaluation";
import { isSame } from "@halyard/instructions";
import { type Asking, type ClientResult, clientResult, clientResults } from "./client-results.ts";
import type { ClientWords } from "./client-words.ts";
import { emptyFrame, type Frame, frameOf } from "./frames.ts";
import type { Snapshot, Step } from "./snapshot.ts";
import type { Voice } from "./voices.ts";

export type BigSegmentsOfContext = EvaluationStore["bigSegments"];

/**
 * What a client-side SDK hears: results for the context it was opened with. A change is said only
 * where it changes one of them, so that most streams stay silent.
 */
export class ClientVoice implements Voice {
  readonly #asking: Asking;
  readonly #words: ClientWords;
  #bigSegments: BigSegmentsOfContext;

  constructor(asking: Asking, words: ClientWords, bigSegments: BigSegmentsOfContext) {
    this.#asking = asking;
    this.#words = words;
    this.#bigSegments = bigSegments;
  }

  get asking(): Asking {
    return this.#asking;
  }

  first(snapshot: Snapshot, basis: string | undefined): Frame {
    const results = clientResults(snapshot.flags, this.#within(snapshot.store), this.#asking);
    const { version } = snapshot;
    const state = stateFor(snapshot.id, this.#asking);
    return frameOf(this.#words.everything(results, { version, id: snapshot.id, state, basis }));
  }

  change({ affected, before, after, change: { epoch, to } }: Step): Frame {
    const [was, is] = [this.#within(before), this.#within(after)];
    const changed = affected.flatMap((key) => {
      const result = clientResult(key, is, this.#asking);
      return isSameForClient(clientResult(key, was, this.#asking), result) ? [] : [{ key, result }];
    });
    if (changed.length === 0) return emptyFrame;
    const id = `${epoch}:${to}`;
    return frameOf(
      this.#words.changes(changed, { version: to, id, state: stateFor(id, this.#asking) }),
    );
  }

  catchUp(snapshot: Snapshot): Frame {
    return this.first(snapshot, undefined);
  }

  goodbye(): Frame {
    return frameOf(this.#words.goodbye());
  }

  /** Learns in which big segments its context is now; false where that is as before. */
  moveTo(bigSegments: BigSegmentsOfContext): boolean {
    const keys = this.#asking.context.individuals.map(({ key }) => key);
    const answers = (of: BigSegmentsOfContext) => keys.map((key) => of?.(key).membership ?? {});
    const hasMoved = !isSame(answers(this.#bigSegments), answers(bigSegments));
    this.#bigSegments = bigSegments;
    return hasMoved;
  }

  #within(store: EvaluationStore): EvaluationStore {
    return this.#bigSegments === undefined ? store : { ...store, bigSegments: this.#bigSegments };
  }
}

/** Names what a client has: a place in the history, and for whom it was evaluated. */
export function stateFor(id: string, { side, context, withReasons }: Asking): string {
  const individuals = context.individuals.map(({ kind, attributes }) => ({ kind, attributes }));
  const asked = JSON.stringify([side, withReasons, individuals]);
  return `${id}:${createHash("sha256").update(asked).digest("hex").slice(0, 16)}`;
}

/** That a flag has another version tells a client nothing where all it would do with it is the same. */
function isSameForClient(a: ClientResult | undefined, b: ClientResult | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isSame({ ...a, flagVersion: 0 }, { ...b, flagVersion: 0 });
}
