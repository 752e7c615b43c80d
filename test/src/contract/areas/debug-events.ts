import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import { kindsOf, only, recording, timeless } from "../suite/recording.ts";
import { flag } from "../suite/sdk-data.ts";

type Members = Readonly<Record<string, unknown>>;

const ada = { kind: "user", key: "ada" };

const area = new Area("events, debugging and sampling");
export const debugEventCases = area.cases;

const tracked = (members: Members = {}) =>
  flag("flag", { version: 7, variations: ["a", "b"], trackEvents: true, ...members });

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
