import { describe, expect, it } from "vitest";
import {
  bodyOf,
  codeOf,
  commandOf,
  type FlagKind,
  type NewFlag,
  problemOfKey,
  problemsOf,
} from "./new-flag.ts";

const typed = (...values: readonly string[]) =>
  values.map((value, id) => ({ id, value, name: "" }));
const flag: NewFlag = {
  name: "Ada's checkout",
  key: "checkout",
  kind: "string",
  variations: typed("old", "new"),
  on: 1,
  off: 0,
  isTemporary: true,
  isMigration: false,
  description: "",
  tags: [],
  maintainerId: "",
  forBrowsers: false,
  forMobiles: true,
};

describe("a new flag", () => {
  it.each<[FlagKind, string[], unknown]>([
    ["string", ["old", "new"], [undefined, undefined]],
    ["string", ["old", "old"], [undefined, "same"]],
    ["string", ["", "new"], ["empty", undefined]],
    ["number", ["1", "x"], [undefined, "number"]],
    ["number", ["1", "1.0"], [undefined, "same"]],
    ["json", ['{"a":1}', "{a:1}"], [undefined, "json"]],
  ])("as %s, what is wrong with %j is %j", (kind, values, expected) => {
    expect(problemsOf(kind, typed(...values))).toEqual(expected);
  });

  it.each([
    ["checkout", undefined],
    ["check out", "form"],
    ["-checkout", "form"],
    ["c".repeat(257), "long"],
  ])("says of the key %s: %s", (key, problem) => {
    expect(problemOfKey(key)).toBe(problem);
  });

  it("is sent with its values as what they are", () => {
    const variations = [{ id: 0, value: "20", name: "few" }, ...typed("50")];

    expect(bodyOf({ ...flag, kind: "number", variations })).toEqual({
      name: "Ada's checkout",
      key: "checkout",
      temporary: true,
      clientSideAvailability: { usingEnvironmentId: false, usingMobileKey: true },
      variations: [{ value: 20, name: "few" }, { value: 50 }],
      defaults: { onVariation: 1, offVariation: 0 },
    });
  });

  it("is asked for in code with what off gives", () => {
    expect(codeOf(flag)).toBe('flags.variation("checkout", context, "old")');
  });

  it("is made by a command that a shell reads as it stands", () => {
    expect(commandOf(flag)).toBe(
      `halyard flags create checkout --name 'Ada'\\''s checkout' --variations old,new`,
    );
  });
});
