import { formatClock, formatDay } from "../../text/format.ts";

const dayMs = 86_400_000;

/** When a step began: the day, and the time where steps are shorter than a day. */
export function momentOfStep(at: number, bucketMs: number): string {
  return bucketMs >= dayMs ? formatDay(at) : `${formatDay(at)}, ${formatClock(at)}`;
}
