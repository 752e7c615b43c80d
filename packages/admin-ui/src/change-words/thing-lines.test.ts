import { describe, expect, it } from "vitest";
import { thingLines } from "./thing-lines.ts";

describe("thingLines", () => {
  it("names each value by its path", () => {
    expect(thingLines({ keys: [{ name: "partner", isOn: true }] })).toEqual([
      "keys.0.name: partner",
      "keys.0.isOn: true",
    ]);
  });

  it("says dates as people do", () => {
    expect(thingLines({ expiresAt: Date.UTC(2026, 10, 25, 12) })[0]).toMatch(
      /^expiresAt: Nov 25, 2026/u,
    );
  });

  it("leaves other numbers as they are", () => {
    expect(thingLines({ version: 1_796_370_020_155 })).toEqual(["version: 1796370020155"]);
  });
});
