import type { Bench } from "./bench.ts";

/** The generation of the protocol by which flags are delivered to servers. */
export type Generation = "first" | "second";

/** What an SDK is held to; browsers are delivered results. */
export type Mode = Generation | "client";

/** Something that an SDK has to do. */
export interface ContractCase {
  readonly area: string;
  readonly title: string;
  /** What the SDK must claim for the case to apply. */
  readonly needs: readonly string[];
  readonly modes: readonly Mode[];
  /** Whether it waits for many seconds, because an SDK has to. */
  readonly isSlow: boolean;
  /** Rejects where the SDK does otherwise. */
  readonly run: (bench: Bench) => Promise<void>;
}

export interface CaseOptions {
  readonly needs?: readonly string[];
  readonly modes?: readonly Mode[];
  readonly isSlow?: boolean;
}

/** Cases of an area, in both modes unless said otherwise. */
export class Area {
  readonly #name: string;
  readonly #options: CaseOptions;
  readonly cases: ContractCase[] = [];

  constructor(name: string, options: CaseOptions = {}) {
    this.#name = name;
    this.#options = options;
  }

  it(title: string, run: ContractCase["run"], options: CaseOptions = {}): void {
    this.cases.push({
      area: this.#name,
      title,
      needs: [...(this.#options.needs ?? []), ...(options.needs ?? [])],
      modes: options.modes ?? this.#options.modes ?? ["first", "second"],
      isSlow: options.isSlow ?? false,
      run,
    });
  }
}
