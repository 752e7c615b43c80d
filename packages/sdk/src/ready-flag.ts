import {
  type EvaluationResult,
  type Flag,
  isExperiment,
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

  constructor(flag: Flag) {
    this.flag = flag;
    this.prepared = prepared(flag);
    this.tally = new Tally(flag);
    const { constant } = this.prepared;
    this.constant = constant !== undefined && isOnlyCounted(flag, constant) ? constant : undefined;
  }
}

function isOnlyCounted(flag: Flag, { reason }: EvaluationResult): boolean {
  const { trackEvents, debugEventsUntilDate, excludeFromSummaries } = flag;
  const isSentInFull = trackEvents === true || isExperiment(flag, reason);
  return !isSentInFull && typeof debugEventsUntilDate !== "number" && excludeFromSummaries !== true;
}
