import type { Json } from "@halyard/evaluation";
import { configurationIn, type FlagState, type RuleClause, type Serve } from "./state.ts";

/** Of a list of values so many are named where nobody asks for more. */
const shownAtMost = 3;

/** A clause as the UI, the command line and the log say it. */
export type ClauseWords = Pick<RuleClause, "attribute" | "op" | "values" | "negate"> & {
  readonly contextKind?: string | undefined;
};

const comparisons: Readonly<Record<string, readonly [is: string, isNot: string]>> = {
  startsWith: ["starts with", "does not start with"],
  endsWith: ["ends with", "does not end with"],
  contains: ["contains", "does not contain"],
  matches: ["matches", "does not match"],
  lessThan: ["is less than", "is not less than"],
  lessThanOrEqual: ["is at most", "is not at most"],
  greaterThan: ["is greater than", "is not greater than"],
  greaterThanOrEqual: ["is at least", "is not at least"],
  before: ["is before", "is not before"],
  after: ["is after", "is not after"],
  semVerEqual: ["is version", "is not version"],
  semVerLessThan: ["is older than", "is not older than"],
  semVerGreaterThan: ["is newer than", "is not newer than"],
};

/** For example `country is DE`, or `is in segment beta`. Of many values the first are named. */
export function clauseSentence(
  { attribute, op, values, negate }: ClauseWords,
  atMost = shownAtMost,
): string {
  const list = listed(values, atMost);
  if (op === "segmentMatch") return `${negate ? "is not" : "is"} in segment ${list}`;
  if (op === "in") {
    const many = values.length > 1;
    if (negate) return `${attribute} ${many ? "is none of" : "is not"} ${list}`;
    return `${attribute} ${many ? "is one of" : "is"} ${list}`;
  }
  const words = comparisons[op];
  return `${attribute} ${words?.[negate ? 1 : 0] ?? (negate ? `is not ${op}` : op)} ${list}`;
}

/** For example `If the user has plan one of pro, beta and is in segment early, they get new`. */
export function ruleSentence(
  clauses: readonly ClauseWords[],
  outcome: string,
  atMost = shownAtMost,
): string {
  if (clauses.length === 0) return `Everyone who comes here ${outcome}`;
  const parts = clauses.map((clause) =>
    `the ${clause.contextKind ?? "user"}'s ${clauseSentence(clause, atMost)}`
      .replace("'s is in", " is in")
      .replace("'s is not in", " is not in"),
  );
  return `If ${parts.join(" and ")}, they ${outcome.replace(/^gets /u, "get ").replace(/^is split/u, "are split")}`;
}

/** For example `gets new`, or `is split by key: 25% new, 75% old`. */
export function serveSentence(serve: Serve, flag: Pick<FlagState, "variations">): string {
  if ("variationId" in serve) return `gets ${variationName(serve.variationId, flag)}`;
  const { weights, bucketBy = "key", contextKind = "user" } = serve.rollout;
  const parts = weights.map(
    ({ variationId, weight }) => `${weight / 1000}% ${variationName(variationId, flag)}`,
  );
  const by = contextKind === "user" ? bucketBy : `${contextKind} ${bucketBy}`;
  return `is split by ${by}: ${parts.join(", ")}`;
}

export function variationName(id: string, flag: Pick<FlagState, "variations">): string {
  const variation = flag.variations.find((one) => one.id === id);
  if (variation === undefined) return "an unknown variation";
  return variation.name === undefined || variation.name === ""
    ? shown(variation.value)
    : variation.name;
}

/** What a flag does in an environment, a line each, in the order it is decided. */
export function flagSentences(flag: FlagState, environmentKey: string): readonly string[] {
  const configuration = configurationIn(flag, environmentKey);
  if (configuration === undefined) return [];
  const off = configuration.offVariationId;
  const offWords = off === undefined ? "the code's own fallback" : variationName(off, flag);
  if (!configuration.on) return [`off: everyone gets ${offWords}`];
  return [
    ...configuration.prerequisites.map(
      ({ key }) => `only if ${key} serves what is required of it, else ${offWords}`,
    ),
    ...configuration.targets.map(
      ({ contextKind, values, variationId }) =>
        `${contextKind} ${listed(values)} gets ${variationName(variationId, flag)}`,
    ),
    ...configuration.rules.map(({ clauses, serve }) =>
      ruleSentence(clauses, serveSentence(serve, flag)),
    ),
    `everyone else ${serveSentence(configuration.fallthrough, flag)}`,
  ];
}

/** The first values, and how many more there are. */
export function listed(values: readonly Json[], atMost = shownAtMost): string {
  if (values.length === 0) return "nothing";
  const first = values.slice(0, atMost).map(shown).join(", ");
  const more = values.length - atMost;
  return more > 0 ? `${first} and ${more} more` : first;
}

function shown(value: Json): string {
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
