import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keptLines } from "../test/scripted-service.ts";
import { type BigSegmentOptions, type BigSegmentStore, init } from "./index.ts";

const party = {
  key: "party",
  version: 1,
  on: true,
  variations: ["stranger", "guest"],
  rules: [
    {
      id: "guests",
      variation: 1,
      clauses: [{ contextKind: "user", attribute: "", op: "segmentMatch", values: ["guests"] }],
    },
  ],
  fallthrough: { variation: 0 },
};
const guests = { key: "guests", version: 1, unbounded: true, generation: 2 };
const bootstrap = { flags: { party }, segments: { guests } };
const user = (key: string) => ({ kind: "user", key });
const hashOf = (key: string): string => createHash("sha256").update(key).digest("base64");

/** A store in which these people are guests, and that remembers whom it was asked for. */
function storeOf(...keys: readonly string[]) {
  const members = new Set(keys.map(hashOf));
  const asked: string[] = [];
  const store: BigSegmentStore = {
    lastUpToDate: async () => Date.now(),
    membership: async (hash) => {
      asked.push(hash);
      return members.has(hash) ? { "guests.g2": true } : undefined;
    },
  };
  return { store, asked, members };
}

function client(bigSegments: BigSegmentOptions) {
  const { lines, logger } = keptLines();
  const flags = init(undefined, { offline: true, logger, bootstrap, bigSegments });
  const detail = (key: string) => {
    const { value, reason } = flags.variationDetail("party", user(key), "");
    return [value, reason.bigSegmentsStatus];
  };
  return { flags, lines, detail, [Symbol.asyncDispose]: () => flags.close() };
}

describe("big segments", () => {
  it("are known to evaluations once they were loaded", async () => {
    const { store } = storeOf("ada");
    await using app = client({ store });

    await app.flags.loadBigSegments({ kind: "multi", user: { key: "ada" }, org: { key: "acme" } });
    await app.flags.loadBigSegments(user("bo"));

    expect([app.detail("ada"), app.detail("bo")]).toEqual([
      ["guest", "HEALTHY"],
      ["stranger", "HEALTHY"],
    ]);
    expect(app.flags.bigSegmentsState).toEqual({ isAvailable: true, isStale: false });
    expect(app.flags.allFlagsState(user("ada")).getFlagValue("party")).toBe("guest");
  });

  it("are looked up for next time where nobody loaded them, with a word of advice", async () => {
    const { store } = storeOf("ada");
    await using app = client({ store });

    expect(app.detail("ada")).toEqual(["stranger", "STORE_ERROR"]);

    await expect.poll(() => app.detail("ada")).toEqual(["guest", "HEALTHY"]);
    expect(app.lines.join()).toContain("Await loadBigSegments(context) first");
  });

  it("are asked for once in a while, and once at a time", async () => {
    const { store, asked, members } = storeOf("ada");
    await using app = client({ store, cacheMs: 1 });
    await Promise.all([1, 2, 3].map(() => app.flags.loadBigSegments(user("ada"))));
    expect(asked).toEqual([hashOf("ada")]);

    members.clear();

    await expect.poll(() => app.detail("ada")).toEqual(["stranger", "HEALTHY"]);
  });

  it("are asked for what one flag needs alone, where its key is given", async () => {
    const { store, asked } = storeOf("ada");
    await using app = client({ store });
    const several = { kind: "multi", user: { key: "ada" }, org: { key: "acme" } };

    await app.flags.loadBigSegments(several, "nothing");
    expect(asked).toEqual([]);
    await app.flags.loadBigSegments(several, "party");

    expect(asked).toEqual([hashOf("ada")]);
  });

  it("tell how their store is once it was looked at", async () => {
    const { store } = storeOf("ada");
    const never = { ...store, lastUpToDate: async () => undefined };
    await using app = client({ store: never });

    expect(await app.flags.checkBigSegments()).toEqual({ isAvailable: true, isStale: true });
  });

  it("are remembered for so many contexts only", async () => {
    const { store, asked } = storeOf("ada");
    await using app = client({ store, capacity: 2 });

    for (const key of ["ada", "bo", "cy", "ada"]) await app.flags.loadBigSegments(user(key));

    expect(asked).toHaveLength(4);
  });

  it("are stale where the store fell behind", async () => {
    const { store } = storeOf("ada");
    const minuteAgo = { ...store, lastUpToDate: async () => Date.now() - 60_000 };
    await using app = client({ store: minuteAgo, staleAfterMs: 30_000 });

    await app.flags.loadBigSegments(user("ada"));

    expect(app.detail("ada")).toEqual(["guest", "STALE"]);
    expect(app.flags.bigSegmentsState).toEqual({ isAvailable: true, isStale: true });
  });

  it("keep what is known while the store cannot be asked", async () => {
    const { store } = storeOf("ada");
    let isDown = false;
    const fail = (): never => {
      throw new Error("connection refused");
    };
    const flaky: BigSegmentStore = {
      lastUpToDate: async () => (isDown ? fail() : Date.now()),
      membership: async (hash) => (isDown ? fail() : store.membership(hash)),
    };
    await using app = client({ store: flaky, cacheMs: 1, statusPollMs: 5 });
    await app.flags.loadBigSegments(user("ada"));

    isDown = true;

    await expect.poll(() => app.detail("ada")).toEqual(["guest", "STORE_ERROR"]);
    await expect.poll(() => app.flags.bigSegmentsState?.isAvailable).toBe(false);
    expect(app.lines).toEqual([
      "halyard: the store of big segments cannot be asked: connection refused; using what is known.",
    ]);
  });
});
