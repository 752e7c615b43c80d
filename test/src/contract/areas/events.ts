import assert from "node:assert/strict";
import type { Bench, EventReceiver, SdkEvent } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { emptyData, flag, flagOf, type SdkData } from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";
import { eventually } from "../suite/within.ts";

const ada = { kind: "user", key: "ada" };
const bo = { kind: "user", key: "bo" };
const area = new Area("events");
export const eventCases = area.cases;

type Members = Readonly<Record<string, unknown>>;

/** A client whose events leave when it is told to. */
export async function recording(
  bench: Bench,
  data: SdkData = emptyData,
  options: Members = {},
): Promise<{ sdk: TestedClient; events: EventReceiver; sent: () => Promise<readonly SdkEvent[]> }> {
  const events = await bench.events();
  const settings = { baseUri: events.url, flushIntervalMs: 1_000_000, ...options };
  const sdk = await bench.client(await bench.flags(data), { events: settings });
  const sent = async (): Promise<readonly SdkEvent[]> => {
    await sdk.flush();
    return events.batch();
  };
  return { sdk, events, sent };
}

export const kindsOf = (events: readonly SdkEvent[]): readonly string[] =>
  events.map(({ kind }) => kind).sort();

/** The only event of its kind. */
export function only(events: readonly SdkEvent[], kind: string): Members {
  const [event, ...more] = events.filter((one) => one.kind === kind);
  if (event === undefined || more.length > 0) {
    throw new assert.AssertionError({ message: `one ${kind} among ${kindsOf(events)}` });
  }
  return event;
}

/** An event without what differs from run to run. */
function timeless({ creationDate, ...event }: Members): Members {
  assert.ok(typeof creationDate === "number" && creationDate > 1_600_000_000_000, "creationDate");
  return event;
}

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

// Summaries

interface Counter {
  readonly value: unknown;
  readonly variation?: number;
  readonly version?: number;
  readonly unknown?: boolean;
  readonly count: number;
}
type Features = Record<string, { default?: unknown; contextKinds: string[]; counters: Counter[] }>;
const featuresOf = (events: readonly SdkEvent[]): Features =>
  only(events, "summary")["features"] as Features;

area.it("counts by flag and variation", async (bench) => {
  const target = { targets: [{ values: ["bo"], variation: 1 }] };
  const flags = {
    ...flag("one", { version: 100, variations: ["1a", "1b"], ...target }),
    ...flag("two", { version: 200, variations: ["2a", "2b"], ...target }),
  };
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("one", ada, "d1");
  await sdk.value("one", bo, "d1");
  await sdk.value("one", ada, "d1");
  await sdk.value("two", ada, "d2");

  const events = await sent();
  assert.deepEqual(kindsOf(events), ["index", "index", "summary"]);
  const { one, two } = featuresOf(events);
  assert.deepEqual(one?.default, "d1");
  assert.deepEqual(one?.contextKinds, ["user"]);
  assert.deepEqual(
    one?.counters.sort((a, b) => b.count - a.count),
    [
      { value: "1a", version: 100, variation: 0, count: 2 },
      { value: "1b", version: 100, variation: 1, count: 1 },
    ],
  );
  assert.deepEqual(two, {
    default: "d2",
    contextKinds: ["user"],
    counters: [{ value: "2a", version: 200, variation: 0, count: 1 }],
  });
});

area.it("says from when to when it counted", async (bench) => {
  const before = Date.now();
  const { sdk, sent } = await recording(bench, { flags: flagOf("flag", 7, "a") });
  await sdk.value("flag", ada);

  const { startDate, endDate } = only(await sent(), "summary") as Record<string, number>;

  assert.ok((startDate ?? 0) >= before && (endDate ?? 0) >= (startDate ?? 0));
  assert.ok((endDate ?? 0) <= Date.now());
});

area.it("counts what it does not know", async (bench) => {
  const { sdk, sent } = await recording(bench);

  await sdk.value("nothing", ada, "fallback");
  await sdk.value("nothing", ada, "fallback");

  assert.deepEqual(featuresOf(await sent())["nothing"], {
    default: "fallback",
    contextKinds: ["user"],
    counters: [{ value: "fallback", unknown: true, count: 2 }],
  });
});

area.it("begins to count anew after each batch", async (bench) => {
  const { sdk, sent } = await recording(bench, { flags: flagOf("flag", 7, "a") });
  for (let times = 0; times < 10; times += 1) await sdk.value("flag", ada);
  assert.equal(featuresOf(await sent())["flag"]?.counters[0]?.count, 10);

  await sdk.value("flag", ada);

  const events = await sent();
  assert.deepEqual(kindsOf(events), ["summary"]);
  assert.equal(featuresOf(events)["flag"]?.counters[0]?.count, 1);
});

area.it("names the kinds of contexts that asked", async (bench) => {
  const { sdk, sent } = await recording(bench, { flags: flagOf("flag", 7, "a") });

  await sdk.value("flag", { kind: "org", key: "o" });
  await sdk.value("flag", { kind: "multi", user: { key: "u" }, device: { key: "d" } });

  const { contextKinds = [] } = featuresOf(await sent())["flag"] ?? {};
  assert.deepEqual(contextKinds.sort(), ["device", "org", "user"]);
});

