import { nearest } from "@halyard/instructions";

/** What a list of flags is narrowed by, as people write it: `checkout tag:beta -evaluated:7d`. */
const filterFields = [
  "is",
  "tag",
  "on",
  "env",
  "state",
  "type",
  "maintainer",
  "team",
  "changed",
  "created",
  "evaluated",
  "sdk",
  "segment",
  "kind",
  "differ",
] as const;
export type FilterField = (typeof filterFields)[number];

interface FilterTerm {
  readonly field: FilterField;
  readonly value: string;
  readonly isNegated: boolean;
  /** As it stands in the text. */
  readonly text: string;
}

export type FilterProblem =
  | { readonly why: "unknownField"; readonly text: string; readonly nearest: string | undefined }
  | { readonly why: "unknownValue"; readonly text: string; readonly allowed: readonly string[] }
  | { readonly why: "noDuration"; readonly text: string }
  | { readonly why: "notNegatable"; readonly text: string }
  | { readonly why: "twice"; readonly text: string };

export interface FlagFilter {
  /** To be found in name or key. */
  readonly words: string;
  readonly terms: readonly FilterTerm[];
  readonly problems: readonly FilterProblem[];
}

/** The values that a field takes, where they are few. */
const allowedValues: Readonly<Partial<Record<FilterField, readonly string[]>>> = {
  is: ["starred"],
  on: ["everywhere", "somewhere", "nowhere"],
  state: ["live", "deprecated", "archived"],
  type: ["temporary", "permanent"],
  sdk: ["client", "mobile", "server"],
};
const durations: readonly FilterField[] = ["changed", "created", "evaluated"];
/** Several of one field: all of them, or one of them. */
const repeatable: readonly FilterField[] = ["tag", "state", "kind"];

/** Reads the text; what is not finished yet is left out without a word. */
export function parseFilter(text: string): FlagFilter {
  const words: string[] = [];
  const terms: FilterTerm[] = [];
  const problems: FilterProblem[] = [];
  for (const token of tokensOf(text)) {
    const [, minus = "", field = "", quoted = ""] = /^(-?)([a-z]+):(.*)$/u.exec(token) ?? [];
    if (field === "") {
      words.push(token.replaceAll('"', ""));
      continue;
    }
    const value = quoted.replaceAll('"', "");
    if (value === "") continue;
    const known = filterFields.find((one) => one === field);
    if (known === undefined) {
      const meant = nearest(field, filterFields);
      problems.push({ why: "unknownField", text: token, nearest: meant });
      continue;
    }
    const term = { field: known, value, isNegated: minus !== "", text: token };
    const problem = problemOf(term, terms);
    if (problem === undefined) terms.push(term);
    else problems.push(problem);
  }
  return { words: words.join(" "), terms, problems };
}

function problemOf(term: FilterTerm, before: readonly FilterTerm[]): FilterProblem | undefined {
  const { field, value, isNegated, text } = term;
  const allowed = allowedValues[field];
  if (allowed !== undefined && !allowed.includes(value))
    return { why: "unknownValue", text, allowed };
  if (isNegated && field !== "evaluated") return { why: "notNegatable", text };
  const isNever = field === "evaluated" && value === "never" && !isNegated;
  if (durations.includes(field) && !isNever && msOf(value) === undefined)
    return { why: "noDuration", text };
  const isTwice = before.some((one) => one.field === field && one.isNegated === isNegated);
  return isTwice && !repeatable.includes(field) ? { why: "twice", text } : undefined;
}

function tokensOf(text: string): readonly string[] {
  return text.match(/(?:[^\s"]|"[^"]*"?)+/gu) ?? [];
}

const unitsMs = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `7d` in milliseconds. */
function msOf(duration: string): number | undefined {
  const [, amount, unit] = /^(\d{1,4})([hdw])$/u.exec(duration) ?? [];
  if (unit !== "h" && unit !== "d" && unit !== "w") return undefined;
  return Number(amount) * unitsMs[unit];
}

/** The text without one term. */
export function withoutTerm(text: string, term: FilterTerm): string {
  return tokensOf(text)
    .filter((token) => token !== term.text)
    .join(" ");
}

/** The text with a term more; one that stands alone takes the place of the one before. */
export function withTerm(text: string, field: FilterField, value: string): string {
  const written = `${field}:${/\s/u.test(value) ? `"${value}"` : value}`;
  const kept = tokensOf(text).filter(
    (token) => token !== written && (repeatable.includes(field) || !token.startsWith(`${field}:`)),
  );
  return [...kept, written].join(" ");
}

interface FilterSurroundings {
  /** Unix milliseconds. */
  readonly now: number;
  readonly memberId: string;
  /** Keys of the flags that are starred. */
  readonly starred: readonly string[];
  readonly environments: readonly string[];
  /** The id of the member with that address. */
  readonly memberOf: (email: string) => string | undefined;
}

/** The same as query parameters of the server's list, in an order that is always the same. */
export function filterParameters(
  { words, terms }: FlagFilter,
  around: FilterSurroundings,
): URLSearchParams {
  const all = (field: FilterField) =>
    terms.filter((term) => term.field === field && !term.isNegated).map(({ value }) => value);
  const one = (field: FilterField) => all(field)[0];
  const after = (duration: string | undefined) => {
    const ms = duration === undefined ? undefined : msOf(duration);
    // Whole minutes, so that the same question has the same address for a while.
    return ms === undefined
      ? undefined
      : JSON.stringify({ after: Math.floor((around.now - ms) / 60_000) * 60_000 });
  };
  const evaluated = one("evaluated");
  const unasked = terms.find(({ field, isNegated }) => field === "evaluated" && isNegated)?.value;
  const maintainer = one("maintainer");
  const wanted: Readonly<Record<string, string | undefined>> = {
    query: words === "" ? undefined : `"${words}"`,
    keys: keysOf(one("is"), around.starred),
    tags: all("tag").join("+") || undefined,
    state: all("state").join("+") || undefined,
    type: one("type"),
    maintainerId:
      maintainer === undefined
        ? undefined
        : maintainer === "me"
          ? around.memberId
          : (around.memberOf(maintainer) ?? maintainer),
    maintainerTeamKey: one("team"),
    filterEnv: one("env"),
    turnedOn: one("on"),
    targetingModifiedDate: after(one("changed")),
    creationDate: after(one("created")),
    evaluated: evaluated === "never" ? undefined : after(evaluated),
    notEvaluated: evaluated === "never" ? '{"after":0}' : after(unasked),
    sdkAvailability: one("sdk"),
    segmentTargeted: one("segment"),
    contextKindsEvaluated: all("kind").join("+") || undefined,
  };
  const filter = Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}:${value}`)
    .join(",");
  const compared = one("differ");
  return new URLSearchParams([
    ...(filter === "" ? [] : [["filter", filter]]),
    ...(compared === undefined ? [] : [["compare", "true"]]),
    ...(compared === undefined || compared === "all" ? [] : compared.split(",")).map((key) => [
      "env",
      key,
    ]),
    ...(compared === "all" ? around.environments.map((key) => ["env", key]) : []),
  ]);
}

/** The starred ones where these are asked for. No key is `*`: where none is starred, none is found. */
function keysOf(asked: string | undefined, starred: readonly string[]): string | undefined {
  return asked === undefined ? undefined : starred.toSorted().join("+") || "*";
}
