import type { Change, Held } from "./protocol.ts";

/** Where flags that are served came from, or were last confirmed by. */
export type SourceName = "stream" | "poll" | "cache" | "bootstrap" | "file" | "redis" | "test";

/** What a source tells of the environment it follows. */
export interface SourceListener {
  /** What is held at this moment. */
  held(): Held;
  onChange(change: Change, from: SourceName): void;
  /** What is held is what the source has. */
  onCurrent(from: SourceName): void;
  onTrouble(trouble: Trouble): void;
  /** The service's own name for the environment. */
  onEnvironmentId(id: string): void;
}

export interface Trouble {
  readonly error: Error;
  /** Whether only a person can mend it. */
  readonly isRefused: boolean;
  readonly retryInMs: number;
}

/** Brings flags, and goes on bringing them until it is closed. */
export interface FlagSource {
  start(listener: SourceListener): void;
  close(): Promise<void> | void;
}
