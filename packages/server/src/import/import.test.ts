import { afterAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

interface Report {
  readonly taken: readonly { readonly key: string }[];
  readonly approximated: readonly { readonly key: string; readonly why: string }[];
  readonly refused: readonly { readonly key: string; readonly why: string }[];
}

async function importAs(format: string, documents: object): Promise<Report> {
  const body = { format, documents, environmentKey: "test", dryRun: true };
  return (await server.ask("POST", "/api/v2/projects/default/import", body)).json();
}

const configuration = (change: object = {}) => ({
  on: true,
  salt: "salt",
  rules: [],
  fallthrough: { variation: 0 },
  offVariation: 1,
  ...change,
});
const flag = (key: string, change: object = {}) => ({
  key,
  variations: [
    { _id: "a", value: "old" },
    { _id: "b", value: "new" },
  ],
  environments: { test: configuration(change) },
});
const rule = (clause: object) => ({
  rules: [{ _id: "r", variation: 0, clauses: [{ attribute: "email", values: [], ...clause }] }],
});
const split = (...weights: number[]) => ({
  fallthrough: {
    rollout: { variations: weights.map((weight, variation) => ({ variation, weight })) },
  },
});

describe("a LaunchDarkly export", () => {
  it("is taken where a flag could have been made here", async () => {
    const report = await importAs("launchdarkly", { flags: [flag("fine", split(40_000, 60_000))] });

    expect(report).toMatchObject({ taken: [{ key: "fine" }], refused: [] });
  });

  it.each([
    {
      what: "a pattern that is not run",
      change: rule({ op: "matches", values: ["(?=a)"] }),
      why: "regular expression",
    },
    { what: "an operator that is none", change: rule({ op: "like" }), why: 'no operator "like"' },
    { what: "weights that are not everyone", change: split(1, 2), why: "sum to 3" },
    { what: "a weight below nothing", change: split(-1, 100_001), why: "rolloutWeights" },
    {
      what: "nothing that it serves",
      change: { fallthrough: {} },
      why: "neither a variation nor a rollout",
    },
    {
      what: "a rule twice",
      change: { rules: [...rule({ op: "in" }).rules, ...rule({ op: "in" }).rules] },
      why: "the same id",
    },
  ])("is refused for $what", async ({ change, why }) => {
    const report = await importAs("launchdarkly", { flags: [flag("odd", change)] });

    expect(report).toMatchObject({
      taken: [],
      refused: [{ key: "odd", why: expect.stringContaining(why) }],
    });
  });

  it.each(["", "a b/%", "k".repeat(300), "__proto__"])("is refused for the key %j", async (key) => {
    const report = await importAs("launchdarkly", { flags: [flag(key)] });

    expect(report).toMatchObject({ taken: [], refused: [{ key }] });
  });

  it("is refused for a cycle of prerequisites, and for what requires a part of it", async () => {
    const requires = (key: string) => ({ prerequisites: [{ key, variation: 0 }] });
    const flags = [
      flag("one", requires("two")),
      flag("two", requires("one")),
      flag("third", requires("two")),
      flag("alone"),
    ];

    const { taken, refused } = await importAs("launchdarkly", { flags });

    expect(taken.map(({ key }) => key)).toEqual(["alone"]);
    expect(refused.map(({ key }) => key).sort()).toEqual(["one", "third", "two"]);
  });

  it("says where a flag was taken without one of its environments", async () => {
    const partly = flag("partly");
    const environments = { ...partly.environments, production: { on: true, _summary: {} } };

    const report = await importAs("launchdarkly", { flags: [{ ...partly, environments }] });

    expect(report).toMatchObject({
      taken: [],
      approximated: [{ key: "partly", why: "it begins off in production, which was refused" }],
      refused: [{ key: "partly", why: expect.stringContaining("summary without rules") }],
    });
  });

  it("says of a flag without environments that there are none", async () => {
    const report = await importAs("launchdarkly", {
      flags: [{ ...flag("empty"), environments: {} }],
    });

    expect(report).toMatchObject({ refused: [{ key: "empty" }] });
  });

  it("keeps segments of one key in two environments apart", async () => {
    const inEnvironment = (environment: string) => ({
      key: "beta",
      _links: { parent: { href: `/api/v2/segments/default/${environment}` } },
    });
    const segments = ["test", "production", "test", "nowhere"].map(inEnvironment);

    const { taken, refused } = await importAs("launchdarkly", { segments });

    expect(taken).toEqual([
      { kind: "segment", key: "beta", environmentKey: "test" },
      { kind: "segment", key: "beta", environmentKey: "production" },
    ]);
    expect(refused.map(({ why }) => why)).toEqual([
      expect.stringContaining("already; the first was taken"),
      expect.stringContaining("no environment of that key"),
    ]);
  });

  it("that holds nothing is answered with what to send", async () => {
    const body = { format: "launchdarkly", documents: {} };

    const answer = await server.ask("POST", "/api/v2/projects/default/import", body);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("there is nothing to import; send");
  });
});

describe("a flagd file", () => {
  const withTargeting = (targeting: object) => ({
    flags: {
      flags: {
        beta: {
          state: "ENABLED",
          variants: { on: true, off: false },
          defaultVariant: "off",
          targeting,
        },
      },
    },
  });
  const plan = { var: "plan" };

  it.each([
    { targeting: { if: [{ "==": [plan, "pro"] }, "on", "off"] } },
    { targeting: { if: [{ and: [{ "===": [plan, 1] }, { in: [plan, ["a"]] }] }, "on"] } },
  ])("is taken with $targeting", async ({ targeting }) => {
    expect((await importAs("flagd", withTargeting(targeting))).taken).toHaveLength(1);
  });

  it.each([
    { why: "another key beside if", targeting: { if: [{ "==": [plan, "pro"] }, "on"], or: [] } },
    {
      why: "two operators at once",
      targeting: { if: [{ "===": [plan, 1], in: [plan, []] }, "on"] },
    },
    { why: "a loose comparison", targeting: { if: [{ "==": [plan, "1"] }, "on"] } },
    { why: "no attribute", targeting: { if: [{ "===": [{ var: "" }, "x"] }, "on"] } },
    { why: "a path", targeting: { if: [{ "===": [{ var: "/a" }, "x"] }, "on"] } },
  ])("is refused for $why", async ({ targeting }) => {
    expect(await importAs("flagd", withTargeting(targeting))).toMatchObject({
      taken: [],
      refused: [{ key: "beta" }],
    });
  });
});

describe("a GO Feature Flag file", () => {
  const beta = { variations: { on: true, off: false }, defaultRule: { variation: "off" } };

  it.each([
    { part: { scheduledRollout: [] }, why: "scheduled rollout" },
    { part: { experimentation: {} }, why: "only for some time" },
    { part: { defaultRule: { progressiveRollout: {} } }, why: "progressive rollout" },
    { part: { targeting: [{ query: "a eq 1" }] }, why: "query language" },
  ])("is refused for what is not translated: $why", async ({ part, why }) => {
    const report = await importAs("go-feature-flag", { flags: { beta: { ...beta, ...part } } });

    expect(report).toMatchObject({
      taken: [],
      refused: [{ key: "beta", why: expect.stringContaining(why) }],
    });
  });

  it("is approximated where it splits", async () => {
    const defaultRule = { percentage: { on: 10, off: 90 } };

    const report = await importAs("go-feature-flag", { flags: { beta: { ...beta, defaultRule } } });

    expect(report).toMatchObject({ taken: [], approximated: [{ key: "beta" }] });
  });
});
