import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const segments = "/api/v2/segments/default/test";

beforeAll(async () => {
  const big = { key: "early-birds", name: "Early birds", unbounded: true };
  expect((await server.ask("POST", segments, big)).statusCode).toBe(201);
  const flag = { key: "beta", name: "Beta", isFlagOn: true };
  const { variations } = (await server.ask("POST", "/api/v2/flags/default", flag)).json();
  const rule = {
    kind: "addRule",
    clauses: [{ attribute: "", op: "segmentMatch", values: ["early-birds"] }],
    variationId: variations[0]._id,
  };
  const otherwise = {
    kind: "updateFallthroughVariationOrRollout",
    variationId: variations[1]._id,
  };
  const patch = { environmentKey: "test", instructions: [rule, otherwise] };
  expect((await server.ask("PATCH", "/api/v2/flags/default/beta", patch)).statusCode).toBe(200);
});

function instruct(kind: string, values: readonly string[], segment = "early-birds") {
  return server.ask("PATCH", `${segments}/${segment}`, { instructions: [{ kind, values }] });
}

async function valueFor(key: string): Promise<unknown> {
  const url = '/api/v2/projects/default/environments/test/flags/evaluate?filter=key equals "beta"';
  const { items } = (await server.ask("POST", encodeURI(url), { kind: "user", key })).json();
  return items[0]._value;
}

describe("a big segment", () => {
  it("holds whom it was given, until they are taken away", async () => {
    await instruct("addBigSegmentIncludedTargets", ["ada"]);
    expect([await valueFor("ada"), await valueFor("grace")]).toEqual([true, false]);

    await instruct("removeBigSegmentIncludedTargets", ["ada"]);
    expect(await valueFor("ada")).toBe(false);
  });

  it("holds who is both included and excluded", async () => {
    await instruct("addBigSegmentIncludedTargets", ["both"]);
    await instruct("addBigSegmentExcludedTargets", ["both", "out"]);

    expect([await valueFor("both"), await valueFor("out")]).toEqual([true, false]);
  });

  it("takes many members at once, and says how many there are", async () => {
    const keys = Array.from({ length: 2000 }, (_, index) => `user-${index}`);

    await instruct("addBigSegmentIncludedTargets", keys);

    const { _unboundedMetadata } = (await server.ask("GET", `${segments}/early-birds`)).json();
    expect(_unboundedMetadata).toEqual({ includedCount: 2001, excludedCount: 2 });
  });

  it("is what it is from the beginning: a small one refuses such members", async () => {
    await server.ask("POST", segments, { key: "small", name: "Small" });

    const answer = await instruct("addBigSegmentIncludedTargets", ["ada"], "small");

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("it is no big segment; use addIncludedTargets");
  });
});
