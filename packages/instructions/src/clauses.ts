import { parseReference, problemOfPattern } from "@halyard/evaluation";
import type { ClauseInput } from "./flag-instruction.ts";
import { Refusal } from "./outcome.ts";
import type { RuleClause } from "./state.ts";

const operators = new Set([
  "in",
  "startsWith",
  "endsWith",
  "contains",
  "matches",
  "lessThan",
  "lessThanOrEqual",
  "greaterThan",
  "greaterThanOrEqual",
  "before",
  "after",
  "semVerEqual",
  "semVerLessThan",
  "semVerGreaterThan",
  "segmentMatch",
]);

/** Checks a clause and makes it part of a rule. */
export function newClause(input: ClauseInput, newId: () => string): RuleClause {
  const { op, attribute, values, contextKind } = input;
  if (!operators.has(op)) {
    throw new Refusal(`there is no operator "${op}"; use one of ${[...operators].join(", ")}`);
  }
  if (op !== "segmentMatch" && !parseReference(attribute, contextKind === undefined).isValid) {
    throw new Refusal(
      `"${attribute}" is no attribute; use a name such as country, or a path such as /address/city`,
    );
  }
  if (op === "matches") for (const value of values) checkPattern(value);
  return {
    id: input._id ?? newId(),
    ...(contextKind === undefined ? {} : { contextKind }),
    attribute,
    op,
    negate: input.negate ?? false,
    values,
  };
}

function checkPattern(value: unknown): void {
  const problem = typeof value === "string" ? problemOfPattern(value) : "it is not a string";
  if (problem !== undefined) {
    throw new Refusal(
      `the regular expression ${JSON.stringify(value)} cannot be used: ${problem}; write it without look-around and back-references`,
    );
  }
}

interface HasClauses {
  readonly id: string;
  readonly clauses: readonly RuleClause[];
}

/** The rules with one of them changed. */
export function withRule<Rule extends HasClauses>(
  rules: readonly Rule[],
  ruleId: string,
  change: (rule: Rule) => Rule,
): readonly Rule[] {
  if (!rules.some(({ id }) => id === ruleId)) {
    throw new Refusal(`there is no rule "${ruleId}"; take the id from the current rules`);
  }
  return rules.map((rule) => (rule.id === ruleId ? change(rule) : rule));
}

/** The rules with one clause of one of them changed. */
export function withClause<Rule extends HasClauses>(
  rules: readonly Rule[],
  at: { readonly ruleId: string; readonly clauseId: string },
  change: (clause: RuleClause) => RuleClause,
): readonly Rule[] {
  return withRule(rules, at.ruleId, (rule) => {
    if (!rule.clauses.some(({ id }) => id === at.clauseId)) {
      throw new Refusal(
        `rule "${at.ruleId}" has no clause "${at.clauseId}"; take the id from the current rule`,
      );
    }
    const clauses = rule.clauses.map((clause) =>
      clause.id === at.clauseId ? change(clause) : clause,
    );
    return { ...rule, clauses };
  });
}

/** The rules in another order. */
export function reordered<Rule extends HasClauses>(
  rules: readonly Rule[],
  ruleIds: readonly string[],
): readonly Rule[] {
  const ordered = ruleIds.map((wanted) => rules.find(({ id }) => id === wanted));
  const present = ordered.filter((rule) => rule !== undefined);
  if (new Set(ruleIds).size !== rules.length || present.length !== rules.length) {
    throw new Refusal("ruleIds has to name every present rule once, and no other");
  }
  return present;
}
