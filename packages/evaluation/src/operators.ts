import { parseDate } from "./date.ts";
import type { Json } from "./model.ts";
import { compilePattern } from "./pattern.ts";
import { compareVersions, parseSemanticVersion, plainVersionNumber } from "./semantic-version.ts";

/** Says whether one value of a context fits the clause. */
export type Test = (value: Json) => boolean;

/** Prepares a clause's values once, so that asking parses nothing but the context's own value. */
type Prepare = (values: readonly Json[]) => Test;

const never: Test = () => false;

const operators = new Map<string, Prepare>([
  ["in", prepareIn],
  ["startsWith", ofStrings((value, given) => value.startsWith(given))],
  ["endsWith", ofStrings((value, given) => value.endsWith(given))],
  ["contains", ofStrings((value, given) => value.includes(given))],
  ["matches", prepareMatches],
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
  return operators.get(String(operator))?.(values) ?? never;
}

function prepareIn(values: readonly Json[]): Test {
  // Objects and arrays equal nothing, as in the SDKs: a set compares them by identity.
  const scalars = values.filter((value) => typeof value !== "object" || value === null);
  if (scalars.length > fewValues) {
    const set: ReadonlySet<Json> = new Set<Json>(scalars);
    return (value) => set.has(value);
  }
  return (value) => {
    for (let index = 0; index < scalars.length; index += 1) {
      if (scalars[index] === value) return true;
    }
    return false;
  };
}

/** Up to so many values are compared faster one by one than by their hashes. */
const fewValues = 4;

/** One that knows its last answer: the contexts of an app are of few versions, regions or plans. */
function remembering(test: Test): Test {
  let lastValue: Json | undefined;
  let lastAnswer = false;
  return (value) => {
    if (value === lastValue) return lastAnswer;
    const answer = test(value);
    if (typeof value === "string") {
      lastValue = value;
      lastAnswer = answer;
    }
    return answer;
  };
}

function prepareMatches(values: readonly Json[]): Test {
  const patterns = values.map(compilePattern).filter((pattern) => pattern !== undefined);
  return remembering(
    (value) =>
      typeof value === "string" && patterns.some((pattern) => pattern.matcher(value).find()),
  );
}

function ofStrings(fits: (value: string, given: string) => boolean): Prepare {
  return ofParsed((value) => (typeof value === "string" ? value : undefined), fits);
}

function ofNumbers(fits: (value: number, given: number) => boolean): Prepare {
  return ofParsed((value) => (typeof value === "number" ? value : undefined), fits);
}

function ofVersions(fits: (order: number) => boolean): Prepare {
  const ofAny = ofParsed(parseSemanticVersion, (a, b) => fits(compareVersions(a, b)));
  return (values) => {
    const general = ofAny(values);
    const given = values.map(plainVersionNumber);
    if (given.some(Number.isNaN)) return remembering(general);
    return remembering((value) => {
      const version = plainVersionNumber(value);
      if (Number.isNaN(version)) return general(value);
      for (const one of given) if (fits(version - one)) return true;
      return false;
    });
  };
}

function ofParsed<T>(
  parse: (value: Json) => T | undefined,
  fits: (value: T, given: T) => boolean,
): Prepare {
  return (values) => {
    const given = values.map(parse).filter((value) => value !== undefined);
    return (value) => {
      const parsed = parse(value);
      return parsed !== undefined && given.some((one) => fits(parsed, one));
    };
  };
}
