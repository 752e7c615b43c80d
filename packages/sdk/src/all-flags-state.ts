import {
  type Context,
  type EvaluationResult,
  evaluate,
  type Flag,
  isExperiment,
  type Json,
  type JsonObject,
  type OnPrerequisite,
  type Reason,
} from "@halyard/evaluation";
import type { ListingStore } from "./store.ts";

export interface AllFlagsOptions {
  /** Only flags that browsers may see. */
  readonly clientSideOnly?: boolean;
  readonly withReasons?: boolean;
  /** Leaves version and reason out where no events will need them. */
  readonly detailsOnlyForTrackedFlags?: boolean;
}

/** What one flag gave. */
interface Given {
  readonly flag: Flag;
  readonly result: EvaluationResult;
  /** Keys of the prerequisites that the flag itself asked for. */
  readonly prerequisites: readonly string[] | undefined;
}

/** Every flag's value for one context, at one moment; a browser client starts from its JSON. */
export class AllFlagsState {
  /** False where no flags had arrived, or the context is wrong. */
  readonly valid: boolean;
  readonly #flags: ReadonlyMap<string, Given>;
  readonly #options: AllFlagsOptions;
  readonly #now: number;

  /** Now, in Unix milliseconds, decides which flags are being debugged. */
  constructor(
    valid: boolean,
    flags: ReadonlyMap<string, Given>,
    options: AllFlagsOptions,
    now: number,
  ) {
    this.valid = valid;
    this.#flags = flags;
    this.#options = options;
    this.#now = now;
  }

  /** Null where the flag gives no value, undefined where there is no such flag. */
  getFlagValue(key: string): Json | undefined {
    return this.#flags.get(key)?.result.value;
  }

  getFlagReason(key: string): Reason | undefined {
    return this.#flags.get(key)?.result.reason;
  }

  allValues(): JsonObject {
    return Object.fromEntries([...this.#flags].map(([key, { result }]) => [key, result.value]));
  }

  toJSON(): JsonObject {
    const details = [...this.#flags].map(([key, given]) => [key, this.#detailsOf(given)]);
    return {
      ...this.allValues(),
      $flagsState: Object.fromEntries(details),
      $valid: this.valid,
    };
  }

  #detailsOf({ flag, result, prerequisites }: Given): JsonObject {
    const { withReasons, detailsOnlyForTrackedFlags } = this.#options;
    const { reason, variationIndex } = result;
    const trackReason = isExperiment(flag, reason);
    const trackEvents = flag.trackEvents === true || trackReason;
    const { debugEventsUntilDate } = flag;
    const isDebugged = typeof debugEventsUntilDate === "number" && debugEventsUntilDate > this.#now;
    const isFull = detailsOnlyForTrackedFlags !== true || trackEvents || isDebugged;
    const hasReason = isFull && (withReasons === true || trackReason);
    return {
      ...(variationIndex === null ? {} : { variation: variationIndex }),
      ...(isFull ? { version: flag.version } : {}),
      ...(trackEvents ? { trackEvents } : {}),
      ...(trackReason ? { trackReason } : {}),
      ...(hasReason ? { reason: { ...reason } } : {}),
      ...(isDebugged ? { debugEventsUntilDate } : {}),
      ...(prerequisites === undefined ? {} : { prerequisites }),
    };
  }
}

export const invalidFlagsState = new AllFlagsState(false, new Map(), {}, 0);

/** Evaluates every flag in the store. Sends no events. */
export function allFlagsStateOf(
  store: ListingStore,
  context: Context,
  options: AllFlagsOptions & { readonly now: number },
): AllFlagsState {
  const flags = new Map<string, Given>();
  let evaluating = "";
  let prerequisites: string[] | undefined;
  const onPrerequisite: OnPrerequisite = (evaluation) => {
    if (evaluation.prerequisiteOf !== evaluating) return;
    prerequisites ??= [];
    prerequisites.push(evaluation.flag.key);
  };
  for (const flag of store.flags()) {
    if (options.clientSideOnly === true && !isForBrowsers(flag)) continue;
    evaluating = flag.key;
    prerequisites = undefined;
    const result = evaluate(flag, context, store, onPrerequisite);
    flags.set(flag.key, { flag, result, prerequisites });
  }
  return new AllFlagsState(true, flags, options, options.now);
}

function isForBrowsers({ clientSideAvailability, clientSide }: Flag): boolean {
  return clientSideAvailability?.usingEnvironmentId ?? clientSide ?? false;
}
