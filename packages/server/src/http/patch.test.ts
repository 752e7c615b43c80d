import { describe, expect, it } from "vitest";
import { applyToRepresentation, changedMembers, parsePatch } from "./patch.ts";

const semantic = "application/json; domain-model=launchdarkly.semanticpatch";

describe("the body of a PATCH", () => {
  it.each([
    [{ instructions: [{ kind: "turnFlagOn" }] }, undefined, "semantic"],
    [{ instructions: [{ kind: "turnFlagOn" }] }, semantic, "semantic"],
    [[{ op: "remove", path: "/a" }], undefined, "json"],
    [{ comment: "why", patch: [{ op: "remove", path: "/a" }] }, undefined, "json"],
    [{ name: "x" }, undefined, "merge"],
    [{ comment: "why", merge: { name: "x" } }, undefined, "merge"],
  ])("%j is told by its shape", (body, contentType, kind) => {
    expect(parsePatch(body, contentType).kind).toBe(kind);
  });

  it("takes a member that is called merge for one like any other", () => {
    const body = { merge: {}, name: "x" };

    expect(parsePatch(body)).toMatchObject({ kind: "merge", merge: body });
  });

  it.each([
    [null, /the body is no patch/u],
    ["text", /the body is no patch/u],
    [{ instructions: [] }, /give at least one instruction/u],
    [{ instructions: "turnFlagOn" }, /instructions/u],
    [[], /give at least one operation/u],
    [[{ op: "rename", path: "/a" }], /patch\/0\/op/u],
    [[{ op: "add", path: "a", value: 1 }], /a path begins with \//u],
    [[{ op: "add", path: "/a" }], /patch\/0\/value/u],
  ])("%j is refused with the reason", (body, words) => {
    expect(() => parsePatch(body)).toThrow(words);
  });

  it("is read as instructions where the content type says that it is", () => {
    expect(() => parsePatch({ name: "x" }, semantic)).toThrow(/instructions/u);
  });
});

const before = { name: "a", tags: ["x", "y"], inner: { on: true }, "a/b": 1 };

function afterJson(...patch: object[]): unknown {
  return applyToRepresentation(before, parsePatch(patch) as { kind: "json"; patch: [] });
}

describe("a JSON Patch", () => {
  it.each([
    [{ op: "replace", path: "/name", value: "b" }, { name: "b" }],
    [{ op: "add", path: "/tags/-", value: "z" }, { tags: ["x", "y", "z"] }],
    [{ op: "add", path: "/tags/0", value: "z" }, { tags: ["z", "x", "y"] }],
    [{ op: "remove", path: "/tags/0" }, { tags: ["y"] }],
    [{ op: "move", from: "/tags/0", path: "/tags/1" }, { tags: ["y", "x"] }],
    [{ op: "copy", from: "/name", path: "/title" }, { title: "a" }],
    [{ op: "replace", path: "/a~1b", value: 2 }, { "a/b": 2 }],
    [{ op: "replace", path: "/inner/on", value: false }, { inner: { on: false } }],
  ])("%j", (operation, change) => {
    expect(afterJson(operation)).toEqual({ ...before, ...change });
  });

  it("leaves the representation it is given as it is", () => {
    afterJson({ op: "remove", path: "/tags/0" });

    expect(before.tags).toEqual(["x", "y"]);
  });

  it("fails as an optimistic lock where a test finds another value", () => {
    const wrong = () =>
      afterJson(
        { op: "test", path: "/name", value: "a" },
        { op: "test", path: "/tags", value: ["x"] },
      );

    expect(wrong).toThrow(
      expect.objectContaining({
        code: "optimistic_locking_error",
        message: expect.stringMatching(/^operation 1 \(test\) on \/tags/u),
      }),
    );
  });

  it.each([
    [{ op: "remove", path: "/nothing" }, /operation 0 \(remove\) on \/nothing/u],
    [{ op: "replace", path: "/no/where", value: 1 }, /no such member/u],
    [{ op: "add", path: "/a~1b/1", value: 1 }, /no such member/u],
    [{ op: "replace", path: "/name/0", value: "b" }, /no such member/u],
    [{ op: "replace", path: "/tags/-", value: 1 }, /"-" is no place in a list of 2/u],
    [{ op: "add", path: "/tags/x", value: 1 }, /"x" is no place/u],
    [{ op: "remove", path: "/tags/01" }, /"01" is no place/u],
    [{ op: "add", path: "/tags/9", value: 1 }, /"9" is no place/u],
    [{ op: "replace", path: "", value: 1 }, /name a member/u],
    [{ op: "add", path: "/inner/constructor/on", value: 1 }, /cannot reach into "constructor"/u],
  ])("%j is refused with its place", (operation, words) => {
    expect(() => afterJson(operation)).toThrow(words);
  });
});

it("merges objects, puts everything else in its place, and takes away by null", () => {
  const body = { name: null, tags: ["z"], inner: { off: 1 } };
  const patch = parsePatch(body) as { kind: "merge"; merge: Record<string, never> };

  expect(applyToRepresentation(before, patch)).toEqual({
    tags: ["z"],
    inner: { on: true, off: 1 },
    "a/b": 1,
  });
});

it("names the members that a patch has changed", () => {
  const after = { ...before, name: "b", more: 1, tags: ["x", "y"] };

  expect(changedMembers(before, after)).toEqual(["name", "more"]);
});
