import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Context, isContextError, parseContext } from "./context.ts";
import { evaluate, explain, isExperiment, mayBeExperiment } from "./evaluate.ts";
import type { Flag, Segment } from "./model.ts";
import type { EvaluationStore } from "./run.ts";

function contextOf(input: unknown): Context {
  const context = parseContext(input);
  if (isContextError(context)) throw new Error(context.error);
  return context;
}

function storeOf(flags: readonly Flag[], segments: readonly Segment[] = []): EvaluationStore {
  return {
    flag: (key) => flags.find((flag) => flag.key === key),
    segment: (key) => segments.find((segment) => segment.key === key),
  };
}

const ada = contextOf({ kind: "user", key: "ada", country: "DE" });
const checkout: Flag = {
  key: "checkout",
  version: 1,
  on: true,
  variations: ["old", "new"],
  offVariation: 0,
  fallthrough: { variation: 1 },
  salt: "s",
};

/** On, but it serves nothing. */
const silent: Flag = {
  ...checkout,
  key: "silent",
  offVariation: null,
  prerequisites: [{ key: "gone", variation: 0 }],
};
const open: Segment = { key: "open", version: 1, rules: [{ id: "r" }] };

describe("a flag", () => {
  it.each([
    { name: "off", flag: { ...checkout, on: false }, value: "old", reason: { kind: "OFF" } },
    {
      name: "off with nothing to serve",
      flag: { ...checkout, on: false, offVariation: null },
      value: null,
      reason: { kind: "OFF" },
    },
    { name: "on", flag: checkout, value: "new", reason: { kind: "FALLTHROUGH" } },
    {
      name: "with a target",
      flag: { ...checkout, targets: [{ variation: 0, values: ["ada"] }] },
      value: "old",
      reason: { kind: "TARGET_MATCH" },
    },
    {
      name: "with a rule without clauses",
      flag: { ...checkout, rules: [{ id: "r", variation: 0, clauses: [] }] },
      value: "old",
      reason: { kind: "RULE_MATCH", ruleIndex: 0, ruleId: "r" },
    },
    {
      name: "with a rule that has no list of clauses",
      flag: { ...checkout, rules: [{ id: "r", variation: 0 }] },
      value: "new",
      reason: { kind: "FALLTHROUGH" },
    },
    {
      name: "with a segment whose rule has no list of clauses",
      flag: {
        ...checkout,
        rules: [{ variation: 0, clauses: [{ op: "segmentMatch", values: ["open"] }] }],
      },
      value: "new",
      reason: { kind: "FALLTHROUGH" },
    },
    {
      name: "with users among its context targets but not among its targets",
      flag: { ...checkout, contextTargets: [{ variation: 0, values: ["ada"] }] },
      value: "new",
      reason: { kind: "FALLTHROUGH" },
    },
    {
      name: "with a clause on an attribute of old origin that is named _meta",
      flag: {
        ...checkout,
        rules: [{ variation: 0, clauses: [{ op: "in", attribute: "_meta", values: ["ada"] }] }],
      },
      value: "new",
      reason: { kind: "FALLTHROUGH" },
    },
    {
      name: "whose prerequisite asks for no variation, of a flag that serves none",
      flag: { ...checkout, prerequisites: [{ key: "silent", variation: null }] },
      value: "old",
      reason: { kind: "PREREQUISITE_FAILED", prerequisiteKey: "silent" },
    },
    {
      name: "whose prerequisite is missing",
      flag: { ...checkout, prerequisites: [{ key: "gone", variation: 0 }] },
      value: "old",
      reason: { kind: "PREREQUISITE_FAILED", prerequisiteKey: "gone" },
    },
    {
      name: "in an experiment",
      flag: {
        ...checkout,
        fallthrough: {
          rollout: { kind: "experiment" as const, variations: [{ variation: 1, weight: 100_000 }] },
        },
      },
      value: "new",
      reason: { kind: "FALLTHROUGH", inExperiment: true },
    },
  ])("$name gives $value because of $reason.kind", ({ flag, value, reason }) => {
    expect(evaluate(flag as Flag, ada, storeOf([silent], [open]))).toMatchObject({ value, reason });
  });

  it("reports each prerequisite that it asked, also one that is off", () => {
    const off: Flag = { ...checkout, key: "off", on: false };
    const flag: Flag = { ...checkout, prerequisites: [{ key: "off", variation: 0 }] };
    const asked: string[] = [];

    const result = evaluate(flag, ada, storeOf([off]), (needed, _result, asking) => {
      asked.push(`${asking.key} needs ${needed.key}`);
    });

    expect(result.reason).toEqual({ kind: "PREREQUISITE_FAILED", prerequisiteKey: "off" });
    expect(asked).toEqual(["checkout needs off"]);
  });

  it("follows a flag that it requires, whenever that one changes", () => {
    const required: Flag = { ...checkout, key: "required" };
    const flag: Flag = { ...checkout, prerequisites: [{ key: "required", variation: 1 }] };
    const changed = { ...required, fallthrough: { variation: 0 } };
    const states = [required, changed, required, { ...required, on: false }, undefined];

    const values = states.map((one) => evaluate(flag, ada, storeOf(one ? [one] : [])).value);

    expect(values).toEqual(["new", "old", "new", "old", "old"]);
  });

  it("may be an experiment whenever one of its results is one", () => {
    const variations = [{ variation: 0, weight: 100_000 }];
    const kind = fc.constantFrom("experiment" as const, "rollout" as const);
    const rollout = kind.map((one) => ({ rollout: { kind: one, variations } }));
    const serving = fc.oneof(rollout, fc.constant({ variation: 1 }));
    const clauses = [{ op: "in", attribute: "country", values: ["DE"] }];
    const rule = fc.record({ serving, trackEvents: fc.boolean() });
    const tracked = fc.boolean();
    fc.assert(
      fc.property(
        serving,
        fc.array(rule, { maxLength: 1 }),
        tracked,
        (fallthrough, list, track) => {
          const rules = list.map(({ serving: one, ...rest }) => ({ ...one, ...rest, clauses }));
          const flag: Flag = { ...checkout, fallthrough, rules, trackEventsFallthrough: track };
          const contexts = [ada, contextOf({ kind: "user", key: "bo" })];

          const results = contexts.map((one) => evaluate(flag, one, storeOf([])));

          const isOne = results.some(({ reason }) => isExperiment(flag, reason));
          expect(mayBeExperiment(flag)).toBe(isOne);
        },
      ),
    );
  });
});

