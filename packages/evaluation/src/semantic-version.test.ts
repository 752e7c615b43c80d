import { describe, expect, it } from "vitest";
import { compareVersions, parseSemanticVersion } from "./semantic-version.ts";

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

  it.each(["v1", "01.2.3", "1.2.3.4", "1.0.0-01", "1.0.0-", "", "1.0.0-a..b", 2, null])(
    "refuse %j",
    (text) => {
      expect(parseSemanticVersion(text)).toBeUndefined();
    },
  );
});
