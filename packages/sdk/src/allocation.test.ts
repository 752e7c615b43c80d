import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";

describe("a simple evaluation", () => {
  it("makes no garbage, counted as it is", () => {
    // A young generation that holds all of it, so that nothing is collected while bytes are counted.
    const flags = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];
    const script = path.join(import.meta.dirname, "../test/evaluate-many.ts");

    const output = execFileSync(process.execPath, [...flags, script], { encoding: "utf8" });

    const { calls, bytes, bytesOfOneNumberEach } = JSON.parse(output) as Record<string, number>;
    expect(calls).toBe(1_000_000);
    // The ruler itself: a call that makes one small object is seen, and by far.
    expect(bytesOfOneNumberEach).toBeGreaterThan(8_000_000);
    expect(bytes).toBeLessThan(100_000);
  });
});
