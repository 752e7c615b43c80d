import { parseDate } from "./date.ts";
import type { Json } from "./model.ts";
import { compilePattern, type Pattern } from "./pattern.ts";
import { compareVersions, parseSemanticVersion, plainVersionNumber } from "./semantic-version.ts";

/**
 * Says whether one value of a context fits the clause. Of classes rather than closures: a thousand
 * flags have thousands of tests, and V8 makes one fast piece of code for each class.
 */
export interface Test {
  fits(value: Json): boolean;
}

/** Prepares a clause's values once, so that asking parses nothing but the context's own value. */
type Prepare = (values: readonly Json[]) => Test;

const operators = new Map<string, Prepare>([
  ["in", prepareIn],
  ["startsWith", ofStrings((value, given) => value.startsWith(given))],
  ["endsWith", ofStrings((value, given) => value.endsWith(given))],
  ["contains", ofStrings((value, given) => value.includes(given))],
  ["matches", (values) => new Remembering(new Matching(values))],
  ["lessThan", ofNumbers((value, given) => value < given)],
  ["lessThanOrEqual", ofNumbers((value, given) => value <= given)],
  ["greaterThan", ofNumbers((value, given) => value > given)],
  ["greaterThanOrEqual", ofNumbers((value, given) => value >= given)],
  ["before", ofParsed(parseDate, (value, given) => value < given)],
  ["after", ofParsed(parseDate, (value, given) => value > given)],
  ["semVerEqual", ofVersions((order) => order === 0)],
  ["semVerLessThan", ofVersions((order) => order < 0)],
  ["semVerGreaterThan", ofVersions((order) => order > 0)],
]);

/** The test of an operator over a clause's values; an unknown operator fits nothing. */
export function prepareTest(operator: unknown, values: readonly Json[]): Test {
  return operators.get(String(operator))?.(values) ?? new OneOfFew([]);
}

/** Up to so many values are compared faster one by one than by their hashes. */
const fewValues = 4;

function prepareIn(values: readonly Json[]): Test {
  // Objects and arrays equal nothing, as in the SDKs: a set compares them by identity.
  const scalars = values.filter((value) => typeof value !== "object" || value === null);
  return scalars.length > fewValues ? new OneOfMany(scalars) : new OneOfFew(scalars);
}

class OneOfFew implements Test {
  readonly #values: readonly Json[];

  constructor(values: readonly Json[]) {
    this.#values = values;
  }

  fits(value: Json): boolean {
    for (let index = 0; index < this.#values.length; index += 1) {
      if (this.#values[index] === value) return true;
    }
    return false;
  }
}

class OneOfMany implements Test {
  readonly #values: ReadonlySet<Json>;

  constructor(values: readonly Json[]) {
    this.#values = new Set(values);
  }

  fits(value: Json): boolean {
    return this.#values.has(value);
  }
}

/** One that knows its last answer: the contexts of an app are of few versions, regions or plans. */
class Remembering implements Test {
  readonly #test: Test;
  #lastValue: Json | undefined;
  #lastAnswer = false;

  constructor(test: Test) {
    this.#test = test;
  }

  fits(value: Json): boolean {
    if (value === this.#lastValue) return this.#lastAnswer;
    const answer = this.#test.fits(value);
    if (typeof value === "string") {
      this.#lastValue = value;
      this.#lastAnswer = answer;
    }
    return answer;
  }
}

class Matching implements Test {
  readonly #patterns: readonly Pattern[];

  constructor(values: readonly Json[]) {
    this.#patterns = values.map(compilePattern).filter((pattern) => pattern !== undefined);
  }

  fits(value: Json): boolean {
    return typeof value === "string" && this.#patterns.some((one) => one.matcher(value).find());
  }
}

/** Compares what a value is parsed to; what cannot be parsed fits nothing. */
class Comparing<T> implements Test {
  readonly #given: readonly T[];
  readonly #parse: (value: Json) => T | undefined;
  readonly #compare: (value: T, given: T) => boolean;

  constructor(
    values: readonly Json[],
    parse: (value: Json) => T | undefined,
    compare: (value: T, given: T) => boolean,
  ) {
    this.#given = values.map(parse).filter((value) => value !== undefined);
    this.#parse = parse;
    this.#compare = compare;
  }

  fits(value: Json): boolean {
    const parsed = this.#parse(value);
    return parsed !== undefined && this.#given.some((one) => this.#compare(parsed, one));
  }
}

/** Compares plain versions as numbers, and leaves all others to the general test. */
class ComparingVersions implements Test {
  readonly #given: readonly number[];
  readonly #fits: (order: number) => boolean;
  readonly #general: Test;

  constructor(given: readonly number[], fits: (order: number) => boolean, general: Test) {
    this.#given = given;
    this.#fits = fits;
    this.#general = general;
  }

  fits(value: Json): boolean {
    const version = plainVersionNumber(value);
    if (Number.isNaN(version)) return this.#general.fits(value);
    for (const one of this.#given) if (this.#fits(version - one)) return true;
    return false;
  }
}

function ofStrings(compare: (value: string, given: string) => boolean): Prepare {
  return ofParsed((value) => (typeof value === "string" ? value : undefined), compare);
}

function ofNumbers(compare: (value: number, given: number) => boolean): Prepare {
  return ofParsed((value) => (typeof value === "number" ? value : undefined), compare);
}

function ofParsed<T>(
  parse: (value: Json) => T | undefined,
  compare: (value: T, given: T) => boolean,
): Prepare {
  return (values) => new Comparing(values, parse, compare);
}

function ofVersions(fits: (order: number) => boolean): Prepare {
  const general = ofParsed(parseSemanticVersion, (a, b) => fits(compareVersions(a, b)));
  return (values) => {
    const given = values.map(plainVersionNumber);
    if (given.some(Number.isNaN)) return new Remembering(general(values));
    return new Remembering(new ComparingVersions(given, fits, general(values)));
  };
}
