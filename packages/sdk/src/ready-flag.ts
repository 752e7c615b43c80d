import {
  type EvaluationResult,
  type Flag,
  mayBeExperiment,
  type PreparedFlag,
  prepared,
} from "@halyard/evaluation";
import { Tally } from "./events/tally.ts";

/** A flag with what evaluating and counting it needs at hand, made on the flag's first use. */
export class ReadyFlag {
  readonly flag: Flag;
  readonly prepared: PreparedFlag;
  readonly tally: Tally;
  /** What every context gets, where no event beyond a count is due for it. */
  readonly constant: EvaluationResult | undefined;
  /** Whether no result of the flag is due an event beyond a count. */
  readonly isOnlyCounted: boolean;

  constructor(flag: Flag) {
    this.flag = flag;
    this.prepared = prepared(flag);
    this.tally = new Tally(flag);
    const { constant } = this.prepared;
    this.isOnlyCounted = isOnlyCounted(flag);
    this.constant = this.isOnlyCounted ? constant : undefined;
  }
}

function isOnlyCounted(flag: Flag): boolean {
  const { trackEvents, debugEventsUntilDate, excludeFromSummaries } = flag;
  const isSentInFull = trackEvents === true || mayBeExperiment(flag);
  return !isSentInFull && typeof debugEventsUntilDate !== "number" && excludeFromSummaries !== true;
}
