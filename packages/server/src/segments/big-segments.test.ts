import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
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
    expect(_unboundedMetadata).toMatchObject({ includedCount: 2001, excludedCount: 2 });
  });

  it("is what it is from the beginning: a small one refuses such members", async () => {
    await server.ask("POST", segments, { key: "small", name: "Small" });

    const answer = await instruct("addBigSegmentIncludedTargets", ["ada"], "small");

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("it is no big segment; use addIncludedTargets");
  });
});

describe.each(["contexts", "users"])("the list of %s in a big segment", (name) => {
  const url = `${segments}/early-birds/${name}`;

  it("is added to and taken from, and says of each how it stands", async () => {
    const body = { included: { add: ["a/b", "gone"] }, excluded: { add: ["out"] } };
    expect((await server.ask("POST", url, body)).statusCode).toBe(204);
    await server.ask("POST", url, { included: { remove: ["gone"] } });

    const standing = async (key: string) =>
      (await server.ask("GET", `${url}/${encodeURIComponent(key)}`)).json();

    expect(await standing("a/b")).toEqual({ userKey: "a/b", included: true, excluded: false });
    expect(await standing("gone")).toEqual({ userKey: "gone", included: false, excluded: false });
    expect(await standing("out")).toEqual({ userKey: "out", included: false, excluded: true });
  });

  it("is not for those who may not change who is in it", async () => {
    const { token } = await newToken(server, { role: "reader" });

    const answer = await server.ask("POST", url, { included: { add: ["eve"] } }, token);

    expect(answer.statusCode).toBe(403);
  });
});
