import {
  basisOf,
  type Context,
  type EvaluationStore,
  evaluate,
  type Flag,
  isExperiment,
  type Json,
  type Reason,
} from "@halyard/evaluation";

/** Who asks for results: flags are marked for each. */
export type ClientSide = "mobile" | "browser";

/** What a client-side SDK learns of a flag: its result for one context, and nothing of its rules. */
export interface ClientResult {
  readonly value: Json;
  readonly variation?: number;
  readonly flagVersion: number;
  readonly trackEvents?: true;
  readonly trackReason?: true;
  readonly reason?: Reason;
  readonly debugEventsUntilDate?: number;
  readonly prerequisites?: readonly string[];
}

/** How a client asks. */
export interface Asking {
  readonly side: ClientSide;
  readonly context: Context;
  readonly withReasons: boolean;
}

/** The result of a flag; undefined where there is none that this side may see. */
export function clientResult(
  key: string,
  store: EvaluationStore,
  asking: Asking,
): ClientResult | undefined {
  const flag = store.flag(key);
  return flag !== undefined && isAvailable(flag, asking.side)
    ? resultOf(flag, store, asking)
    : undefined;
}

/** The results of all flags that this side may see, by key. */
export function clientResults(
  flags: Readonly<Record<string, Flag>>,
  store: EvaluationStore,
  asking: Asking,
): ReadonlyMap<string, ClientResult> {
  const found = new Map<string, ClientResult>();
  for (const flag of Object.values(flags)) {
    if (isAvailable(flag, asking.side)) found.set(flag.key, resultOf(flag, store, asking));
  }
  return found;
}

function isAvailable(flag: Flag, side: ClientSide): boolean {
  const availability = flag.clientSideAvailability;
  if (side === "mobile") return availability?.usingMobileKey === true;
  return availability?.usingEnvironmentId === true;
}

function resultOf(flag: Flag, store: EvaluationStore, asking: Asking): ClientResult {
  const prerequisites: string[] = [];
  const { value, variationIndex, reason } = evaluate(
    flag,
    asking.context,
    store,
    (required, _result, askingFlag) => {
      if (askingFlag.key === flag.key) prerequisites.push(required.key);
    },
  );
  const isOfExperiment = isExperiment(flag, reason);
  const { debugEventsUntilDate } = flag;
  return {
    value,
    ...(variationIndex === null ? {} : { variation: variationIndex }),
    flagVersion: flag.version,
    ...(flag.trackEvents === true || isOfExperiment ? { trackEvents: true } : {}),
    ...(isOfExperiment ? { trackReason: true } : {}),
    ...(asking.withReasons || isOfExperiment ? { reason } : {}),
    // Beside the reason, for that is a shape of others; pages do not see the flag itself.
    ...(asking.withReasons ? { basis: basisOf(flag, reason) } : {}),
    ...(typeof debugEventsUntilDate === "number" ? { debugEventsUntilDate } : {}),
    ...(prerequisites.length === 0 ? {} : { prerequisites }),
  };
}
