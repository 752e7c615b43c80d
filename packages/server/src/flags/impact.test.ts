import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { TemporaryServer } from "../testing/temporary-server.ts";

const dayMs = 24 * 3_600_000;
let clock = Date.UTC(2026, 0, 15, 12);
const server = await TemporaryServer.start({ now: () => clock });
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/projects/default/flags/checkout/environments/test/impact";
const Variations = z.object({ variations: z.array(z.object({ _id: z.string() })) });
let variationIds: readonly string[] = [];

async function report(events: readonly object[]): Promise<void> {
  const environment = await server.ask("GET", "/api/v2/projects/default/environments/test");
  const { apiKey } = z.object({ apiKey: z.string() }).parse(environment.json());
  const headers = { authorization: apiKey, "content-type": "application/json" };
  await fetch(`${server.url}/bulk`, { method: "POST", headers, body: JSON.stringify(events) });
}

const seen = (key: string, plan: string) => ({
  kind: "index",
  creationDate: 1,
  context: { kind: "user", key, plan },
});

beforeAll(async () => {
  const made = await server.ask("POST", "/api/v2/flags/default", {
    key: "checkout",
    name: "Checkout",
    variations: [{ value: "old" }, { value: "new" }],
  });
  variationIds = Variations.parse(made.json()).variations.map(({ _id }) => _id);
  await report([seen("gone", "pro")]);
  clock += 2 * dayMs;
  const counters = [{ variation: 1, version: 1, value: "new", count: 120 }];
  await report([
    ...["ada", "grace", "linus", "margaret"].map((key) => seen(key, "pro")),
    seen("bill", "free"),
    {
      ...seen("private", "free"),
      context: { kind: "user", key: "eve", _meta: { redactedAttributes: ["plan"] } },
    },
    { kind: "summary", startDate: 1, endDate: 2, features: { checkout: { counters } } },
  ]);
});

it("counts the contexts of the last day that get another value, with examples", async () => {
  const [old = "", renewed = ""] = variationIds;
  const clauses = [{ contextKind: "user", attribute: "plan", op: "in", values: ["pro"] }];
  const instructions = [
    { kind: "turnFlagOn" },
    { kind: "updateFallthroughVariationOrRollout", variationId: renewed },
    { kind: "addRule", clauses, variationId: old },
  ];

  const impact = (await server.ask("POST", path, { instructions })).json();

  expect(impact).toMatchObject({
    seenCount: 6,
    changedCount: 4,
    withPrivateAttributesCount: 1,
    distribution: {
      before: [{ variation: 1, count: 6 }],
      after: [
        { variation: 0, count: 4 },
        { variation: 1, count: 2 },
      ],
    },
    evaluationsPerMinute: 2,
  });
  expect(impact.examples).toHaveLength(3);
  expect(impact.examples[0]).toMatchObject({
    context: { kind: "user", plan: "pro" },
    before: { value: "new", variationIndex: 1, reason: { kind: "OFF" } },
    after: { value: "old", variationIndex: 0, reason: { kind: "RULE_MATCH" } },
  });
});

it("writes nothing, and names an instruction that does not fit", async () => {
  const instructions = [{ kind: "turnFlagOn" }, { kind: "updateOffVariation", variationId: "x" }];

  const refused = await server.ask("POST", path, { instructions });
  const flag = await server.ask("GET", "/api/v2/flags/default/checkout");

  expect(refused.statusCode).toBe(400);
  expect(refused.json().message).toContain("instruction 1 (updateOffVariation)");
  expect(flag.json().environments.test.on).toBe(false);
});
