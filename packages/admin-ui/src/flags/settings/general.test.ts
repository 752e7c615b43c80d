import { describe, expect, it } from "vitest";
import { generalInstructions, isSameGeneral } from "./general.ts";

const before = { name: "Checkout", description: "", tags: ["beta", "payments"] };

describe("the instructions of what people know a flag by", () => {
  it("are none where nothing differs but the order of tags", () => {
    const after = { ...before, tags: ["payments", "beta"] };

    expect(generalInstructions(before, after)).toEqual([]);
    expect(isSameGeneral(before, after)).toBe(true);
  });

  it("say what differs alone, and lead back the other way round", () => {
    const after = { name: "Pay", description: "Paying.", tags: ["payments", "autumn"] };

    expect(generalInstructions(before, after)).toEqual([
      { kind: "updateName", value: "Pay" },
      { kind: "updateDescription", value: "Paying." },
      { kind: "removeTags", values: ["beta"] },
      { kind: "addTags", values: ["autumn"] },
    ]);
    expect(generalInstructions(after, before)).toEqual([
      { kind: "updateName", value: "Checkout" },
      { kind: "updateDescription", value: "" },
      { kind: "removeTags", values: ["autumn"] },
      { kind: "addTags", values: ["beta"] },
    ]);
    expect(isSameGeneral(before, after)).toBe(false);
  });
});
