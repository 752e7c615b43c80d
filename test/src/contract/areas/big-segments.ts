import assert from "node:assert/strict";
import type { Bench } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Answer, type Endpoint, jsonOf } from "../suite/endpoint.ts";
import { emptyData, flag, type SdkData, segment } from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";
import { eventually } from "../suite/within.ts";

const area = new Area("big segments", { needs: ["big-segments"] });
export const bigSegmentCases = area.cases;

type Memberships = Readonly<Record<string, Readonly<Record<string, boolean>> | null>>;

const ada = { kind: "user", key: "user-key" };
/** SHA-256 of the keys, in base64. */
const hash = {
  "user-key": "CEXjZY7cHJG/ydFy7q4+YEFwVrG3/pkJwA4FAjrbfx0=",
  user1: "CgQblGLKpKMbrDVn4Lbm/ZEAeH2yq0M9lvbReMq/zpA=",
  user2: "YCXRj+SKvUUWhSjxioLiZd2Y1CGnCEqgn2GzQXA5AaM=",
  user3: "WGD68CtrxiIrpaylI1YPDjZMzYtnvuSG/ov3wB1JLMs=",
};
const userOf = (key: keyof typeof hash) => ({ kind: "user", key });

/** A store of big segments, as the SDK asks it. */
class Store {
  endpoint: Endpoint | undefined;
  status: "healthy" | "stale" | "broken" = "healthy";
  memberships: Memberships | "broken" = {};
  readonly asked: string[] = [];
  metadataCount = 0;

  readonly answer: Answer = (response, request) => {
    const isMetadata = request.path === "/getMetadata";
    if (isMetadata) this.metadataCount += 1;
    else this.asked.push((jsonOf(request) as { contextHash: string }).contextHash);
    const isBroken = isMetadata ? this.status === "broken" : this.memberships === "broken";
    if (isBroken) response.writeHead(500).end("it is broken on purpose");
    else response.end(JSON.stringify(isMetadata ? this.#metadata() : this.#membership()));
  };

  #metadata(): object {
    return { lastUpToDate: this.status === "stale" ? 1 : Date.now() };
  }

  #membership(): object {
    const values = (this.memberships as Memberships)[this.asked.at(-1) ?? ""];
    return values === undefined ? {} : { values };
  }
}

async function clientWith(
  bench: Bench,
  store: Store,
  data: SdkData,
  options: object = {},
): Promise<TestedClient> {
  const endpoint = await bench.callbacks(store.answer);
  const bigSegments = { callbackUri: endpoint.url, statusPollIntervalMs: 20, ...options };
  return bench.client(await bench.flags(data), { bigSegments });
}

const asks = (key: string, ...segments: readonly string[]) =>
  flag(key, {
    variations: [false, true],
    rules: segments.map((one, at) => ({
      id: `rule-${at}`,
      variation: 1,
      trackEvents: false,
      clauses: [{ attribute: "", op: "segmentMatch", values: [one], negate: false }],
    })),
  });
const big = (key: string, members: object = {}) =>
  segment(key, { unbounded: true, generation: 100, ...members });
const byKey = [
  { id: "r", clauses: [{ attribute: "key", op: "in", values: ["user-key"], negate: false }] },
];
const data = {
  flags: {
    ...asks("basic", "basic"),
    ...asks("ruled", "ruled"),
    ...asks("other", "other"),
    ...asks("several", "basic", "second", "other"),
    ...asks("without-generation", "without-generation"),
  },
  segments: {
    ...big("basic", { included: ["other-key"] }),
    ...big("second", { generation: 101 }),
    ...big("ruled", { rules: byKey }),
    ...big("other", { unboundedContextKind: "other", generation: 102 }),
    ...segment("without-generation", { unbounded: true }),
  },
};

const rows = [
  ["a context that is not found", "basic", {}, false],
  ["an empty membership", "basic", { [hash["user-key"]]: {} }, false],
  ["no membership", "basic", { [hash["user-key"]]: null }, false],
  ["a rule where there is no word on the context", "ruled", {}, true],
  ["a context that is in", "basic", { [hash["user-key"]]: { "basic.g100": true } }, true],
  ["a context that is out", "basic", { [hash["user-key"]]: { "basic.g100": false } }, false],
  [
    "a context that is out, against a rule",
    "ruled",
    { [hash["user-key"]]: { "ruled.g100": false } },
    false,
  ],
  ["another generation", "basic", { [hash["user-key"]]: { "basic.g99": true } }, false],
] as const;
for (const status of ["healthy", "stale"] as const) {
  for (const [title, key, memberships, isIn] of rows) {
    area.it(`${title}, ${status}`, async (bench) => {
      const store = Object.assign(new Store(), { status, memberships });
      const sdk = await clientWith(bench, store, data);

      const { value, reason } = await sdk.detail(key, ada);

      assert.equal(value, isIn);
      const bigSegmentsStatus = status.toUpperCase();
      assert.deepEqual(
        reason,
        isIn
          ? { kind: "RULE_MATCH", ruleIndex: 0, ruleId: "rule-0", bigSegmentsStatus }
          : { kind: "FALLTHROUGH", bigSegmentsStatus },
      );
      assert.deepEqual(store.asked, [hash["user-key"]]);
    });
  }
}

area.it("does not look at the keys in the segment itself", async (bench) => {
  const sdk = await clientWith(bench, new Store(), data);

  const { value, reason } = await sdk.detail("basic", { kind: "user", key: "other-key" });

  assert.equal(value, false);
  assert.deepEqual(reason, { kind: "FALLTHROUGH", bigSegmentsStatus: "HEALTHY" });
});

