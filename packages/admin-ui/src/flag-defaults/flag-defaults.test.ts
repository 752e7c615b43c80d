import { describe, expect, it } from "vitest";
import {
  defaultsPatch,
  exampleKey,
  type FlagDefaults,
  keyForms,
  namingPatch,
} from "./flag-defaults.ts";

const defaults: FlagDefaults = {
  tags: ["shop"],
  temporary: true,
  defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
  booleanDefaults: {
    trueDisplayName: "",
    falseDisplayName: "",
    trueDescription: "",
    falseDescription: "",
    onVariation: 0,
    offVariation: 1,
  },
};

describe("the patch of flag defaults", () => {
  it("is empty where nothing was changed", () => {
    expect(defaultsPatch(defaults, { ...defaults, tags: ["shop"] })).toEqual([]);
  });

  it("has what was changed alone", () => {
    expect(defaultsPatch(defaults, { ...defaults, temporary: false })).toEqual([
      { op: "replace", path: "/temporary", value: false },
    ]);
  });
});

describe("the patch of a naming convention", () => {
  it.each([
    [undefined, {}, []],
    [undefined, { prefix: "" }, []],
    [{ case: "kebabCase" }, { case: "kebabCase" }, []],
    [
      undefined,
      { prefix: "web-" },
      [{ op: "add", path: "/namingConvention", value: { prefix: "web-" } }],
    ],
    [
      { prefix: "web-" },
      { case: "snakeCase", prefix: "web_" },
      [{ op: "add", path: "/namingConvention", value: { case: "snakeCase", prefix: "web_" } }],
    ],
    [{ case: "kebabCase" }, {}, [{ op: "remove", path: "/namingConvention" }]],
  ] as const)("from %j to %j is %j", (before, after, patch) => {
    expect(namingPatch(before, after)).toEqual(patch);
  });
});

it("shows a key in each form, behind its prefix", () => {
  const keys = keyForms.map((form) => exampleKey({ case: form, prefix: "x-" }));

  expect(new Set(keys).size).toBe(keyForms.length);
  expect(keys).toContain("x-dark_mode");
});
