import {
  type AttributeReference,
  memberNameOf,
  parseReference,
  valueAt,
} from "./attribute-reference.ts";
import type { Clause, Json } from "./model.ts";
import { prepareTest, type Test } from "./operators.ts";
import { MalformedFlag, type Run } from "./run.ts";

/**
 * A clause made ready. Of classes rather than closures: a thousand flags have thousands of clauses,
 * and what is asked of each lies in one object instead of four.
 */
export interface CompiledClause {
  readonly clause: Clause;
  matches(run: Run): boolean;
}

const holdsForNobody: CompiledClause = { clause: { op: "" }, matches: () => false };

/** An empty list holds for everyone; where there is no list, the rule holds for nobody. */
export function compileClauses(clauses: readonly Clause[] | null | undefined): CompiledClause[] {
  if (clauses === undefined || clauses === null) return [holdsForNobody];
  return listOf(clauses).map(compileClause);
}

/** The given list; what is no list counts as empty. */
export function listOf<T>(list: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

function compileClause(clause: Clause): CompiledClause {
  if (clause.op === "segmentMatch") return new SegmentClause(clause);
  const reference = parseReference(clause.attribute, isOldStyle(clause.contextKind));
  if (!reference.isValid) return new UnreadableClause(clause);
  const test = prepareTest(clause.op, listOf(clause.values));
  const isOfKinds = reference.components.length === 1 && reference.components[0] === "kind";
  return isOfKinds ? new KindClause(clause, test) : new AttributeClause(clause, reference, test);
}

class AttributeClause implements CompiledClause {
  readonly clause: Clause;
  readonly #kind: string;
  readonly #reference: AttributeReference;
  /** Undefined where it takes more than a name to read the attribute. */
  readonly #memberName: string | undefined;
  readonly #test: Test;
  readonly #negate: boolean;

  constructor(clause: Clause, reference: AttributeReference, test: Test) {
    this.clause = clause;
    this.#kind = kindOf(clause);
    this.#reference = reference;
    this.#memberName = memberNameOf(reference);
    this.#test = test;
    this.#negate = clause.negate === true;
  }

  matches({ context }: Run): boolean {
    const individual = context.individual(this.#kind);
    if (individual === undefined) return false;
    const name = this.#memberName;
    const value =
      name === undefined ? valueAt(individual, this.#reference) : individual.member(name);
    // "No such context, or null or absent value: no match, also when negated."
    if (value === undefined || value === null) return false;
    return anyFits(value, this.#test) !== this.#negate;
  }
}

class KindClause implements CompiledClause {
  readonly clause: Clause;
  readonly #test: Test;

  constructor(clause: Clause, test: Test) {
    this.clause = clause;
    this.#test = test;
  }

  matches({ context }: Run): boolean {
    return context.kinds.some((kind) => this.#test.fits(kind)) !== (this.clause.negate === true);
  }
}

class SegmentClause implements CompiledClause {
  readonly clause: Clause;
  readonly #keys: readonly string[];

  constructor(clause: Clause) {
    this.clause = clause;
    this.#keys = listOf(clause.values).filter((key) => typeof key === "string");
  }

  matches(run: Run): boolean {
    return this.#keys.some((key) => run.isInSegment(key, run)) !== (this.clause.negate === true);
  }
}

class UnreadableClause implements CompiledClause {
  readonly clause: Clause;

  constructor(clause: Clause) {
    this.clause = clause;
  }

  matches(): boolean {
    throw new MalformedFlag(`the clause's attribute "${this.clause.attribute}" cannot be read`);
  }
}

function anyFits(value: Json, test: Test): boolean {
  return Array.isArray(value) ? value.some((one: Json) => test.fits(one)) : test.fits(value);
}

export function kindOf({ contextKind }: { readonly contextKind?: string | null }): string {
  return isOldStyle(contextKind) ? "user" : contextKind;
}

/** Data from before contexts had kinds names attributes literally. */
export function isOldStyle(kind: string | null | undefined): kind is null | undefined | "" {
  return kind === undefined || kind === null || kind === "";
}