area.it("counts prerequisites too", async (bench) => {
  const flags = {
    ...flag("top", {
      version: 1,
      variations: ["a"],
      prerequisites: [{ key: "base", variation: 0 }],
    }),
    ...flag("base", { version: 2, variations: ["b"] }),
  };
  const { sdk, sent } = await recording(bench, { flags });

  for (let times = 0; times < 3; times += 1) await sdk.value("top", ada);

  const { top, base } = featuresOf(await sent());
  assert.deepEqual(top?.counters, [{ value: "a", version: 1, variation: 0, count: 3 }]);
  assert.deepEqual(base?.counters, [{ value: "b", version: 2, variation: 0, count: 3 }]);
  assert.equal(base?.default ?? null, null);
});

area.it("counts each version of a flag by itself", async (bench) => {
  const events = await bench.events();
  const stream = await bench.flags({ flags: flagOf("flag", 100, "a") });
  const settings = { baseUri: events.url, flushIntervalMs: 1_000_000 };
  const sdk = await bench.client(stream, { events: settings });
  await sdk.value("flag", ada);

  stream.put(flagOf("flag", 200, "b"));
  await eventually(async () => assert.equal(await sdk.value("flag", ada), "b"));
  await sdk.flush();

  const counters = featuresOf(await events.batch())["flag"]?.counters ?? [];
  assert.deepEqual(counters.map(({ value, version }) => [value, version]).sort(), [
    ["a", 100],
    ["b", 200],
  ]);
});

area.it(
  "counts a value of the wrong type as the fallback that was given",
  async (bench) => {
    const { sdk, sent } = await recording(bench, { flags: flagOf("flag", 7, "text") });

    await sdk.detail("flag", ada, { valueType: "bool", defaultValue: false, detail: false });

    const counters = featuresOf(await sent())["flag"]?.counters;
    assert.deepEqual(counters, [{ value: false, version: 7, count: 1 }]);
  },
  { needs: ["strongly-typed"] },
);

area.it("leaves out a flag that is excluded from summaries", async (bench) => {
  const flags = {
    ...flag("hidden", { variations: ["a"], excludeFromSummaries: true }),
    ...flag("seen", { variations: ["a"] }),
  };
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("hidden", ada);
  await sdk.value("seen", ada);

  assert.deepEqual(Object.keys(featuresOf(await sent())), ["seen"]);
});

// Debugging

const inTenMinutes = (): number => Date.now() + 600_000;

area.it("sends a flag that is debugged, with all of its context", async (bench) => {
  const flags = flag("flag", {
    version: 7,
    variations: ["a"],
    debugEventsUntilDate: inTenMinutes(),
  });
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.detail("flag", { ...ada, name: "Ada" }, { defaultValue: "fallback" });

  const events = await sent();
  assert.deepEqual(kindsOf(events), ["debug", "index", "summary"]);
  assert.deepEqual(timeless(only(events, "debug")), {
    kind: "debug",
    key: "flag",
    version: 7,
    variation: 0,
    value: "a",
    default: "fallback",
    reason: { kind: "FALLTHROUGH" },
    context: { ...ada, name: "Ada" },
  });
});

area.it("sends both where a flag is tracked and debugged", async (bench) => {
  const { sdk, sent } = await recording(bench, {
    flags: tracked({ debugEventsUntilDate: inTenMinutes() }),
  });

  await sdk.value("flag", ada);

  assert.deepEqual(kindsOf(await sent()), ["debug", "feature", "index", "summary"]);
});

area.it("sends nothing for debugging that is over", async (bench) => {
  const flags = flag("flag", { variations: ["a"], debugEventsUntilDate: Date.now() - 10_000 });
  const { sdk, sent } = await recording(bench, { flags });

  await sdk.value("flag", ada);

  assert.deepEqual(kindsOf(await sent()), ["index", "summary"]);
});

for (const [what, ahead, expected] of [
  ["is over by the server's clock alone", 1_200_000, ["summary"]],
  ["is on by both clocks", -600_000, ["debug", "summary"]],
] as const) {
  area.it(`knows that debugging ${what}`, async (bench) => {
    const date = new Date(Date.now() + ahead).toUTCString();
    const events = await bench.events((response) => response.writeHead(202, { date }).end());
    const flags = flag("flag", { variations: ["a"], debugEventsUntilDate: inTenMinutes() });
    const settings = { baseUri: events.url, flushIntervalMs: 1_000_000 };
    const sdk = await bench.client(await bench.flags({ flags }), { events: settings });
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();
    await events.batch();

    await sdk.value("flag", ada);
    await sdk.flush();

    assert.deepEqual(kindsOf(await events.batch()), expected);
  });
}

// Sampling

for (const [ratio, kinds] of [
  [0, ["index", "summary"]],
  [1, ["debug", "feature", "index", "summary"]],
] as const) {
  area.it(
    `sends ${ratio === 0 ? "none" : "each"} in full at a sampling ratio of ${ratio}`,
    async (bench) => {
      const { sdk, sent } = await recording(bench, {
        flags: tracked({ samplingRatio: ratio, debugEventsUntilDate: inTenMinutes() }),
      });

      await sdk.value("flag", ada);

      assert.deepEqual(kindsOf(await sent()), kinds);
    },
    { needs: ["event-sampling"] },
  );
}

area.it(
  "says the sampling ratio of what it sends",
  async (bench) => {
    const { sdk, sent } = await recording(bench, { flags: tracked({ samplingRatio: 2 }) });

    for (let times = 0; times < 100; times += 1) await sdk.value("flag", ada);

    const features = (await sent()).filter(({ kind }) => kind === "feature");
    assert.ok(features.length > 0 && features.length < 100, `${features.length} of 100`);
    assert.equal(features[0]?.["samplingRatio"], 2);
  },
  { needs: ["event-sampling"] },
);
