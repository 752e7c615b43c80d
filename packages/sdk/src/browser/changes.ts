import type { Json } from "@halyard/evaluation";

export interface Change {
  readonly key: string;
  /** What the flag gives now; undefined where it is gone. */
  readonly value: Json | undefined;
}

export type ChangeEvent = "change" | `change:${string}`;
export type ChangeListener = (change: Change) => void;

/** What a component asks of an arrival of values: whether its own flag is among the changed. */
export type Watcher = (changed: readonly string[], isOtherContext: boolean) => void;
