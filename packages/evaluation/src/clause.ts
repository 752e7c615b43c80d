import { parseReference, readerOf } from "./attribute-reference.ts";
import type { Clause, Json } from "./model.ts";
import { prepareTest, type Test } from "./operators.ts";
import { MalformedFlag, type Run } from "./run.ts";

type ClauseTest = (run: Run) => boolean;

export interface CompiledClause {
  readonly test: ClauseTest;
  readonly clause: Clause;
}

const holdsForNobody: CompiledClause = { test: () => false, clause: { op: "" } };

/** An empty list holds for everyone; where there is no list, the rule holds for nobody. */
export function compileClauses(clauses: readonly Clause[] | null | undefined): CompiledClause[] {
  if (clauses === undefined || clauses === null) return [holdsForNobody];
  return listOf(clauses).map((clause) => ({ test: compileClause(clause), clause }));
}

/** The given list; what is no list counts as empty. */
export function listOf<T>(list: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

function compileClause(clause: Clause): ClauseTest {
  const negate = clause.negate === true;
  if (clause.op === "segmentMatch") return compileSegmentMatch(clause, negate);
  const kind = kindOf(clause);
  const reference = parseReference(clause.attribute, isOldStyle(clause.contextKind));
  if (!reference.isValid) {
    return () => {
      throw new MalformedFlag(`the clause's attribute "${clause.attribute}" cannot be read`);
    };
  }
  const fits = prepareTest(clause.op, listOf(clause.values));
  if (reference.components.length === 1 && reference.components[0] === "kind") {
    return ({ context }) => context.individuals.some((one) => fits(one.kind)) !== negate;
  }
  const read = readerOf(reference);
  return ({ context }) => {
    const individual = context.individual(kind);
    if (individual === undefined) return false;
    const value = read(individual);
    // "No such context, or null or absent value: no match, also when negated."
    if (value === undefined || value === null) return false;
    return anyFits(value, fits) !== negate;
  };
}

function compileSegmentMatch(clause: Clause, negate: boolean): ClauseTest {
  const keys = listOf(clause.values).filter((key) => typeof key === "string");
  return (run) => keys.some((key) => run.isInSegment(key, run)) !== negate;
}

function anyFits(value: Json, fits: Test): boolean {
  return Array.isArray(value) ? value.some(fits) : fits(value);
}

export function kindOf({ contextKind }: { readonly contextKind?: string | null }): string {
  return isOldStyle(contextKind) ? "user" : contextKind;
}

/** Data from before contexts had kinds names attributes literally. */
export function isOldStyle(kind: string | null | undefined): kind is null | undefined | "" {
  return kind === undefined || kind === null || kind === "";
}
