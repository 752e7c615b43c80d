import assert from "node:assert/strict";
import type { Bench } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Endpoint, jsonOf } from "../suite/endpoint.ts";
import { flag, flagOf } from "../suite/sdk-data.ts";
import { eventually } from "../suite/within.ts";

const area = new Area("listeners");
export const listenerCases = area.cases;

const ada = { kind: "user", key: "ada" };
const both = { flags: { ...flagOf("one", 1, "a"), ...flagOf("two", 1, "a") } };
const needs = { needs: ["flag-change-listeners"] };
const needsValues = { needs: ["flag-value-change-listeners"] };

/** A client that has both flags, what can change them, and what its listener is told by. */
async function listening(bench: Bench, flagKey: string) {
  const calls = await bench.callbacks();
  const stream = await bench.flags(both);
  const sdk = await bench.client(stream);
  const registration = { listenerId: "l", flagKey, callbackUri: calls.url };
  await sdk.command("registerFlagChangeListener", registration);
  return { calls, stream, sdk };
}

async function nextOf(calls: Endpoint): Promise<unknown> {
  return jsonOf(await calls.next());
}

area.it(
  "hear of a flag that changed, also where its value did not",
  async (bench) => {
    const { calls, stream } = await listening(bench, "one");

    stream.put(flagOf("one", 2, "a"));

    assert.deepEqual(await nextOf(calls), { listenerId: "l", flagKey: "one" });
  },
  needs,
);

area.it(
  "hear of their own flag alone",
  async (bench) => {
    const { calls, stream } = await listening(bench, "one");

    stream.put(flagOf("two", 2, "b"));
    stream.put(flagOf("one", 2, "b"));

    assert.deepEqual(await nextOf(calls), { listenerId: "l", flagKey: "one" });
    assert.equal(calls.received.length, 1);
  },
  needs,
);

area.it(
  "hear of each flag where they name none",
  async (bench) => {
    const { calls, stream } = await listening(bench, "");

    stream.put(flagOf("one", 2, "b"));
    assert.deepEqual(await nextOf(calls), { listenerId: "l", flagKey: "one" });
    stream.put(flagOf("two", 3, "b"));

    assert.deepEqual(await nextOf(calls), { listenerId: "l", flagKey: "two" });
  },
  needs,
);

area.it(
  "hear nothing when they are gone",
  async (bench) => {
    const { calls, stream, sdk } = await listening(bench, "one");
    await sdk.command("unregisterListener", { listenerId: "l" });

    stream.put(flagOf("one", 2, "b"));

    await eventually(async () => assert.equal(await sdk.value("one", ada), "b"));
    assert.equal(calls.received.length, 0);
  },
  needs,
);

area.it(
  "hear of another value, from what to what, each of them",
  async (bench) => {
    const [calls, others] = [await bench.callbacks(), await bench.callbacks()];
    const stream = await bench.flags(both);
    const sdk = await bench.client(stream);
    const given = { flagKey: "one", context: ada, defaultValue: "fallback" };
    for (const [listenerId, { url: callbackUri }] of Object.entries({ l: calls, m: others })) {
      const registration = { listenerId, callbackUri, ...given };
      await sdk.command("registerFlagValueChangeListener", registration);
    }

    stream.put(flagOf("one", 2, "a"));
    stream.put(flagOf("one", 3, "b"));

    const change = { flagKey: "one", oldValue: "a", newValue: "b" };
    assert.deepEqual(await nextOf(calls), { listenerId: "l", ...change });
    assert.deepEqual(await nextOf(others), { listenerId: "m", ...change });
    assert.equal(calls.received.length, 1);
    stream.put(flagOf("one", 4, "a"));

    const back = { flagKey: "one", oldValue: "b", newValue: "a" };
    assert.deepEqual(await nextOf(calls), { listenerId: "l", ...back });
  },
  needsValues,
);

area.it(
  "hear of values for their own context",
  async (bench) => {
    const [calls, others] = [await bench.callbacks(), await bench.callbacks()];
    const stream = await bench.flags(both);
    const sdk = await bench.client(stream);
    for (const [key, { url: callbackUri }] of Object.entries({ ada: calls, bo: others })) {
      const context = { kind: "user", key };
      const registration = { listenerId: key, flagKey: "one", context, defaultValue: "" };
      await sdk.command("registerFlagValueChangeListener", { ...registration, callbackUri });
    }

    const targets = [{ values: ["ada"], variation: 1 }];
    stream.put(flag("one", { version: 2, variations: ["a", "b"], targets }));

    const change = { flagKey: "one", oldValue: "a", newValue: "b" };
    assert.deepEqual(await nextOf(calls), { listenerId: "ada", ...change });
    assert.equal(others.received.length, 0);
  },
  needsValues,
);

area.it(
  "hear of the fallback where a flag is deleted",
  async (bench) => {
    const calls = await bench.callbacks();
    const stream = await bench.flags(both);
    const sdk = await bench.client(stream);
    await sdk.command("registerFlagValueChangeListener", {
      listenerId: "l",
      flagKey: "one",
      context: ada,
      defaultValue: "fallback",
      callbackUri: calls.url,
    });

    stream.remove("one", 2);

    const change = { flagKey: "one", oldValue: "a", newValue: "fallback" };
    assert.deepEqual(await nextOf(calls), { listenerId: "l", ...change });
  },
  needsValues,
);
