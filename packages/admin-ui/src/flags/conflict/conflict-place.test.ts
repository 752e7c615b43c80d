import { describe, expect, it } from "vitest";
import { placeOfPart } from "./conflict-place.ts";

const rules = [{ id: "r1", clauses: [], serve: { variationId: "v1" }, trackEvents: false }];

describe("where a part stands on the page of an environment", () => {
  it.each([
    ["production/fallthrough", "fallthrough"],
    ["production/offVariationId", "offVariationId"],
    ["production/rules/r1", "rules/r1"],
    ["production/rules/r1/clauses/c1", "rules/r1"],
    ["production/rules/order", "rules"],
    ["production/rules", "rules"],
    ["production/targets/user/ada", "targets"],
    ["production/expiringTargets/user/ada", "targets"],
    ["production/prerequisites/billing", "prerequisites"],
    ["production/on", "page"],
    ["staging/fallthrough", "page"],
    ["archived", "page"],
  ])("is for %s at %s", (name, place) => {
    expect(placeOfPart(name, "production", { rules })).toBe(place);
  });

  it("is the list of rules for a rule that is not there any more", () => {
    expect(placeOfPart("production/rules/gone/serve", "production", { rules })).toBe("rules");
  });
});
