import type { EvaluationStore } from "@halyard/evaluation";
import { isSame } from "@halyard/instructions";
import { type Asking, type ClientResult, clientResult, clientResults } from "./client-results.ts";
import { emptyFrame, eventText, type Frame, frameOf } from "./frames.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Voice } from "./voices.ts";

export type BigSegmentsOfContext = EvaluationStore["bigSegments"];

/**
 * What a client-side SDK hears: results for the context it was opened with. A change is said only
 * where it changes one of them, so that most streams stay silent.
 */
export class ClientVoice implements Voice {
  readonly #asking: Asking;
  #bigSegments: BigSegmentsOfContext;

  constructor(asking: Asking, bigSegments: BigSegmentsOfContext) {
    this.#asking = asking;
    this.#bigSegments = bigSegments;
  }

  get asking(): Asking {
    return this.#asking;
  }

  first(snapshot: Snapshot): Frame {
    const results = clientResults(snapshot.flags, this.#within(snapshot.store), this.#asking);
    return frameOf(eventText("put", payloadOf(results, snapshot.version), snapshot.id));
  }

  change({
    affected,
    before,
    after,
    change: { epoch, to },
  }: Parameters<Voice["change"]>[0]): Frame {
    const [was, is] = [this.#within(before), this.#within(after)];
    const changed = affected.flatMap((key) => {
      const result = clientResult(key, is, this.#asking);
      const earlier = clientResult(key, was, this.#asking);
      if (isSameForClient(earlier, result)) return [];
      return [
        result === undefined
          ? { event: "delete", data: { key, version: to } }
          : { event: "patch", data: { key, ...result, version: to } },
      ];
    });
    const texts = changed.map(({ event, data }, index) =>
      eventText(event, data, index === changed.length - 1 ? `${epoch}:${to}` : undefined),
    );
    return texts.length === 0 ? emptyFrame : frameOf(texts.join(""));
  }

  catchUp(snapshot: Snapshot): Frame {
    return this.first(snapshot);
  }

  goodbye(): Frame {
    return emptyFrame;
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

/** As polled, and as a stream begins. A segment alters results without altering the flag, so the version is the environment's. */
export function payloadOf(results: ReadonlyMap<string, ClientResult>, version: number): object {
  const payload: Record<string, object> = Object.create(null);
  for (const [key, result] of results) payload[key] = { ...result, version };
  return payload;
}

/** That a flag has another version tells a client nothing where all it would do with it is the same. */
function isSameForClient(a: ClientResult | undefined, b: ClientResult | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isSame({ ...a, flagVersion: 0 }, { ...b, flagVersion: 0 });
}
