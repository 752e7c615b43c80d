import assert from "node:assert/strict";
import { streamed } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { silence } from "../suite/endpoint.ts";
import { flag } from "../suite/sdk-data.ts";

const ada = { kind: "user", key: "ada" };
const area = new Area("all flags");
export const allFlagsCases = area.cases;

type Members = Readonly<Record<string, unknown>>;

const client = { usingEnvironmentId: true, usingMobileKey: false };
const far = Date.now() + 10_000_000;
const experiment = {
  variations: ["a", "b"],
  fallthrough: {
    rollout: { kind: "experiment", variations: [{ variation: 1, weight: 100_000 }] },
  },
};
const data = {
  flags: {
    ...flag("plain", { version: 11, variations: ["a", "b"], fallthrough: { variation: 1 } }),
    ...flag("off", { version: 12, on: false, variations: ["a"] }),
    ...flag("tracked", { version: 13, variations: ["a"], trackEvents: true }),
    ...flag("debugged", { version: 14, variations: ["a"], debugEventsUntilDate: far }),
    ...flag("debugged-before", { version: 15, variations: ["a"], debugEventsUntilDate: 1 }),
    ...flag("in-experiment", { version: 16, ...experiment }),
    ...flag("tracked-fallthrough", {
      version: 17,
      variations: ["a"],
      trackEventsFallthrough: true,
    }),
    ...flag("for-browsers", { version: 18, variations: ["a"], clientSideAvailability: client }),
    ...flag("malformed", { version: 19, variations: ["a"], fallthrough: { variation: 9 } }),
    ...flag("needs", {
      version: 20,
      variations: ["a"],
      prerequisites: [
        { key: "needed", variation: 0 },
        { key: "plain", variation: 0 },
        { key: "off", variation: 0 },
      ],
      offVariation: 0,
      clientSideAvailability: client,
    }),
    ...flag("needed", {
      version: 21,
      variations: ["a"],
      prerequisites: [{ key: "plain", variation: 1 }],
    }),
  },
};

const detailsOf = (state: Members): Record<string, Members> =>
  state["$flagsState"] as Record<string, Members>;

area.it("gives each flag's value", async (bench) => {
  const sdk = await bench.client(await bench.flags(data));

  const { $flagsState: _, $valid, ...values } = await sdk.allFlags(ada);

  assert.equal($valid, true);
  assert.deepEqual(values, {
    plain: "b",
    off: null,
    tracked: "a",
    debugged: "a",
    "debugged-before": "a",
    "in-experiment": "b",
    "tracked-fallthrough": "a",
    "for-browsers": "a",
    malformed: null,
    needs: "a",
    needed: "a",
  });
});

area.it("gives versions, variations and what events need", async (bench) => {
  const sdk = await bench.client(await bench.flags(data));

  const details = detailsOf(await sdk.allFlags(ada));

  assert.deepEqual(details["plain"], { variation: 1, version: 11 });
  assert.deepEqual(details["off"], { version: 12 });
  assert.deepEqual(details["tracked"], { variation: 0, version: 13, trackEvents: true });
  assert.deepEqual(details["debugged"], { variation: 0, version: 14, debugEventsUntilDate: far });
  assert.deepEqual(details["malformed"], { version: 19 });
});

area.it("gives the reason of an experiment without being asked", async (bench) => {
  const sdk = await bench.client(await bench.flags(data));

  const details = detailsOf(await sdk.allFlags(ada));

  assert.deepEqual(details["in-experiment"], {
    variation: 1,
    version: 16,
    trackEvents: true,
    trackReason: true,
    reason: { kind: "FALLTHROUGH", inExperiment: true },
  });
  assert.deepEqual(details["tracked-fallthrough"], {
    variation: 0,
    version: 17,
    trackEvents: true,
    trackReason: true,
    reason: { kind: "FALLTHROUGH" },
  });
});

area.it(
  "gives all reasons where it is asked",
  async (bench) => {
    const sdk = await bench.client(await bench.flags(data));

    const details = detailsOf(await sdk.allFlags(ada, { withReasons: true }));

    assert.deepEqual(details["plain"]?.["reason"], { kind: "FALLTHROUGH" });
    assert.deepEqual(details["off"]?.["reason"], { kind: "OFF" });
    assert.deepEqual(details["malformed"]?.["reason"], {
      kind: "ERROR",
      errorKind: "MALFORMED_FLAG",
    });
  },
  { needs: ["all-flags-with-reasons"] },
);

area.it(
  "leaves versions and reasons out where no event needs them",
  async (bench) => {
    const sdk = await bench.client(await bench.flags(data));

    const options = { withReasons: true, detailsOnlyForTrackedFlags: true };
    const details = detailsOf(await sdk.allFlags(ada, options));

    assert.deepEqual(details["plain"], { variation: 1 });
    assert.deepEqual(details["off"], {});
    for (const key of ["tracked", "debugged", "in-experiment"]) {
      assert.ok(details[key]?.["version"] !== undefined, `${key} has its version`);
      assert.ok(details[key]?.["reason"] !== undefined, `${key} has its reason`);
    }
  },
  { needs: ["all-flags-details-only-for-tracked-flags", "all-flags-with-reasons"] },
);

area.it(
  "gives browsers their flags alone",
  async (bench) => {
    const sdk = await bench.client(await bench.flags(data));

    const state = await sdk.allFlags(ada, { clientSideOnly: true });

    assert.deepEqual(Object.keys(detailsOf(state)).sort(), ["for-browsers", "needs"]);
  },
  { needs: ["all-flags-client-side-only"] },
);

area.it(
  "names the prerequisites that were asked, also those that browsers may not see",
  async (bench) => {
    const sdk = await bench.client(await bench.flags(data));

    const details = detailsOf(await sdk.allFlags(ada, { clientSideOnly: true }));

    assert.deepEqual(details["needs"]?.["prerequisites"], ["needed", "plain"]);
  },
);

area.it("sends no events", async (bench) => {
  const events = await bench.events();
  const stream = await bench.flags(data);
  const sdk = await bench.client(stream, { events: { baseUri: events.url } });

  await sdk.allFlags(ada);
  await sdk.command("identifyEvent", { context: ada });
  await sdk.flush();

  const kinds = (await events.batch()).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["identify"]);
});

area.it("is not valid before flags arrived", async (bench) => {
  const stream = await bench.endpoint(silence);
  const sdk = await bench.clientWith({
    ...streamed(bench.mode, { baseUri: stream.url }),
    startWaitTimeMs: 1,
    initCanFail: true,
  });

  assert.deepEqual(await sdk.allFlags(ada), { $flagsState: {}, $valid: false });
  const { value, reason } = await sdk.detail("plain", ada, { defaultValue: "fallback" });
  assert.equal(value, "fallback");
  assert.deepEqual(reason, { kind: "ERROR", errorKind: "CLIENT_NOT_READY" });
});

area.it(
  "is the same for a user of the older shape",
  async (bench) => {
    const sdk = await bench.client(await bench.flags(data));

    const state = await sdk.allFlags(ada);
    const ofUser = await sdk.command("evaluateAll", { user: { key: "ada" } });

    assert.deepEqual(ofUser, { state });
  },
  { needs: ["user-type"] },
);
