const dayMs = 24 * 3_600_000;
const firstDelayMs = 5_000;
const growth = 5;

/** For so long a message is tried, and for so long a receiver may fail before it is turned off. */
export const patienceMs = 7 * dayMs;

/** How long to wait after a number of attempts: 5 s, 25 s, 2 min, 10 min, 52 min, 4 h, 22 h, then each day. */
export function delayAfter(attempts: number): number {
  return Math.min(firstDelayMs * growth ** (attempts - 1), dayMs);
}

/** Whether a receiver does not answer at all, so that whatever comes later would fail as well. */
export function isReceiverDown(status: number | undefined): boolean {
  return status === undefined || status >= 500 || status === 408 || status === 429;
}
