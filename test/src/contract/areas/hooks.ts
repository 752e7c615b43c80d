import assert from "node:assert/strict";
import type { Bench } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Endpoint, jsonOf } from "../suite/endpoint.ts";
import { flag } from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";

type Members = Readonly<Record<string, unknown>>;

const area = new Area("hooks", { needs: ["evaluation-hooks"] });
export const hookCases = area.cases;

const ada = { kind: "user", key: "ada" };
const flags = {
  ...flag("bool", { variations: [true] }),
  ...flag("number", { variations: [7] }),
  ...flag("text", { variations: ["a"] }),
  ...flag("json", { variations: [{ a: 1 }] }),
  ...flag("move", { variations: ["live"] }),
};

/** A client with hooks that call back, and the calls of each. */
async function hooked(
  bench: Bench,
  count: number,
  members: Members = {},
  headers: Record<string, string> = {},
): Promise<{ sdk: TestedClient; calls: readonly Endpoint[] }> {
  const calls = await Promise.all(Array.from({ length: count }, () => bench.callbacks()));
  const hooks = calls.map(({ url }, at) => ({ name: `hook-${at}`, callbackUri: url, ...members }));
  const sdk = await bench.client(await bench.flags({ flags }, headers), { hooks: { hooks } });
  return { sdk, calls };
}

async function nextOf(calls: Endpoint | undefined): Promise<Members> {
  if (calls === undefined) throw new Error("there is no such hook");
  return jsonOf(await calls.next()) as Members;
}

for (const detail of [false, true]) {
  for (const [valueType, flagKey, defaultValue, value] of [
    ["bool", "bool", false, true],
    ["int", "number", 1, 7],
    ["double", "number", 1.5, 7],
    ["string", "text", "fallback", "a"],
    ["any", "json", { b: 2 }, { a: 1 }],
  ] as const) {
    area.it(`run around a ${valueType} ${detail ? "with" : "without"} its story`, async (bench) => {
      const { sdk, calls } = await hooked(bench, 1);

      await sdk.detail(flagKey, ada, { valueType, defaultValue, detail });

      const before = await nextOf(calls[0]);
      assert.equal(before["stage"], "beforeEvaluation");
      assert.deepEqual(before["evaluationSeriesData"], {});
      const after = await nextOf(calls[0]);
      assert.equal(after["stage"], "afterEvaluation");
      assert.deepEqual(after["evaluationDetail"], {
        value,
        variationIndex: 0,
        reason: { kind: "FALLTHROUGH" },
      });
      for (const { evaluationSeriesContext } of [before, after]) {
        const { method, ...series } = evaluationSeriesContext as Members;
        assert.match(String(method), /variation/iu);
        assert.deepEqual(series, { flagKey, context: ada, defaultValue });
      }
    });
  }
}

area.it(
  "run around the stage of a migration",
  async (bench) => {
    const { sdk, calls } = await hooked(bench, 1);

    await sdk.command("migrationVariation", { key: "move", context: ada, defaultStage: "off" });

    const before = await nextOf(calls[0]);
    assert.deepEqual((before["evaluationSeriesContext"] as Members)["defaultValue"], "off");
    const { evaluationDetail } = await nextOf(calls[0]);
    assert.deepEqual((evaluationDetail as Members)["value"], "live");
  },
  { needs: ["migrations"] },
);

area.it("are told of a flag that there is not", async (bench) => {
  const { sdk, calls } = await hooked(bench, 1);

  await sdk.value("nothing", ada, "fallback");

  await nextOf(calls[0]);
  const { value, reason } = (await nextOf(calls[0]))["evaluationDetail"] as Members;
  assert.equal(value, "fallback");
  assert.deepEqual(reason, { kind: "ERROR", errorKind: "FLAG_NOT_FOUND" });
});

area.it("find in the second stage what the first one left", async (bench) => {
  const { sdk, calls } = await hooked(bench, 1, { data: { beforeEvaluation: { left: "here" } } });

  await sdk.value("bool", ada);

  await nextOf(calls[0]);
  assert.deepEqual((await nextOf(calls[0]))["evaluationSeriesData"], { left: "here" });
});

area.it("go on after a first stage that failed, with nothing left", async (bench) => {
  const { sdk, calls } = await hooked(bench, 3, {
    data: { beforeEvaluation: { left: "here" } },
    errors: { beforeEvaluation: "on purpose" },
  });

  assert.equal(await sdk.value("bool", ada), true);

  for (const one of calls) {
    const { stage, evaluationSeriesData } = await nextOf(one);
    assert.equal(stage, "afterEvaluation");
    assert.deepEqual(evaluationSeriesData, {});
  }
});

area.it("begin in their order and end in the opposite one", async (bench) => {
  const calls = await bench.callbacks();
  const hooks = ["one", "two"].map((name) => ({ name, callbackUri: `${calls.url}/${name}` }));
  const sdk = await bench.client(await bench.flags({ flags }), { hooks: { hooks } });

  await sdk.value("bool", ada);

  const paths: string[] = [];
  for (let at = 0; at < 4; at += 1) paths.push((await calls.next()).path);
  assert.deepEqual(paths, ["/one", "/two", "/two", "/one"]);
});

area.it(
  "are told the name of the environment",
  async (bench) => {
    const { sdk, calls } = await hooked(bench, 1, {}, { "x-ld-envid": "the-environment" });

    await sdk.value("bool", ada);

    const { evaluationSeriesContext } = await nextOf(calls[0]);
    assert.equal((evaluationSeriesContext as Members)["environmentId"], "the-environment");
  },
  { needs: ["hook-environment-id"] },
);

for (const [what, parameters] of [
  ["nothing more", { omitNullData: true }],
  ["data", { data: { a: true } }],
  ["a number", { omitNullData: true, metricValue: 11 }],
  ["both", { data: [1], metricValue: 11 }],
] as const) {
  area.it(
    `are told of a custom event with ${what}`,
    async (bench) => {
      const { sdk, calls } = await hooked(bench, 1);

      await sdk.command("customEvent", { eventKey: "bought", context: ada, ...parameters });

      const { stage, trackSeriesContext } = await nextOf(calls[0]);
      assert.equal(stage, "afterTrack");
      const { omitNullData: _, ...told } = { omitNullData: undefined, ...parameters };
      assert.deepEqual(trackSeriesContext, { key: "bought", context: ada, ...told });
    },
    { needs: ["track-hooks"] },
  );
}

area.it(
  "that fail keep no custom event back",
  async (bench) => {
    const events = await bench.events();
    const calls = await bench.callbacks();
    const hook = { name: "failing", callbackUri: calls.url, errors: { afterTrack: "on purpose" } };
    const sdk = await bench.client(await bench.flags({ flags }), {
      hooks: { hooks: [hook] },
      events: { baseUri: events.url, flushIntervalMs: 1_000_000 },
    });

    await sdk.command("customEvent", { eventKey: "bought", context: ada, omitNullData: true });
    await sdk.flush();

    assert.ok((await events.batch()).some(({ kind }) => kind === "custom"));
    assert.equal(calls.received.length, 0);
  },
  { needs: ["track-hooks"] },
);
