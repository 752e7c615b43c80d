import { describe, expect, it } from "vitest";
import { type EnvironmentSettings, formOf, newEnvironmentOf, patchOf } from "./environment.ts";

const production: EnvironmentSettings = {
  key: "production",
  name: "Production",
  color: "#417505",
  defaultTtl: 0,
  secureMode: false,
  defaultTrackEvents: false,
  requireComments: false,
  confirmChanges: false,
  critical: true,
  tags: ["eu"],
  approvalSettings: { required: true, minNumApprovals: 2, canReviewOwnRequest: false },
};

describe("the form of an environment", () => {
  it("asks for nothing where nothing was changed", () => {
    expect(patchOf(formOf(production), formOf(production))).toEqual([]);
  });

  it("asks for what was changed alone, approval in its own place", () => {
    const before = formOf(production);
    const after = { ...before, requireComments: true, minNumApprovals: 3, tags: ["eu", "live"] };

    expect(patchOf(before, after)).toEqual([
      { op: "replace", path: "/requireComments", value: true },
      { op: "replace", path: "/tags", value: ["eu", "live"] },
      { op: "replace", path: "/approvalSettings/minNumApprovals", value: 3 },
    ]);
  });

  it("makes an environment that begins with another one's flags", () => {
    const body = newEnvironmentOf(
      { ...formOf(production), name: "Staging" },
      "staging",
      "production",
    );

    expect(body).toMatchObject({ key: "staging", name: "Staging", source: { key: "production" } });
    expect(body).not.toHaveProperty("isApprovalRequired");
  });
});
