import {
  type Context,
  evaluate,
  type Flag,
  isExperiment,
  type Json,
  type JsonObject,
  type Reason,
} from "@halyard/evaluation";
import type { Store } from "./store.ts";

export interface AllFlagsOptions {
  /** Only flags that browsers may see. */
  readonly clientSideOnly?: boolean;
  readonly withReasons?: boolean;
  /** Leaves version and reason out where no events will need them. */
  readonly detailsOnlyForTrackedFlags?: boolean;
}

interface FlagState {
  readonly value: Json;
  readonly reason: Reason;
  readonly details: JsonObject;
}

/** Every flag's value for one context, at one moment; a browser client starts from its JSON. */
export class AllFlagsState {
  /** False where no flags had arrived, or the context is wrong. */
  readonly valid: boolean;
  readonly #flags: ReadonlyMap<string, FlagState>;

  constructor(valid: boolean, flags: ReadonlyMap<string, FlagState>) {
    this.valid = valid;
    this.#flags = flags;
  }

  /** Null where the flag gives no value, undefined where there is no such flag. */
  getFlagValue(key: string): Json | undefined {
    return this.#flags.get(key)?.value;
  }

  getFlagReason(key: string): Reason | undefined {
    return this.#flags.get(key)?.reason;
  }

  allValues(): JsonObject {
    return Object.fromEntries([...this.#flags].map(([key, { value }]) => [key, value]));
  }

  toJSON(): JsonObject {
    const details = [...this.#flags].map(([key, flag]) => [key, flag.details]);
    return {
      ...this.allValues(),
      $flagsState: Object.fromEntries(details),
      $valid: this.valid,
    };
  }
}

export const invalidFlagsState = new AllFlagsState(false, new Map());

/** Evaluates every flag in the store. Sends no events. */
export function allFlagsStateOf(
  store: Store,
  context: Context,
  options: AllFlagsOptions & { readonly now: number },
): AllFlagsState {
  const flags = new Map<string, FlagState>();
  for (const flag of store.flags()) {
    if (options.clientSideOnly === true && !isForBrowsers(flag)) continue;
    flags.set(flag.key, flagStateOf(flag, context, { store, ...options }));
  }
  return new AllFlagsState(true, flags);
}

function isForBrowsers({ clientSideAvailability, clientSide }: Flag): boolean {
  return clientSideAvailability?.usingEnvironmentId ?? clientSide ?? false;
}

function flagStateOf(
  flag: Flag,
  context: Context,
  options: AllFlagsOptions & { readonly store: Store; readonly now: number },
): FlagState {
  const prerequisites: string[] = [];
  const result = evaluate(flag, context, options.store, (evaluation) => {
    if (evaluation.prerequisiteOf === flag.key) prerequisites.push(evaluation.flag.key);
  });
  const { value, reason, variationIndex } = result;
  const trackReason = isExperiment(flag, reason);
  const trackEvents = flag.trackEvents === true || trackReason;
  const { debugEventsUntilDate } = flag;
  const isDebugged = typeof debugEventsUntilDate === "number" && debugEventsUntilDate > options.now;
  const isFull = options.detailsOnlyForTrackedFlags !== true || trackEvents || isDebugged;
  const hasReason = isFull && (options.withReasons === true || trackReason);
  const details: JsonObject = {
    ...(variationIndex === null ? {} : { variation: variationIndex }),
    ...(isFull ? { version: flag.version } : {}),
    ...(trackEvents ? { trackEvents } : {}),
    ...(trackReason ? { trackReason } : {}),
    ...(hasReason ? { reason: { ...reason } } : {}),
    ...(isDebugged ? { debugEventsUntilDate } : {}),
    ...(prerequisites.length === 0 ? {} : { prerequisites }),
  };
  return { value: variationIndex === null ? null : value, reason, details };
}
