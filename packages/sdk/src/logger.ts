/** Where the client's lines go; `console` and pino loggers fit as they are. */
export interface Logger {
  error(message: string): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
}

type Level = keyof Logger;

/** Causes remembered, so that a program that asks for ever new wrong keys does not fill memory. */
const rememberedCauses = 1_000;

/** Writes each cause once, and survives a logger that throws. */
export class Log {
  readonly #logger: Logger;
  readonly #seen = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  write(level: Level, message: string): void {
    try {
      this.#logger[level](`halyard: ${message}`);
    } catch {
      // Nothing is thrown into the app, not even what its own logger throws.
    }
  }

  warnOnce(cause: string, message: () => string): void {
    if (this.#seen.has(cause) || this.#seen.size >= rememberedCauses) return;
    this.#seen.add(cause);
    this.write("warn", message());
  }

  /** The cause is over; its next occurrence is news again. */
  forget(cause: string): void {
    this.#seen.delete(cause);
  }
}

/** Warnings and errors to standard error. */
export const standardErrorLogger: Logger = {
  error: (message) => void process.stderr.write(`${message}\n`),
  warn: (message) => void process.stderr.write(`${message}\n`),
  info: () => undefined,
  debug: () => undefined,
};
