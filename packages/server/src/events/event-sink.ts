import type { EventBatch } from "./batch.ts";

/** Where events go once they are understood. */
export interface EventSink {
  /** Keeps all batches or none; a batch that was kept before is not kept twice. */
  keep(batches: readonly EventBatch[]): void;
}
