import assert from "node:assert/strict";
import type { SdkEvent } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { kindsOf, only, recording } from "../suite/recording.ts";
import { flag, flagOf } from "../suite/sdk-data.ts";
import { eventually } from "../suite/within.ts";

const ada = { kind: "user", key: "ada" };
const bo = { kind: "user", key: "bo" };

const area = new Area("events, summaries");
export const summaryEventCases = area.cases;

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
