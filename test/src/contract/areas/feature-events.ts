import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import { kindsOf, only, recording, timeless } from "../suite/recording.ts";
import { flag, flagOf } from "../suite/sdk-data.ts";

type Members = Readonly<Record<string, unknown>>;

const ada = { kind: "user", key: "ada" };
const bo = { kind: "user", key: "bo" };

const area = new Area("events, flags in full");
export const featureEventCases = area.cases;

const tracked = (members: Members = {}) =>
  flag("flag", { version: 7, variations: ["a", "b"], trackEvents: true, ...members });

area.it("sends a context and a summary for a flag that is not tracked", async (bench) => {
  const { sdk, sent } = await recording(bench, { flags: flagOf("flag", 7, "a") });

  await sdk.value("flag", ada);

  assert.deepEqual(kindsOf(await sent()), ["index", "summary"]);
});

for (const detail of [false, true]) {
  area.it(
    `sends a tracked flag in full, ${detail ? "with" : "without"} its reason`,
    async (bench) => {
      const { sdk, sent } = await recording(bench, { flags: tracked() });

      await sdk.detail("flag", ada, { defaultValue: "fallback", detail });

      const events = await sent();
      assert.deepEqual(kindsOf(events), ["feature", "index", "summary"]);
      assert.deepEqual(timeless(only(events, "feature")), {
        kind: "feature",
        key: "flag",
        version: 7,
        variation: 0,
        value: "a",
        default: "fallback",
        context: ada,
        ...(detail ? { reason: { kind: "FALLTHROUGH" } } : {}),
      });
    },
  );
}

for (const [type, value, fallback] of [
  ["bool", true, false],
  ["int", 3, 0],
  ["double", 1.5, 0.5],
  ["string", "a", "fallback"],
  ["any", { a: [1] }, "fallback"],
] as const) {
  area.it(`sends a tracked flag of type ${type}`, async (bench) => {
    const { sdk, sent } = await recording(bench, { flags: tracked({ variations: [value] }) });

    await sdk.detail("flag", ada, { valueType: type, defaultValue: fallback, detail: false });

    const { value: sentValue, default: sentDefault } = only(await sent(), "feature");
    assert.deepEqual([sentValue, sentDefault], [value, fallback]);
  });
}

area.it("sends a malformed flag in full with its fallback", async (bench) => {
  const { sdk, sent } = await recording(bench, { flags: tracked({ fallthrough: {} }) });

  await sdk.detail("flag", ada, { defaultValue: "fallback" });

  const { value, variation, reason, version } = only(await sent(), "feature");
  assert.equal(value, "fallback");
  assert.equal(variation, undefined);
  assert.equal(version, 7);
  assert.deepEqual(reason, { kind: "ERROR", errorKind: "MALFORMED_FLAG" });
});

area.it("sends nothing in full for a flag that there is not", async (bench) => {
  const { sdk, sent } = await recording(bench);

  await sdk.value("nothing", ada, "fallback");

  assert.deepEqual(kindsOf(await sent()), ["index", "summary"]);
});

const rule = (members: Members) => ({
  id: "rule",
  variation: 1,
  trackEvents: false,
  clauses: [{ attribute: "key", op: "in", values: ["ada"], negate: false }],
  ...members,
});

area.it("sends an experiment in full, with its reason", async (bench) => {
  const rollout = { kind: "experiment", variations: [{ variation: 0, weight: 100_000 }] };
  const flags = tracked({ trackEvents: false, fallthrough: { rollout } });
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("flag", ada);

  const { reason } = only(await sent(), "feature");
  assert.deepEqual(reason, { kind: "FALLTHROUGH", inExperiment: true });
});

area.it("sends no untracked share of an experiment in full", async (bench) => {
  const variations = [{ variation: 0, weight: 100_000, untracked: true }];
  const rollout = { kind: "experiment", variations };
  const flags = tracked({ trackEvents: false, fallthrough: { rollout } });
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("flag", ada);

  assert.deepEqual(kindsOf(await sent()), ["index", "summary"]);
});

area.it("sends a rule that is tracked in full, with its reason", async (bench) => {
  const flags = tracked({ trackEvents: false, rules: [rule({ trackEvents: true })] });
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("flag", ada);
  await sdk.value("flag", bo);

  const events = await sent();
  const { reason, context } = only(events, "feature");
  assert.deepEqual(reason, { kind: "RULE_MATCH", ruleIndex: 0, ruleId: "rule" });
  assert.deepEqual(context, ada);
});

area.it("sends a fallthrough that is tracked in full, with its reason", async (bench) => {
  const flags = tracked({ trackEvents: false, trackEventsFallthrough: true, rules: [rule({})] });
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("flag", ada);
  await sdk.value("flag", bo);

  const { reason, context } = only(await sent(), "feature");
  assert.deepEqual(reason, { kind: "FALLTHROUGH" });
  assert.deepEqual(context, bo);
});

area.it("sends each prerequisite in full that is tracked", async (bench) => {
  const needs = (key: string) => ({ prerequisites: [{ key, variation: 0 }] });
  const flags = {
    ...flag("top", { version: 1, variations: ["a"], trackEvents: true, ...needs("middle") }),
    ...flag("middle", { version: 2, variations: ["b"], trackEvents: true, ...needs("bottom") }),
    ...flag("bottom", { version: 3, variations: ["c"], trackEvents: true }),
  };
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("top", ada, "fallback");

  const features = (await sent()).filter(({ kind }) => kind === "feature");
  const seen = features.map(({ key, prereqOf, value }) => [key, prereqOf, value]);
  assert.deepEqual(seen.sort(), [
    ["bottom", "middle", "c"],
    ["middle", "top", "b"],
    ["top", undefined, "a"],
  ]);
});
