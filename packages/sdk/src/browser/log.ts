import type { Logger } from "../logger.ts";

export interface Log {
  warn(cause: string, message: string): void;
  /** The cause is over; its next occurrence is news again. */
  forget(cause: string): void;
}

/** Writes each cause once until it is over, and survives a logger that throws. */
export function logTo(logger: Logger): Log {
  const seen = new Set<string>();
  return {
    warn(cause, message) {
      if (seen.has(cause) || seen.size > 999) return;
      seen.add(cause);
      try {
        logger.warn(`halyard: ${message}`);
      } catch {
        // Nothing is thrown into the app, not even what its own logger throws.
      }
    },
    forget: (cause) => void seen.delete(cause),
  };
}
