import { describe, expect, it } from "vitest";
import {
  addressFrom,
  countOf,
  namingsIn,
  type Repository,
  shortRevision,
} from "./code-reference.ts";

const repository: Repository = {
  name: "shop",
  enabled: true,
  defaultBranch: "main",
  sourceLink: "",
  commitUrlTemplate: "",
  hunkUrlTemplate: "",
  branches: [
    {
      name: "main",
      head: "c0ffee",
      syncTime: 0,
      references: [
        { path: "a.ts", hunks: [{ startingLineNumber: 3 }, { startingLineNumber: 9 }] },
        { path: "b.ts", hunks: [{ startingLineNumber: 1 }] },
      ],
    },
    { name: "topic", head: "c0ffef", syncTime: 0, references: [{ path: "c.ts", hunks: [] }] },
  ],
};

describe("what names a flag", () => {
  it("is what the default branch has, where the repository is looked at", () => {
    const namings = namingsIn([
      repository,
      { ...repository, name: "off", enabled: false },
      { ...repository, name: "other", defaultBranch: "trunk" },
    ]);

    expect(namings.map((one) => [one.repository.name, one.branch.name])).toEqual([
      ["shop", "main"],
    ]);
    expect(countOf(namings)).toBe(3);
  });
});

describe("an address", () => {
  const template = [
    "https://git.example.com/blob/$",
    "{sha}/$",
    "{filePath}#L$",
    "{lineNumber}",
  ].join("");

  it("has its holes filled", () => {
    const values = { sha: "c0ffee", filePath: "src/a b.ts", lineNumber: 3 };

    expect(addressFrom(template, values)).toBe(
      "https://git.example.com/blob/c0ffee/src/a%20b.ts#L3",
    );
  });

  it("is none without a template, and none that is no web page", () => {
    expect(addressFrom("", {})).toBeUndefined();
    expect(addressFrom("javascript:alert(1)", {})).toBeUndefined();
  });
});

describe("a revision", () => {
  it("is short where it is a hash", () => {
    expect(shortRevision("0123456789abcdef0123456789abcdef01234567")).toBe("01234567");
    expect(shortRevision("release-12")).toBe("release-12");
  });
});
