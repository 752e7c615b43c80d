import { describe, expect, it } from "vitest";
import {
  bodyOf,
  type ContextKind,
  formOf,
  inOrder,
  offeredKinds,
  problemOfKey,
} from "./context-kind.ts";

const kind = (key: string, change: Partial<ContextKind> = {}): ContextKind => ({
  key,
  name: key,
  description: "",
  version: 3,
  createdFrom: "manual",
  hideInTargeting: false,
  archived: false,
  ...change,
});

describe("the form of a kind", () => {
  it("sends what it shows, for the version that it was opened with", () => {
    const hidden = kind("org", { hideInTargeting: true, description: "Pays" });

    expect(bodyOf(formOf(hidden), hidden)).toEqual({
      name: "org",
      description: "Pays",
      hideInTargeting: true,
      version: 3,
    });
  });

  it.each([
    ["device", undefined],
    ["", "wrong"],
    ["multi", "wrong"],
    ["a b", "wrong"],
    ["org", "taken"],
  ])("takes the key %j: %s", (key, problem) => {
    expect(problemOfKey(key, [kind("org")])).toBe(problem);
  });
});

it("puts archived kinds last", () => {
  const kinds = [kind("old", { archived: true }), kind("user"), kind("org")];

  expect(inOrder(kinds).map(({ key }) => key)).toEqual(["user", "org", "old"]);
});

it("offers what was seen and what people made, but for what they hid", () => {
  const known = [
    kind("user"),
    kind("device"),
    kind("session", { hideInTargeting: true }),
    kind("old", { archived: true }),
  ];

  expect(offeredKinds(["session", "user", "old", "org"], known)).toEqual(["user", "org", "device"]);
});
