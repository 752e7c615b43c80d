import { describe, expect, it } from "vitest";
import { editOf, typedOf } from "./edited-variation.ts";

const before = { _id: "v1", value: { max: 3 }, name: "small" };
const typed = typedOf(before, "json");

describe("an edited variation", () => {
  it("is no change where nothing was typed", () => {
    expect(editOf({ before, typed, value: { max: 3 } })).toBeUndefined();
  });

  it("sends what was changed alone, and takes just that back", () => {
    expect(editOf({ before, typed: { ...typed, name: "tiny" }, value: { max: 3 } })).toMatchObject({
      instructions: [{ kind: "updateVariation", variationId: "v1", name: "tiny" }],
      undo: [{ kind: "updateVariation", variationId: "v1", name: "small" }],
    });
    const edit = editOf({ before, typed, value: { max: 4 } });
    expect(edit?.instructions).toEqual([
      { kind: "updateVariation", variationId: "v1", value: { max: 4 } },
    ]);
    expect(edit?.undo).toEqual([{ kind: "updateVariation", variationId: "v1", value: { max: 3 } }]);
  });

  it("loses what was added when that is taken back", () => {
    const described = { ...typed, description: "For tests." };
    expect(editOf({ before, typed: described, value: { max: 3 } })?.undo).toEqual([
      { kind: "updateVariation", variationId: "v1", description: "" },
    ]);
  });

  it("is an addition where there was none, removed by its own id", () => {
    const edit = editOf({
      before: undefined,
      typed: { name: "big", text: "9", description: "" },
      value: 9,
    });

    const [added] = edit?.instructions ?? [];
    expect(added).toMatchObject({ kind: "addVariation", value: 9, name: "big" });
    const id = added !== undefined && "_id" in added ? added._id : undefined;
    expect(edit?.undo).toEqual([{ kind: "removeVariation", variationId: id }]);
  });
});
