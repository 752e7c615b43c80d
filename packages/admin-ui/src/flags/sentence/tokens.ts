import type { Json } from "@halyard/evaluation";
import type { RuleClause } from "@halyard/instructions";
import { comparedBy } from "./operator.ts";

/**
 * A condition as it is read, each part one that can be changed:
 *
 *     If the ⟨kind⟩ has ⟨attribute⟩ ⟨operator⟩ ⟨values⟩
 *     and the ⟨kind⟩ ⟨operator⟩ ⟨attribute: a segment⟩ ⟨values⟩
 *
 * The order of the tokens is the order of the sentence, and that of the tab key.
 */
export type Token =
  | { readonly type: "words"; readonly words: "if" | "and" | "has" }
  | { readonly type: "kind"; readonly kind: string }
  | { readonly type: "attribute"; readonly attribute: string; readonly isSegment: boolean }
  | { readonly type: "operator"; readonly op: string; readonly negate: boolean }
  | { readonly type: "values"; readonly values: readonly Json[] };

/** What of a clause a person chooses. */
export type Condition = Pick<RuleClause, "attribute" | "op" | "negate" | "values"> & {
  readonly contextKind?: string | undefined;
};

export function tokensOf(condition: Condition, isFirst: boolean): readonly Token[] {
  const { contextKind = "user", attribute, op, negate, values } = condition;
  const begin = [
    { type: "words", words: isFirst ? "if" : "and" },
    { type: "kind", kind: contextKind },
  ] as const;
  const isSegment = comparedBy(op) === "segment";
  const what = { type: "attribute", attribute, isSegment } as const;
  const how = { type: "operator", op, negate } as const;
  return [
    ...begin,
    ...(isSegment ? [how, what] : [{ type: "words", words: "has" } as const, what, how]),
    { type: "values", values },
  ];
}

/** The condition that the tokens say. */
export function conditionOf(tokens: readonly Token[]): Condition {
  const find = <T extends Token["type"]>(type: T) =>
    tokens.find((token): token is Extract<Token, { type: T }> => token.type === type);
  const operator = find("operator");
  return {
    contextKind: find("kind")?.kind ?? "user",
    attribute: find("attribute")?.attribute ?? "",
    op: operator?.op ?? "in",
    negate: operator?.negate ?? false,
    values: find("values")?.values ?? [],
  };
}

/** The condition about another attribute: values that were of the old one are left behind. */
export function withAttribute(condition: Condition, attribute: string): Condition {
  const { contextKind, op, negate, values } = condition;
  const isSegment = comparedBy(op) === "segment";
  if (!isSegment && attribute === condition.attribute) return condition;
  return {
    contextKind,
    attribute,
    op: isSegment ? "in" : op,
    negate,
    values: isSegment || condition.attribute !== "" ? [] : values,
  };
}

/** The condition about being in a segment. */
export function withSegment(condition: Condition): Condition {
  if (comparedBy(condition.op) === "segment") return condition;
  const { contextKind, negate } = condition;
  return { contextKind, attribute: "", op: "segmentMatch", negate, values: [] };
}

/** The condition compared otherwise; values that the new operator cannot compare are left behind. */
export function withOperator(condition: Condition, op: string, negate: boolean): Condition {
  const [before, after] = [comparedBy(condition.op), comparedBy(op)];
  const keeps =
    before === after || after === "any" || (before === "any" && isOf(after, condition.values));
  return { ...condition, op, negate, values: keeps ? condition.values : [] };
}

function isOf(compared: ReturnType<typeof comparedBy>, values: readonly Json[]): boolean {
  if (compared === "text" || compared === "version")
    return values.every((value) => typeof value === "string");
  return compared === "number" && values.every((value) => typeof value === "number");
}
