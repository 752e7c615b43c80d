import { gunzipSync } from "node:zlib";
import { SdkEvent } from "./sdk-event.ts";

/** Bytes that an SDK posted, and what is known of them. */
export interface PostedBatch {
  readonly environmentId: string;
  /** The same for each try to send a batch. */
  readonly payloadId?: string;
  readonly isGzip: boolean;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
}

/** A batch as it was understood, event by event. */
export interface EventBatch {
  readonly environmentId: string;
  readonly payloadId?: string;
  readonly receivedAt: number;
  readonly events: readonly SdkEvent[];
  /** How many events could not be read. */
  readonly refused: number;
}

export const inflatedLimitBytes = 20 * 2 ** 20;

/** Reads a batch; an event that cannot be read does not sink the others. */
export function readBatch({ isGzip, bytes, ...batch }: PostedBatch): EventBatch {
  const posted = contentOf(bytes, isGzip);
  if (posted === undefined) return { ...batch, events: [], refused: 1 };
  const parsed = [posted].flat().map((event) => SdkEvent.safeParse(event));
  const events = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return { ...batch, events, refused: parsed.length - events.length };
}

/** Undefined where the bytes are no JSON, or inflate beyond the limit. */
function contentOf(bytes: Uint8Array, isGzip: boolean): unknown {
  try {
    const text = isGzip ? gunzipSync(bytes, { maxOutputLength: inflatedLimitBytes }) : bytes;
    return JSON.parse(Buffer.from(text).toString()) as unknown;
  } catch {
    return undefined; // It is counted as refused: an SDK that were told so would only send it again.
  }
}
