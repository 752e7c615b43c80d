import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operatorInWords, operatorsFor } from "./operator.ts";
import {
  type Condition,
  conditionOf,
  tokensOf,
  withAttribute,
  withOperator,
  withSegment,
} from "./tokens.ts";

const condition: Condition = {
  contextKind: "user",
  attribute: "country",
  op: "in",
  negate: false,
  values: ["DE"],
};

describe("the tokens of a condition", () => {
  it("say it in reading order", () => {
    const types = tokensOf(condition, true).map((token) =>
      token.type === "words" ? token.words : token.type,
    );

    expect(types).toEqual(["if", "kind", "has", "attribute", "operator", "values"]);
  });

  it("say of a segment that one is in it", () => {
    const types = tokensOf(withSegment(condition), false).map((token) =>
      token.type === "words" ? token.words : token.type,
    );

    expect(types).toEqual(["and", "kind", "operator", "attribute", "values"]);
  });

  it("give the condition back, whatever it is", () => {
    const any = fc.record({
      contextKind: fc.string(),
      attribute: fc.string(),
      op: fc.constantFrom("in", "startsWith", "before", "segmentMatch", "of a later day"),
      negate: fc.boolean(),
      values: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
    });

    fc.assert(
      fc.property(any, fc.boolean(), (given, isFirst) => {
        expect(conditionOf(tokensOf(given, isFirst))).toEqual(given);
      }),
    );
  });
});

describe("changing a condition", () => {
  it("leaves values behind that were of another attribute", () => {
    expect(withAttribute(condition, "plan")).toEqual({
      ...condition,
      attribute: "plan",
      values: [],
    });
  });

  it("keeps values that the new operator compares as well", () => {
    expect(withOperator(condition, "startsWith", true).values).toEqual(["DE"]);
    expect(withOperator({ ...condition, values: [3] }, "lessThan", false).values).toEqual([3]);
  });

  it("leaves values behind that the new operator cannot compare", () => {
    expect(withOperator(condition, "lessThan", false).values).toEqual([]);
    expect(withOperator(condition, "before", false).values).toEqual([]);
  });

  it("turns from a segment to an attribute and back without taking keys for values", () => {
    const inSegment = { ...withSegment(condition), values: ["early-access"] };

    expect(inSegment.op).toBe("segmentMatch");
    expect(withAttribute(inSegment, "plan")).toMatchObject({ op: "in", values: [] });
  });
});

describe("operators", () => {
  it("say is for one value and is one of for several", () => {
    expect(operatorInWords({ op: "in", negate: false }, 1)).toBe("is");
    expect(operatorInWords({ op: "in", negate: false }, 2)).toBe("is one of");
    expect(operatorInWords({ op: "in", negate: true }, 3)).toBe("is none of");
  });

  it("offers first what fits the values that are seen", () => {
    expect(operatorsFor(["DE"], 1).map(({ label }) => label)[1]).toBe("Text");
    expect(operatorsFor([42], 1).map(({ label }) => label)[1]).toBe("Numbers");
  });
});
