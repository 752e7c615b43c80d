import type { Json } from "@halyard/evaluation";
import type { FlagKey } from "../flag-types.ts";

/** A flag that gives the context something else now. */
export interface Change {
  readonly key: string;
  /** What the flag gives now; undefined where it is gone. */
  readonly value: Json | undefined;
}

/** Every change, or with `change:KEY` those of one flag. */
export type ChangeEvent = "change" | `change:${FlagKey}`;
/** Is called once for each flag that changed. */
export type ChangeListener = (change: Change) => void;

/** What a component asks of an arrival of values: whether its own flag is among the changed. */
export type Watcher = (changed: readonly string[], isOtherContext: boolean) => void;
