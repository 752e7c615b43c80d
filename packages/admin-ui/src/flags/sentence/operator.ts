import type { Json } from "@halyard/evaluation";
import { t } from "./text.ts";

/** What an operator compares: it decides how values are chosen. */
export type Compared = "any" | "text" | "number" | "date" | "version" | "pattern" | "segment";

const compared = {
  in: "any",
  startsWith: "text",
  endsWith: "text",
  contains: "text",
  matches: "pattern",
  lessThan: "number",
  lessThanOrEqual: "number",
  greaterThan: "number",
  greaterThanOrEqual: "number",
  before: "date",
  after: "date",
  semVerEqual: "version",
  semVerLessThan: "version",
  semVerGreaterThan: "version",
  segmentMatch: "segment",
} as const satisfies Readonly<Record<string, Compared>>;

type KnownOperator = keyof typeof compared;

function isKnownOperator(op: string): op is KnownOperator {
  return Object.hasOwn(compared, op);
}

/** An operator that is not known, of data of later origin, compares anything. */
export function comparedBy(op: string): Compared {
  return isKnownOperator(op) ? compared[op] : "any";
}

export interface OperatorSense {
  readonly op: string;
  readonly negate: boolean;
}

/** An operator with its sense in words; `is` for one value where `is one of` is for several. */
export function operatorInWords({ op, negate }: OperatorSense, valueCount: number): string {
  if (!isKnownOperator(op)) return negate ? `not ${op}` : op;
  if (op === "in" && valueCount <= 1) return t(negate ? "operator.in.notOne" : "operator.in.one");
  return t(negate ? `operator.${op}.not` : `operator.${op}`);
}

export interface OperatorGroup {
  readonly label: string;
  readonly choices: readonly (OperatorSense & { readonly label: string })[];
}

const groups = [
  { label: t("operators.any"), types: ["any"] },
  { label: t("operators.text"), types: ["text", "pattern"] },
  { label: t("operators.number"), types: ["number"] },
  { label: t("operators.date"), types: ["date"] },
  { label: t("operators.version"), types: ["version"] },
] as const satisfies readonly { label: string; types: readonly Compared[] }[];

type Seen = "string" | "number" | "boolean";

const firstFor: Readonly<Record<Seen, readonly Compared[]>> = {
  string: ["any", "text"],
  number: ["any", "number"],
  boolean: ["any"],
};

/** What can be asked of an attribute, that first which fits the values that are seen of it. */
export function operatorsFor(
  samples: readonly Json[],
  valueCount: number,
): readonly OperatorGroup[] {
  const seen = samples.map((value) => typeof value).find(isSeen) ?? "string";
  const fits = ({ types }: { readonly types: readonly Compared[] }) =>
    types.some((type) => firstFor[seen].includes(type));
  return groups
    .toSorted((a, b) => Number(fits(b)) - Number(fits(a)))
    .map(({ label, types }) => ({ label, choices: choicesOf(types, valueCount) }));
}

/** Of a segment there is being in it and not. */
export function segmentOperators(): readonly OperatorGroup[] {
  return [{ label: t("operators.segment"), choices: choicesOf(["segment"], 1) }];
}

function choicesOf(types: readonly Compared[], valueCount: number) {
  return Object.entries(compared)
    .filter(([, type]) => types.includes(type))
    .flatMap(([op]) =>
      [false, true].map((negate) => ({
        op,
        negate,
        label: operatorInWords({ op, negate }, valueCount),
      })),
    );
}

function isSeen(type: string): type is Seen {
  return type === "string" || type === "number" || type === "boolean";
}
