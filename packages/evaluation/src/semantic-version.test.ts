import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions, parseSemanticVersion, plainVersionNumber } from "./semantic-version.ts";

/** Each comes before the next. */
const ordered = [
  "1.0.0-1",
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-beta",
  "1",
  "1.0.1",
  "1.2",
  "2-rc.1",
  "2.0.0+build",
  "10",
];

describe("semantic versions", () => {
  it("come in the order of SemVer 2.0, with minor and patch optional", () => {
    const parsed = ordered.map(parseSemanticVersion).filter((version) => version !== undefined);

    expect(parsed).toHaveLength(ordered.length);
    expect(parsed.toReversed().toSorted(compareVersions)).toEqual(parsed);
  });

  it.each([
    "v1",
    "01.2.3",
    "1.2.3.4",
    "1.0.0-01",
    "1.0.0-",
    "",
    "1.0.0-a..b",
    2,
    null,
    "9007199254740992.0.0",
    `1.0.0-${"a".repeat(251)}`,
  ])("refuse %j", (text) => {
    expect(parseSemanticVersion(text)).toBeUndefined();
  });
});

const part = fc.oneof(fc.nat(20), fc.nat(10_000_000));

it("orders plain versions as their numbers, and leaves all others to the parser", () => {
  const text = fc.tuple(part, part, part).map((parts) => parts.join("."));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [parseSemanticVersion(a), parseSemanticVersion(b)];
      const order = plainVersionNumber(a) - plainVersionNumber(b);
      if (left === undefined || right === undefined) throw new Error("both are versions");
      if (!Number.isNaN(order)) {
        expect(Math.sign(order)).toBe(Math.sign(compareVersions(left, right)));
      }
    }),
  );
  for (const odd of ["", ".", "1", "1.2", "01.2.3", "1.2.3-a", "1..3", "1.2.3.", "1.2.3.4", "x", 4])
    expect(plainVersionNumber(odd)).toBeNaN();
});
