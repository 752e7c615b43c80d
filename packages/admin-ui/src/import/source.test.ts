import { describe, expect, it } from "vitest";
import { sourceOf } from "./source.ts";

const flag = {
  key: "dark-mode",
  variations: [{ value: true }, { value: false }],
  environments: { production: { _environmentName: "Production" }, qa: {} },
};
const segment = {
  key: "vip",
  included: [],
  _links: { parent: { href: "/api/v2/segments/shop/staging" } },
};
const { _links: _, ...placeless } = segment;
const file = (document: unknown, name = "flags.json") => ({ name, document });

describe("what a file is", () => {
  it.each([
    ["a list of LaunchDarkly's flags", { items: [flag] }, "launchdarkly"],
    ["a bare list", [flag], "launchdarkly"],
    ["one of LaunchDarkly's flags", flag, "launchdarkly"],
    ["a list of segments", { items: [segment] }, "launchdarkly"],
    ["a flagd file", { flags: { dark: { state: "ENABLED" } } }, "flagd"],
    ["a GO Feature Flag file", { dark: { variations: { on: true } } }, "go-feature-flag"],
    ["an export of ours", { format: "halyard", flags: [flag], segments: [] }, "halyard"],
  ])("is told by what it holds: %s", (_name, document, format) => {
    expect(sourceOf([file(document)])).toMatchObject({ format });
  });

  it.each([null, 7, "text", {}, [7], { dark: true }, { items: [{ name: "x" }] }])(
    "is nothing to import: %j",
    (document) => {
      expect(sourceOf([file(document)])).toEqual({
        problem: { kind: "unknown", names: ["flags.json"] },
      });
    },
  );
});

describe("several files", () => {
  it("of LaunchDarkly are one import, and what has nothing to import is left out", () => {
    const environments = { items: [{ apiKey: "sdk-1", key: "production" }] };

    const source = sourceOf([
      file({ items: [flag] }),
      file([{ ...flag, key: "other" }]),
      file({ items: [segment] }),
      file(environments),
    ]);

    expect(source).toMatchObject({
      flagCount: 2,
      segmentCount: 1,
      documents: { flags: { items: [{ key: "dark-mode" }, { key: "other" }] } },
    });
  });

  it("of another form are refused", () => {
    const one = { flags: {} };

    expect(sourceOf([file(one, "a.json"), file(one, "b.json")])).toEqual({
      problem: { kind: "several", names: ["a.json", "b.json"] },
    });
  });

  it("name those that are nothing", () => {
    expect(sourceOf([file({ items: [flag] }), file(7, "seven.json")])).toEqual({
      problem: { kind: "unknown", names: ["seven.json"] },
    });
  });
});

describe("the environments of a source", () => {
  it("are those of its flags and segments, by their names", () => {
    expect(sourceOf([file([flag]), file([segment])])).toMatchObject({
      environments: [
        { key: "production", name: "Production" },
        { key: "qa", name: "qa" },
        { key: "staging", name: "staging" },
      ],
      needsEnvironment: false,
    });
  });

  it("come with their settings from an export of ours", () => {
    const environments = [{ key: "qa", name: "Quality", color: "ff0000", critical: true }];

    const source = sourceOf([file({ format: "halyard", environments, flags: [flag] })]);

    expect(source).toMatchObject({
      environments: [
        { key: "qa", name: "Quality", settings: { color: "ff0000", critical: true } },
        { key: "production" },
      ],
    });
  });

  it.each([
    ["a segment that does not say its own", [placeless]],
    ["a flagd file", { flags: {} }],
  ])("have to be chosen for %s", (_name, document) => {
    expect(sourceOf([file(document)])).toMatchObject({ needsEnvironment: true });
  });
});
