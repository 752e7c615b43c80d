import type { Item } from "./source/first-generation-message.ts";
import type { SourceName } from "./source/flag-source.ts";

/** A full set of flags as it was kept. */
export interface CachedSet {
  /** Flags and segments as JSON: `{"flags": {…}, "segments": {…}}`. */
  readonly data: string;
  /** What the service calls this state; absent where it says nothing. */
  readonly id: string | undefined;
  /** Unix milliseconds. */
  readonly savedAt: number;
}

/** Keeps the last flags somewhere, so that a start needs no server. Nothing it meets is thrown. */
export interface FlagCache {
  /** How answers name it that come from here. */
  readonly name: SourceName;
  /** Where trouble is to be told that nobody waits for. */
  listen?(onTrouble: (cause: unknown) => void): void;
  /** What was kept; undefined, after a warning, where it cannot be used. */
  read(): CachedSet | undefined | Promise<CachedSet | undefined>;
  /** Flags changed: these items, or with "all" everything. */
  keep(whole: () => CachedSet, changed: readonly Item[] | "all"): void;
  /** Resolves when what was to be kept is kept, or could not be. */
  close(): Promise<void>;
}