describe("malformed data", () => {
  const a: Flag = { ...checkout, key: "a", prerequisites: [{ key: "b", variation: 1 }] };
  const b: Flag = { ...checkout, key: "b", prerequisites: [{ key: "a", variation: 1 }] };
  const inSegment = { op: "segmentMatch", attribute: "", values: ["loop"] };
  const loop: Segment = { key: "loop", version: 1, rules: [{ clauses: [inSegment] }] };

  it.each<{ name: string; flag: Flag }>([
    { name: "a cycle of prerequisites", flag: a },
    {
      name: "a cycle of segments",
      flag: { ...checkout, rules: [{ variation: 0, clauses: [inSegment] }] },
    },
    { name: "a variation that is not there", flag: { ...checkout, fallthrough: { variation: 9 } } },
    { name: "nothing to serve", flag: { ...checkout, fallthrough: {} } },
    {
      name: "an empty rollout",
      flag: { ...checkout, fallthrough: { rollout: { variations: [] } } },
    },
    {
      name: "an attribute that cannot be read",
      flag: {
        ...checkout,
        rules: [
          {
            variation: 0,
            clauses: [{ op: "in", attribute: "//", contextKind: "user", values: [1] }],
          },
        ],
      },
    },
    {
      name: "a bucketBy that cannot be read",
      flag: {
        ...checkout,
        fallthrough: {
          rollout: {
            contextKind: "user",
            bucketBy: "/",
            variations: [{ variation: 0, weight: 1 }],
          },
        },
      },
    },
  ])("gives MALFORMED_FLAG: $name", ({ flag }) => {
    expect(evaluate(flag, ada, storeOf([a, b], [loop]))).toEqual({
      value: null,
      variationIndex: null,
      reason: { kind: "ERROR", errorKind: "MALFORMED_FLAG" },
    });
  });

  it("never throws, whatever a flag is made of, and explains exactly what it evaluates", () => {
    const member = fc.anything({ maxDepth: 3 });
    const members = [
      "on",
      "variations",
      "offVariation",
      "fallthrough",
      "prerequisites",
      "targets",
      "contextTargets",
      "rules",
      "salt",
    ];
    const anyFlag = fc.record(Object.fromEntries(members.map((name) => [name, member])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(anyFlag, fc.boolean(), (garbage, on) => {
        const flag: Flag = { key: "k", version: 1, on, ...garbage } as Flag;

        const result = evaluate(flag, ada, storeOf([flag]));

        expect(explain(flag, ada, storeOf([flag])).result).toEqual(result);
      }),
    );
  });
});

describe("a big segment", () => {
  const big: Segment = { key: "big", version: 1, unbounded: true, generation: 2 };
  const flag: Flag = {
    ...checkout,
    rules: [{ variation: 0, clauses: [{ op: "segmentMatch", values: ["big"] }] }],
  };

  it("is asked for by key and generation, and its status is on the reason", () => {
    const bigSegments = () => ({ membership: { "big.g2": true }, status: "STALE" as const });

    const result = evaluate(flag, ada, { ...storeOf([], [big]), bigSegments });

    expect(result.reason).toMatchObject({ kind: "RULE_MATCH", bigSegmentsStatus: "STALE" });
  });

  it("of contexts of another kind holds nobody, and asks for no store", () => {
    const ofDevices: Segment = { ...big, generation: null, unboundedContextKind: "device" };

    expect(evaluate(flag, ada, storeOf([], [ofDevices])).reason).toEqual({ kind: "FALLTHROUGH" });
  });

  it("holds no user whose key is empty, and asks for no store", () => {
    const nameless = contextOf({ key: "" });

    expect(evaluate(flag, nameless, storeOf([], [big])).reason).toEqual({ kind: "FALLTHROUGH" });
  });

  it("holds nobody where no store is set up, and says so", () => {
    expect(evaluate(flag, ada, storeOf([], [big])).reason).toEqual({
      kind: "FALLTHROUGH",
      bigSegmentsStatus: "NOT_CONFIGURED",
    });
  });
});
