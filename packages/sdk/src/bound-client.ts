import type { Json } from "@halyard/evaluation";
import type { AllFlagsOptions, AllFlagsState } from "./all-flags-state.ts";
import type { Detail } from "./detail.ts";
import type { FlagFallback, FlagKey, FlagKeyOf, FlagValue } from "./flag-types.ts";

/** What a bound client asks; said here, because the client makes it. */
interface Client {
  variation<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    context: object,
    fallback: F,
  ): FlagValue<K, F>;
  boolVariation(key: FlagKeyOf<boolean>, context: object, fallback: boolean): boolean;
  stringVariation<K extends FlagKeyOf<string>>(
    key: K,
    context: object,
    fallback: FlagFallback<K, string>,
  ): FlagFallback<K, string>;
  numberVariation<K extends FlagKeyOf<number>>(
    key: K,
    context: object,
    fallback: FlagFallback<K, number>,
  ): FlagFallback<K, number>;
  jsonVariation(key: FlagKey, context: object, fallback: Json): Json;
  variationDetail<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    context: object,
    fallback: F,
  ): Detail<FlagValue<K, F>>;
  allFlagsState(context: object, options: AllFlagsOptions): AllFlagsState;
  track(key: string, context: object, data?: unknown, metricValue?: number): void;
}

/** A client that asks on behalf of one context, such as the user of a request. */
export class BoundClient {
  readonly #client: Client;
  readonly context: object;

  constructor(client: Client, context: object) {
    this.#client = client;
    this.context = context;
  }

  /** What the context gets, whatever its type. */
  variation<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    fallback: F,
  ): FlagValue<K, F> {
    return this.#client.variation(key, this.context, fallback);
  }

  /** What the context gets where that is a boolean; else the fallback. */
  boolVariation(key: FlagKeyOf<boolean>, fallback: boolean): boolean {
    return this.#client.boolVariation(key, this.context, fallback);
  }

  /** What the context gets where that is a string; else the fallback. */
  stringVariation<K extends FlagKeyOf<string>>(
    key: K,
    fallback: FlagFallback<K, string>,
  ): FlagFallback<K, string> {
    return this.#client.stringVariation(key, this.context, fallback);
  }

  /** What the context gets where that is a number; else the fallback. */
  numberVariation<K extends FlagKeyOf<number>>(
    key: K,
    fallback: FlagFallback<K, number>,
  ): FlagFallback<K, number> {
    return this.#client.numberVariation(key, this.context, fallback);
  }

  /** What the context gets, whatever its type, as JSON. */
  jsonVariation(key: FlagKey, fallback: Json): Json {
    return this.#client.jsonVariation(key, this.context, fallback);
  }

  /** What the context gets, why, and how old that answer is. */
  variationDetail<K extends FlagKey, const F extends FlagFallback<K>>(
    key: K,
    fallback: F,
  ): Detail<FlagValue<K, F>> {
    return this.#client.variationDetail(key, this.context, fallback);
  }

  /** Every flag's value, to start a browser client with. */
  allFlagsState(options: AllFlagsOptions = {}): AllFlagsState {
    return this.#client.allFlagsState(this.context, options);
  }

  /** Records something the context did, with a number where it is to be measured. */
  track(key: string, data?: unknown, metricValue?: number): void {
    this.#client.track(key, this.context, data, metricValue);
  }
}
