import { z } from "zod";
import { DomainError } from "../errors.ts";
import { unknownName } from "./unknown-name.ts";

const operators = [
  "equals",
  "notEquals",
  "anyOf",
  "contains",
  "startsWith",
  "endsWith",
  "exists",
  "before",
  "after",
] as const;
type Operator = (typeof operators)[number];
type Operand = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** One thing that a filter of contexts asks for. */
export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  readonly operand: Operand;
}

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Operands = z.union([Scalar, z.array(Scalar)]);
/** A field, an operator, and a value: JSON in quotes or brackets, else what comes before a comma. */
const shape =
  /\s*([^\s,]+)\s+([^\s,]+)\s+("(?:[^"\\]|\\.)*"|\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]|[^,]*)\s*(?:,|$)/uy;

/**
 * Reads `kind equals "user",*.name startsWith "Ad"`, the language in which contexts are filtered.
 * Commas join conditions, all of which have to fit. `isField` says which names are known.
 */
export function parseConditions(
  filter: string | undefined,
  fields: { readonly known: readonly string[]; readonly isField?: (name: string) => boolean },
): readonly Condition[] {
  const found: Condition[] = [];
  const text = (filter ?? "").trim();
  for (let at = 0; at < text.length; ) {
    shape.lastIndex = at;
    const match = shape.exec(text);
    if (match === null) throw unreadable(text.slice(at));
    const [all, field = "", operator = "", value = ""] = match;
    found.push(conditionOf({ field, operator, value }, fields));
    at += all.length;
  }
  return found;
}

function conditionOf(
  { field, operator, value }: { field: string; operator: string; value: string },
  { known, isField = () => false }: Parameters<typeof parseConditions>[1],
): Condition {
  if (!known.includes(field) && !isField(field)) throw unknownName("filter", field, known);
  const named = operators.find((one) => one === operator);
  if (named === undefined) throw unknownName(`filter: ${field}`, operator, operators);
  const operand = Operands.safeParse(jsonOf(value.trim()));
  if (value.trim() === "" || !operand.success) throw unreadable(`${field} ${operator} ${value}`);
  return { field, operator: named, operand: operand.data };
}

/** Whether what a thing has under a field fits; a thing that has nothing there fits no comparison. */
export function fitsCondition(
  { operator, operand }: Pick<Condition, "operator" | "operand">,
  values: readonly unknown[],
): boolean {
  if (operator === "exists")
    return values.length > 0 === (operand !== false && operand !== "false");
  if (values.length === 0) return false;
  return comparisons[operator](values, operand);
}

const comparisons: Readonly<
  Record<Exclude<Operator, "exists">, (values: readonly unknown[], operand: Operand) => boolean>
> = {
  equals: isEqual,
  notEquals: (values, operand) => !isEqual(values, operand),
  anyOf: (values, operand) => values.some((value) => holds([operand].flat(), value)),
  contains: (values, operand) =>
    [operand]
      .flat()
      .every(
        (wanted) =>
          holds(values.flat(), wanted) ||
          values.some((value) => typeof value === "string" && value.includes(String(wanted))),
      ),
  startsWith: (values, operand) =>
    values.some((value) => typeof value === "string" && value.startsWith(String(operand))),
  endsWith: (values, operand) =>
    values.some((value) => typeof value === "string" && value.endsWith(String(operand))),
  before: (values, operand) => values.some((value) => timeOf(value) < timeOf(operand)),
  after: (values, operand) => values.some((value) => timeOf(value) > timeOf(operand)),
};

/** A list is equal to the same members in any order, everything else to what it is written like. */
function isEqual(values: readonly unknown[], operand: Operand): boolean {
  if (!Array.isArray(operand)) return holds(values, operand);
  const all = values.flat();
  return operand.every((one) => holds(all, one)) && all.every((one) => holds(operand, one));
}

function holds(values: readonly unknown[], wanted: unknown): boolean {
  return values.some((value) => value === wanted || String(value) === String(wanted));
}

/** Unix milliseconds of a number or a date as text; what is neither is at no time. */
function timeOf(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value; // A word without quotes stands for itself.
  }
}

function unreadable(text: string): DomainError {
  return new DomainError(
    "invalid_request",
    `filter: "${text}" cannot be read; write FIELD OPERATOR VALUE, such as key equals "ada", with the operators ${operators.join(", ")}`,
  );
}
