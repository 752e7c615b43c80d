import { afterAll, beforeAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const list = "/api/v2/projects/default/environments";
const segments = "/api/v2/segments/default/production";

beforeAll(async () => {
  await ask("POST", segments, { key: "few", name: "Few" });
  await ask("POST", segments, { key: "many", name: "Many", unbounded: true });
  await ask("PATCH", `${segments}/few`, {
    instructions: [{ kind: "addIncludedUsers", values: ["user-1", "user-2"] }],
  });
  await ask("PATCH", `${segments}/many`, {
    instructions: [{ kind: "addBigSegmentIncludedTargets", values: ["user-3", "user-4"] }],
  });
  const variations = ["a", "b", "c"].map((value) => ({ value }));
  const flag = { key: "split", name: "Split", variations, isFlagOn: true };
  const [a, b, c]: string[] = (await ask("POST", "/api/v2/flags/default", flag)).variations.map(
    ({ _id }: { _id: string }) => _id,
  );
  const inSegment = (key: string) => [{ attribute: "", op: "segmentMatch", values: [key] }];
  await ask("PATCH", "/api/v2/flags/default/split", {
    environmentKey: "production",
    instructions: [
      { kind: "addRule", clauses: inSegment("few"), variationId: b },
      { kind: "addRule", clauses: inSegment("many"), variationId: c },
      {
        kind: "updateFallthroughVariationOrRollout",
        rolloutContextKind: "user",
        rolloutWeights: { [a ?? ""]: 30_000, [b ?? ""]: 30_000, [c ?? ""]: 40_000 },
      },
      { kind: "addTargets", values: ["user-5"], variationId: a },
    ],
  });
});

async function ask(method: "GET" | "POST" | "PATCH", url: string, body?: object) {
  const answer = await server.ask(method, url, body);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

async function payloadOf(apiKey: string): Promise<unknown> {
  const headers = { authorization: apiKey };
  const text = await (await fetch(`${server.url}/sdk/latest-all`, { headers })).text();
  // Versions are each environment's own.
  return JSON.parse(text, (name, value: unknown) => (name === "version" ? undefined : value));
}

async function resultsIn(environment: string, key: string): Promise<unknown> {
  const url = `${list}/${environment}/flags/evaluate`;
  const { items } = await ask("POST", url, { kind: "user", key });
  return items.map((item: { _value: unknown; reason: unknown }) => [item._value, item.reason]);
}

it("serves what its source serves, to every context", async () => {
  const source = await ask("GET", `${list}/production`);
  const copy = { key: "copy", name: "Copy", source: { key: "production" } };
  const clone = await ask("POST", list, copy);

  expect(await payloadOf(clone.apiKey)).toEqual(await payloadOf(source.apiKey));
  const contexts = Array.from({ length: 60 }, (_, index) => `user-${index}`);
  const values = new Set<string>();
  for (const key of contexts) {
    const expected = await resultsIn("production", key);
    expect(await resultsIn("copy", key)).toEqual(expected);
    values.add(JSON.stringify(expected));
  }
  expect(values.size).toBeGreaterThan(5);
});

it("goes its own way from then on, and leaves its source at its version", async () => {
  const source = await ask("GET", `${list}/production`);
  const before = await payloadOf(source.apiKey);
  await ask("POST", list, { key: "apart", name: "Apart", source: { key: "production" } });

  const turnOff = { environmentKey: "apart", instructions: [{ kind: "turnFlagOff" }] };
  const { environments } = await ask("PATCH", "/api/v2/flags/default/split", turnOff);

  expect([environments.apart.on, environments.production.on]).toEqual([false, true]);
  expect(await payloadOf(source.apiKey)).toEqual(before);
});

it("is refused where the source is none, or has moved on from the version that was seen", async () => {
  const unknown = { key: "x", name: "X", source: { key: "nowhere" } };
  const stale = { key: "x", name: "X", source: { key: "production", version: 1 } };

  expect((await server.ask("POST", list, unknown)).statusCode).toBe(404);
  const answer = await server.ask("POST", list, stale);
  expect(answer.statusCode).toBe(409);
  expect(answer.json().code).toBe("optimistic_locking_error");
  expect((await server.ask("GET", `${list}/x`)).statusCode).toBe(404);
});
