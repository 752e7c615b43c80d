import { describe, expect, it } from "vitest";
import { reasonInWords } from "./reason-words.ts";

describe("the words of a reason", () => {
  it.each([
    [{ kind: "OFF" }, "flag is off"],
    [{ kind: "FALLTHROUGH" }, "no rule matched: everyone else"],
    [{ kind: "TARGET_MATCH" }, "targeted individually"],
    [{ kind: "RULE_MATCH", ruleIndex: 1 }, "rule 2 matched"],
    [{ kind: "PREREQUISITE_FAILED", prerequisiteKey: "billing" }, "requires billing: not met"],
    [{ kind: "ERROR", errorKind: "FLAG_NOT_FOUND" }, "the SDK does not know the flag"],
    [{ kind: "ERROR", errorKind: "EXCEPTION" }, "error: EXCEPTION"],
    [undefined, ""],
  ])("of %j", (reason, words) => {
    expect(reasonInWords(reason)).toBe(words);
  });
});
