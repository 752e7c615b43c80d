import type { Json } from "@halyard/evaluation";
import type { SeenIn } from "./seen.ts";
import type { Condition } from "./tokens.ts";

/** What chooses the values of a condition. */
export interface ValuesProps {
  readonly condition: Condition;
  readonly seenIn: SeenIn;
  readonly onChange: (values: readonly Json[]) => void;
}
