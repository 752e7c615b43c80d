import { gunzipSync } from "node:zlib";
import { contextOf, type PublicContext, publicContexts } from "../contexts/public-context.ts";
import { SdkEvent } from "./sdk-event.ts";

/** Bytes that an SDK posted, and what is known of them. */
export interface PostedBatch {
  readonly environmentId: string;
  /** The same for each try to send a batch. */
  readonly payloadId?: string;
  readonly isGzip: boolean;
  /** What the SDK says the application is called. */
  readonly applicationId?: string;
  /** What the SDK says it is, such as `NodeJSClient/9.1.0`. */
  readonly sdk?: string;
  /** Whether the environment keeps a sample of contexts. */
  readonly keepsContexts: boolean;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
}

/** A batch as it was understood, event by event. */
export interface EventBatch {
  readonly environmentId: string;
  readonly payloadId?: string;
  readonly receivedAt: number;
  readonly applicationId?: string;
  readonly sdk?: string;
  /** Without anything that is private. */
  readonly events: readonly SdkEvent[];
  /** The contexts that the events are about, as far as they may be kept. */
  readonly seen: readonly (readonly PublicContext[])[];
  /** How many events could not be read. */
  readonly refused: number;
}

export const inflatedLimitBytes = 20 * 2 ** 20;

/** Reads a batch; an event that cannot be read does not sink the others. */
export function readBatch({ isGzip, bytes, keepsContexts, ...batch }: PostedBatch): EventBatch {
  const posted = contentOf(bytes, isGzip);
  if (posted === undefined) return { ...batch, events: [], seen: [], refused: 1 };
  const parsed = [posted].flat().map((event) => SdkEvent.safeParse(event));
  const read = parsed.flatMap(({ data }) =>
    data === undefined ? [] : [withoutPrivate(data, keepsContexts)],
  );
  return {
    ...batch,
    events: read.map(({ event }) => event),
    seen: read.flatMap(({ seen }) => (seen === undefined || !keepsContexts ? [] : [seen])),
    refused: parsed.length - read.length,
  };
}

/** SDKs leave out what is private; what one only marks as such is left out here. */
function withoutPrivate(
  event: SdkEvent,
  keepsContexts: boolean,
): { readonly event: SdkEvent; readonly seen: readonly PublicContext[] | undefined } {
  const { context, user, ...rest } = event;
  if (context === undefined && user === undefined) return { event, seen: undefined };
  const seen = publicContexts(context ?? user);
  // Of what is no context nobody knows what is private.
  if (seen === undefined) return { event: rest as SdkEvent, seen }; // Both members are optional.
  const shown = keepsContexts
    ? seen
    : seen.map((one) => ({ ...one, attributes: {}, redacted: [] }));
  return { event: { ...rest, context: contextOf(shown) } as SdkEvent, seen };
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
