import type { EvaluationResult, Flag, Json, PreparedFlag } from "@halyard/evaluation";

type Values = Record<string, Json>;

/**
 * Since V8 13, Object.assign copies a thousand members in a microsecond. Older ones, a spread that
 * met several sets of flags, and objects of somewhat more members, which are dictionaries to V8, all
 * take longer than to name the members one by one.
 */
const mostMembersCopied = Number.parseInt(process.versions.v8, 10) >= 13 ? 1_000 : 0;

/** The flags of one state of a store, made ready. */
export class FlagListing {
  readonly flags: readonly PreparedFlag[];
  #forBrowsers: FlagListing | undefined;
  /** Each flag's member, with its value where that is the same for every context. */
  #sheet: Values | undefined;
  readonly #isCopied: boolean;

  constructor(flags: readonly PreparedFlag[]) {
    this.flags = flags;
    // Object.assign would take the value of a flag of this name for the prototype.
    const hasOddName = flags.some(({ key }) => key === "__proto__");
    this.#isCopied = flags.length <= mostMembersCopied && !hasOddName;
  }

  /** The flags that browsers may see. */
  get forBrowsers(): FlagListing {
    this.#forBrowsers ??= new FlagListing(this.flags.filter(({ flag }) => isForBrowsers(flag)));
    return this.#forBrowsers;
  }

  /** The values of results that are in the flags' order, by key. */
  valuesOf(results: readonly EvaluationResult[]): Values {
    const { flags } = this;
    if (!this.#isCopied) return this.#newSheet(results);
    this.#sheet ??= { ...this.#newSheet(flags.map(({ constant }) => constant)) };
    const values = Object.assign({}, this.#sheet);
    for (let index = 0; index < flags.length; index += 1) {
      const one = flags[index];
      if (one === undefined || one.constant !== undefined) continue;
      values[one.key] = results[index]?.value ?? null;
    }
    return values;
  }

  #newSheet(results: readonly (EvaluationResult | undefined)[]): Values {
    // A thousand names cost a fifth where they are not taken for the shape of an object, and even
    // `__proto__` is just a name.
    const values: Values = Object.create(null);
    for (const [index, { key }] of this.flags.entries()) {
      values[key] = results[index]?.value ?? null;
    }
    return Object.setPrototypeOf(values, Object.prototype) as Values;
  }
}

function isForBrowsers({ clientSideAvailability, clientSide }: Flag): boolean {
  return clientSideAvailability?.usingEnvironmentId ?? clientSide ?? false;
}
