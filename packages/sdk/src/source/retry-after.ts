/** However long a server asks for, a client looks again after this. */
const longestMs = 300_000;

/**
 * Milliseconds to wait by a Retry-After header, in seconds or as a date; 0 where it says nothing.
 * Now is in Unix milliseconds.
 */
export function parseRetryAfter(header: string | null, now: number): number {
  const text = header?.trim() ?? "";
  const waitMs = /^\d+$/u.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(waitMs) ? 0 : Math.min(Math.max(waitMs, 0), longestMs);
}
