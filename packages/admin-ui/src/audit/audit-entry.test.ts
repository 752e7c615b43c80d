import { describe, expect, it } from "vitest";
import { placeOf, revertComment, revertedBy, typedComment } from "./audit-entry.ts";

const id = "857fadc9-445e-4c28-b6e9-5c4b240a031e";

describe("what an entry is about", () => {
  it.each([
    [
      ["proj/shop:env/production:flag/checkout"],
      { project: "shop", environment: "production", flag: "checkout" },
    ],
    [
      ["proj/shop:env/a:flag/checkout", "proj/shop:env/b:flag/checkout"],
      { project: "shop", flag: "checkout" },
    ],
    [["proj/shop:env/a:segment/beta"], { project: "shop", environment: "a", segment: "beta" }],
    [["member/5500"], {}],
    [[], {}],
  ])("is read from %j", (resources, place) => {
    expect(placeOf({ target: { name: "", resources } })).toEqual(place);
  });
});

describe("the comment of an entry that takes another one back", () => {
  it.each(["", "It was too early"])("names it, beside what was typed: %j", (typed) => {
    const comment = revertComment(id, typed);

    expect(revertedBy({ comment })).toBe(id);
    expect(typedComment({ comment })).toBe(typed);
  });

  it("is not any other comment", () => {
    expect(revertedBy({ comment: "A revert of taste" })).toBeUndefined();
    expect(revertedBy({})).toBeUndefined();
  });
});
