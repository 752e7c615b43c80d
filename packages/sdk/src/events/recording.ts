import type { Connection } from "../connection.ts";
import type { Settings } from "../options.ts";
import { holdingClock } from "../source/clock.ts";
import { Delivery } from "./delivery.ts";
import { Recorder } from "./recorder.ts";

/** How a client with these settings delivers, and what it records; undefined where it sends nothing. */
export function recordingOf(
  settings: Settings,
  { transport, headers, log }: Connection,
): { readonly delivery: Delivery; readonly recorder: Recorder | undefined } {
  const { eventsUri, gzipEvents: gzip, flushIntervalMs, eventCapacity: capacity } = settings;
  // Whoever awaits flush() as the last thing of a program gets the second attempt.
  const timing = { retryDelayMs: 1_000, timeoutMs: 10_000, clock: holdingClock };
  const delivery = new Delivery({ transport, eventsUri, headers, gzip, log, ...timing });
  if (!settings.sendEvents) return { delivery, recorder: undefined };
  const recorder = new Recorder({
    delivery,
    privacy: settings,
    omitsAnonymous: settings.omitAnonymousContexts,
    capacity,
    flushIntervalMs,
    log,
    now: Date.now,
    random: Math.random,
  });
  return { delivery, recorder };
}
