import { describe, expect, it } from "vitest";
import { touches } from "./touched.ts";

const ofFlag = touches(["proj/web-shop:env/production:flag/checkout"]);

describe("a change of a flag", () => {
  it.each([
    "/api/v2/flags/web-shop?limit=50",
    "/api/v2/flags/web-shop/checkout",
    "/api/v2/flag-statuses/web-shop/production?flags=checkout",
    "/api/v2/segments/web-shop/production/beta",
    "/api/v2/projects/web-shop/cleanup",
    "/api/v2/tags?kind=flag",
    "/api/v2/approval-requests?limit=10000",
    "/api/v2/auditlog",
  ])("may be seen in %s", (path) => {
    expect(ofFlag(path)).toBe(true);
  });

  it.each([
    "/api/v2/caller-identity",
    "/api/session",
    "/api/v2/members?limit=10000",
    "/api/v2/projects?limit=10000",
    "/api/v2/projects/web-shop/environments?limit=10000",
    "/api/v2/projects/web-shop/flag-evaluations?flags=checkout",
    "/api/v2/flags/other?limit=50",
    "/api/v2/projects/other/cleanup",
  ])("is not seen in %s", (path) => {
    expect(ofFlag(path)).toBe(false);
  });
});

describe("a change of something else", () => {
  it("may be seen everywhere", () => {
    const ofProject = touches(["proj/web-shop", "proj/web-shop:env/production:flag/checkout"]);

    expect(ofProject("/api/v2/projects/web-shop/environments?limit=10000")).toBe(true);
    expect(touches([])("/api/v2/caller-identity")).toBe(true);
  });
});