area.it("asks for no context of another kind", async (bench) => {
  const store = new Store();
  const sdk = await clientWith(bench, store, data);

  const { value, reason } = await sdk.detail("other", ada);

  assert.equal(value, false);
  assert.deepEqual(reason, { kind: "FALLTHROUGH" });
  assert.deepEqual(store.asked, []);
});

area.it("asks once for all segments of an evaluation", async (bench) => {
  const memberships = { [hash.user1]: { "basic.g100": false, "second.g101": true } };
  const store = Object.assign(new Store(), { memberships });
  const sdk = await clientWith(bench, store, data);

  assert.equal(await sdk.value("several", userOf("user1")), true);
  assert.deepEqual(store.asked, [hash.user1]);
});

area.it("asks for each key of several kinds", async (bench) => {
  const memberships = { [hash.user2]: { "other.g102": true } };
  const store = Object.assign(new Store(), { memberships });
  const sdk = await clientWith(bench, store, data);

  const context = { kind: "multi", user: { key: "user1" }, other: { key: "user2" } };
  assert.equal(await sdk.value("several", context), true);
  assert.deepEqual(store.asked, [hash.user1, hash.user2]);
});

area.it("asks by the key, whatever its kind", async (bench) => {
  const memberships = { [hash.user1]: { "other.g102": true } };
  const store = Object.assign(new Store(), { memberships });
  const sdk = await clientWith(bench, store, data);

  const context = { kind: "multi", user: { key: "user1" }, other: { key: "user1" } };
  assert.equal(await sdk.value("several", context), true);
  assert.deepEqual(store.asked, [hash.user1]);
});

area.it("remembers each context's membership", async (bench) => {
  const memberships = {
    [hash.user1]: { "basic.g100": true },
    [hash.user2]: { "basic.g100": true },
  };
  const store = Object.assign(new Store(), { memberships });
  const sdk = await clientWith(bench, store, data);
  assert.equal(await sdk.value("basic", userOf("user1")), true);

  store.memberships = {};

  assert.equal(await sdk.value("basic", userOf("user1")), true);
  assert.equal(await sdk.value("basic", userOf("user2")), false);
  assert.equal(await sdk.value("basic", userOf("user1")), true);
  assert.deepEqual(store.asked, [hash.user1, hash.user2]);
});

area.it("asks again when what it remembers is old", async (bench) => {
  const memberships = { [hash.user1]: { "basic.g100": true } };
  const store = Object.assign(new Store(), { memberships });
  const sdk = await clientWith(bench, store, data, { userCacheTimeMs: 10 });
  assert.equal(await sdk.value("basic", userOf("user1")), true);

  store.memberships = {};

  await eventually(async () => assert.equal(await sdk.value("basic", userOf("user1")), false));
});

area.it("remembers as many as it is told to, the last ones", async (bench) => {
  const memberships = {
    [hash.user1]: { "basic.g100": true },
    [hash.user2]: { "basic.g100": true },
    [hash.user3]: null,
  };
  const store = Object.assign(new Store(), { memberships });
  const sdk = await clientWith(bench, store, data, { userCacheSize: 2 });

  for (const key of ["user1", "user2", "user2", "user3", "user1"] as const) {
    assert.equal(await sdk.value("basic", userOf(key)), key !== "user3");
  }

  assert.deepEqual(store.asked, [hash.user1, hash.user2, hash.user3, hash.user1]);
});

area.it("serves what there is where the store fails, and says so", async (bench) => {
  const store = Object.assign(new Store(), { memberships: "broken" });
  const sdk = await clientWith(bench, store, data);

  const { value, reason } = await sdk.detail("basic", ada);

  assert.equal(value, false);
  assert.deepEqual(reason, { kind: "FALLTHROUGH", bigSegmentsStatus: "STORE_ERROR" });
  assert.deepEqual(store.asked, [hash["user-key"]]);
});

area.it("says where there is no store", async (bench) => {
  const sdk = await bench.client(await bench.flags(data));

  const { value, reason } = await sdk.detail("basic", ada);

  assert.equal(value, false);
  assert.deepEqual(reason, { kind: "FALLTHROUGH", bigSegmentsStatus: "NOT_CONFIGURED" });
});

area.it("says where a segment has no generation, and asks for nothing", async (bench) => {
  const store = new Store();
  const sdk = await clientWith(bench, store, data);

  const { value, reason } = await sdk.detail("without-generation", ada);

  assert.equal(value, false);
  assert.deepEqual(reason, { kind: "FALLTHROUGH", bigSegmentsStatus: "NOT_CONFIGURED" });
  assert.deepEqual(store.asked, []);
});

const statusOf = {
  healthy: { available: true, stale: false },
  stale: { available: true, stale: true },
  broken: { available: false, stale: false },
};
for (const [before, after] of [
  ["healthy", "broken"],
  ["broken", "healthy"],
  ["healthy", "stale"],
  ["stale", "healthy"],
] as const) {
  area.it(`notices that the store was ${before} and is ${after}`, async (bench) => {
    const store = Object.assign(new Store(), { status: before });
    const sdk = await clientWith(bench, store, emptyData);
    assert.deepEqual(await sdk.command("getBigSegmentStoreStatus"), statusOf[before]);

    store.status = after;

    await eventually(async () =>
      assert.deepEqual(await sdk.command("getBigSegmentStoreStatus"), statusOf[after]),
    );
  });
}

area.it(
  "looks at the store as often as it is told to, however much is evaluated",
  async (bench) => {
    const store = new Store();
    const sdk = await clientWith(bench, store, data, { statusPollIntervalMs: 1_000_000 });
    await sdk.command("getBigSegmentStoreStatus");

    for (let at = 0; at < 10; at += 1)
      await sdk.value("basic", { kind: "user", key: `user-${at}` });

    assert.equal(store.metadataCount, 1);
  },
);
