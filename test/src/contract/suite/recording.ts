import assert from "node:assert/strict";
import type { Bench, EventReceiver, SdkEvent } from "./bench.ts";
import { emptyData, type SdkData } from "./sdk-data.ts";
import type { TestedClient } from "./tested-client.ts";

type Members = Readonly<Record<string, unknown>>;

/** A client whose events leave when it is told to. */
export async function recording(
  bench: Bench,
  data: SdkData = emptyData,
  options: Members = {},
): Promise<{ sdk: TestedClient; events: EventReceiver; sent: () => Promise<readonly SdkEvent[]> }> {
  const events = await bench.events();
  const settings = { baseUri: events.url, flushIntervalMs: 1_000_000, ...options };
  const sdk = await bench.client(await bench.flags(data), { events: settings });
  const sent = async (): Promise<readonly SdkEvent[]> => {
    await sdk.flush();
    return events.batch();
  };
  return { sdk, events, sent };
}

export const kindsOf = (events: readonly SdkEvent[]): readonly string[] =>
  events.map(({ kind }) => kind).sort();

/** The only event of its kind. */
export function only(events: readonly SdkEvent[], kind: string): Members {
  const [event, ...more] = events.filter((one) => one.kind === kind);
  if (event === undefined || more.length > 0) {
    throw new assert.AssertionError({ message: `one ${kind} among ${kindsOf(events)}` });
  }
  return event;
}

/** An event without what differs from run to run. */
export function timeless({ creationDate, ...event }: Members): Members {
  assert.ok(typeof creationDate === "number" && creationDate > 1_600_000_000_000, "creationDate");
  return event;
}
