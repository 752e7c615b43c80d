import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { TemporaryServer } from "../testing/temporary-server.ts";

let clock = Date.UTC(2026, 0, 15, 12, 30);
const server = await TemporaryServer.start({ now: () => clock });
afterAll(() => server[Symbol.asyncDispose]());

const hourMs = 3_600_000;
const project = "/api/v2/projects/default";
let apiKey = "";

async function report(flag: string, counters: readonly object[], sdk = "NodeJSClient/9.1.0") {
  const features = { [flag]: { contextKinds: ["user"], counters } };
  const headers = {
    authorization: apiKey,
    "content-type": "application/json",
    "user-agent": sdk,
    "x-launchdarkly-tags": "application-id/shop",
  };
  const body = JSON.stringify([{ kind: "summary", startDate: 1, endDate: 2, features }]);
  const answer = await fetch(`${server.url}/bulk`, { method: "POST", headers, body });
  expect(answer.status).toBe(202);
}

const once = { variation: 0, version: 3, value: "new", count: 1 };

beforeAll(async () => {
  ({ apiKey } = z
    .object({ apiKey: z.string() })
    .parse((await server.ask("GET", `${project}/environments/test`)).json()));
  for (const key of ["checkout", "search"])
    await server.ask("POST", "/api/v2/flags/default", { key, name: key });

  await report("checkout", [{ ...once, count: 2 }]);
  clock += hourMs;
  await report("checkout", [once, { ...once, variation: 1, count: 4 }], "GoClient/7.0.0");
  await report("checkout", [
    { value: "old", version: 3, count: 5 },
    { value: "old", unknown: true, count: 6 },
  ]);
  await report("chekout", [{ value: "old", unknown: true, count: 7 }]);
});

it("counts a flag's evaluations over time, by variation, failure and SDK", async () => {
  const path = `${project}/flags/checkout/environments/test/evaluations`;

  const answer = (await server.ask("GET", `${path}?period=24h`)).json();

  const last = (...counts: readonly number[]) => [...Array(24 - counts.length).fill(0), ...counts];
  expect(answer).toMatchObject({
    from: Date.UTC(2026, 0, 14, 14),
    to: Date.UTC(2026, 0, 15, 14),
    bucketMs: hourMs,
    series: [
      { kind: "variation", variation: 0, counts: last(2, 1), total: 3 },
      { kind: "flagNotFound", variation: null, counts: last(6), total: 6 },
      { kind: "fallback", variation: null, counts: last(5), total: 5 },
      { kind: "variation", variation: 1, counts: last(4), total: 4 },
    ],
    sdks: [
      { sdk: "NodeJSClient/9.1.0", application: "shop", count: 13 },
      { sdk: "GoClient/7.0.0", application: "shop", count: 5 },
    ],
    totalCount: 18,
  });
});

it.each([
  ["1h", 60, 60_000],
  ["7d", 168, hourMs],
  ["30d", 30, 24 * hourMs],
])("looks back %s in %i steps", async (period, steps, bucketMs) => {
  const path = `${project}/flags/checkout/environments/test/evaluations?period=${period}`;

  const { series, bucketMs: step, from, to } = (await server.ask("GET", path)).json();

  expect(step).toBe(bucketMs);
  expect(to - from).toBe(steps * bucketMs);
  for (const { counts } of series) expect(counts).toHaveLength(steps);
});

it("counts a page of flags in every environment at once", async () => {
  const path = `${project}/flag-evaluations?flags=checkout,search`;

  const { items } = (await server.ask("GET", path)).json();

  expect(items).toMatchObject([
    { flag: "checkout", environment: "test", total: 18 },
    { flag: "search", environment: "test", total: 0 },
    { flag: "checkout", environment: "production", total: 0 },
    { flag: "search", environment: "production", total: 0 },
  ]);
  expect(items[0].counts.slice(-2)).toEqual([2, 16]);
});

it("lists the keys that SDKs asked for and no flag has", async () => {
  const list = `${project}/unknown-flags`;

  const { items, totalCount } = (await server.ask("GET", list)).json();
  await server.ask("POST", "/api/v2/flags/default", { key: "chekout", name: "Made after all" });

  expect(totalCount).toBe(1);
  expect(items).toEqual([
    {
      key: "chekout",
      isArchived: false,
      nearest: "checkout",
      count: 7,
      lastRequested: Date.UTC(2026, 0, 15, 13, 30),
      environments: [{ key: "test", count: 7, lastRequested: Date.UTC(2026, 0, 15, 13, 30) }],
      sdks: [{ sdk: "NodeJSClient/9.1.0", application: "shop", count: 7 }],
    },
  ]);
  expect((await server.ask("GET", list)).json().items).toEqual([]);
});

it("counts SDKs that call themselves anything together beyond so many", async () => {
  for (let index = 0; index < 60; index += 1) await report("search", [once], `Odd/${index}`);
  const path = `${project}/flags/search/environments/test/evaluations`;

  const { sdks } = (await server.ask("GET", path)).json();

  expect(sdks).toHaveLength(51);
  expect(sdks[0]).toEqual({ sdk: "others", application: "", count: 10 });
});
