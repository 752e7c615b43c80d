import type { Json } from "@halyard/evaluation";
import { HalyardClient } from "../client.ts";
import type { FlagValues } from "../flag-types.ts";
import { settingsFrom } from "../options.ts";
import { type Match, TestSource } from "./test-source.ts";

type Key = Extract<keyof FlagValues, string>;

/** What a test does to its flags. */
export interface TestControls {
  /** What everybody gets from now on. Listeners are told before this returns. */
  set<K extends Key>(key: K, value: NonNullable<FlagValues[K]>): void;
  /**
   * What a context gets that has all these attributes; of a list one is enough. Where several
   * match, the latest counts.
   *
   * @example
   * flags.when({ key: "ada" }, { checkout: "control" });
   * flags.when({ kind: "org", plan: ["pro", "team"] }, { seats: 50 });
   */
  when(match: Match, values: FlagValues): void;
  /** Keys that the code asked for, each once. */
  asked(): readonly string[];
  /** From now on asking for a flag that was never given throws, so that no fallback hides a typo. */
  strict(): void;
}

/** A client that answers what a test says. */
export type TestFlags = HalyardClient & TestControls;

const asking = [
  "variation",
  "boolVariation",
  "stringVariation",
  "numberVariation",
  "jsonVariation",
  "variationDetail",
] as const satisfies readonly (keyof HalyardClient)[];

type Ask = (key: string, ...rest: readonly unknown[]) => unknown;

/**
 * A real client whose flags are what a test says, at once and without a network.
 *
 * @example
 * const flags = testFlags({ checkout: "new", "dark-mode": true });
 * flags.variation("checkout", { kind: "user", key: "ada" }, "old"); // "new"
 */
export function testFlags(values: FlagValues = {}): TestFlags {
  const source = new TestSource(valuesOf(values));
  const client = new HalyardClient(settingsFrom("test", { source }, {}));
  const asked = new Set<string>();
  let isStrict = false;
  for (const name of asking) {
    const ask = client[name].bind(client) as Ask;
    const noted: Ask = (key, ...rest) => {
      asked.add(key);
      if (isStrict && !source.has(key)) {
        throw new Error(
          `the test gave no flag ${JSON.stringify(key)}; give it in testFlags({ … }), or correct the key`,
        );
      }
      return ask(key, ...rest);
    };
    Object.defineProperty(client, name, { value: noted });
  }
  const controls: TestControls = {
    set: (key, value) => source.set(key, value as Json),
    when: (match, cases) => {
      for (const [key, value] of Object.entries(valuesOf(cases))) source.when(key, match, value);
    },
    asked: () => [...asked],
    strict: () => {
      isStrict = true;
    },
  };
  return Object.assign(client, controls);
}

/** Declared types only narrow what JSON may be there. */
function valuesOf(values: FlagValues): Readonly<Record<string, Json>> {
  return values as Readonly<Record<string, Json>>;
}

/**
 * Every combination of these values, for a test of each.
 *
 * @example
 * it.each([...combinations({ checkout: ["old", "new"], "dark-mode": [true, false] })])(
 *   "pays with %o",
 *   (values) => pay(testFlags(values)),
 * );
 */
export function* combinations<K extends Key>(
  lists: Readonly<Record<K, readonly NonNullable<FlagValues[K]>[]>>,
): Generator<FlagValues> {
  const [first, ...rest] = Object.entries<readonly unknown[]>(lists);
  if (first === undefined) {
    yield {};
    return;
  }
  const [key, values] = first;
  for (const others of combinations(Object.fromEntries(rest) as typeof lists)) {
    for (const value of values) yield { [key]: value, ...others } as FlagValues;
  }
}
