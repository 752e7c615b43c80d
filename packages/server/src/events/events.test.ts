import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/projects/default/environments/test";
let environment: { _id: string; apiKey: string; mobileKey: string };

beforeAll(async () => {
  environment = (await server.ask("GET", path)).json();
});

function summary(flag: string, counters: object[], contextKinds = ["user"]): object {
  return {
    kind: "summary",
    startDate: 1,
    endDate: 2,
    features: { [flag]: { default: "old", contextKinds, counters } },
  };
}

const once = { variation: 0, version: 3, value: "new", count: 1 };

async function post(
  url: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<number> {
  const options = {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  };
  return (await fetch(server.url + url, options)).status;
}

const bulk = (events: unknown, headers: Record<string, string> = {}) =>
  post("/bulk", JSON.stringify(events), { authorization: environment.apiKey, ...headers });

async function counted(flag: string): Promise<{ totalCount: number; items: object[] }> {
  return (await server.ask("GET", `${path}/evaluations?flag=${flag}`)).json();
}

async function tallies(): Promise<Record<string, number>> {
  return (await server.ask("GET", `${path}/evaluations`)).json().events;
}

describe("events", () => {
  it("are counted by flag, variation, version and kinds of context", async () => {
    const unknown = { unknown: true, value: "old", count: 4 };
    await bulk([
      summary("exact", [{ ...once, count: 2 }, unknown]),
      summary("exact", [once]),
      summary("exact", [once], ["org", "user"]),
    ]);

    const { totalCount, items } = await counted("exact");

    expect(totalCount).toBe(8);
    expect(items).toMatchObject([
      { variation: null, version: null, contextKinds: ["user"], count: 4 },
      { variation: 0, version: 3, contextKinds: ["org", "user"], count: 1 },
      { variation: 0, version: 3, contextKinds: ["user"], count: 3 },
    ]);
  });

  it("count once, however often a batch is sent", async () => {
    const headers = { "x-launchdarkly-payload-id": "batch-1" };

    const statuses = [
      await bulk([summary("repeated", [once])], headers),
      await bulk([summary("repeated", [once])], headers),
    ];

    expect(statuses).toEqual([202, 202]);
    expect((await counted("repeated")).totalCount).toBe(1);
  });

  it("are read where they are compressed", async () => {
    const headers = { authorization: environment.apiKey, "content-encoding": "gzip" };
    const body = new Uint8Array(gzipSync(JSON.stringify([summary("gzipped", [once])])));

    expect(await post("/bulk", body, headers)).toBe(202);

    expect((await counted("gzipped")).totalCount).toBe(1);
  });

  it("that cannot be read are left out and counted, and the others are kept", async () => {
    const before = (await tallies())["refused"] ?? 0;

    const status = await bulk([
      { kind: "summary", features: { poisoned: { counters: [{ count: -1 }] } } },
      { kind: { toString: 1 } },
      null,
      summary("good", [once]),
    ]);

    expect(status).toBe(202);
    expect((await counted("good")).totalCount).toBe(1);
    expect((await counted("poisoned")).totalCount).toBe(0);
    expect(await tallies()).toMatchObject({ refused: before + 3 });
  });

  it("are left out as a whole where they inflate beyond measure, or are no JSON", async () => {
    const before = (await tallies())["refused"] ?? 0;
    const headers = { authorization: environment.apiKey, "content-encoding": "gzip" };
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(21 * 2 ** 20, " ")));

    expect(await post("/bulk", bomb, headers)).toBe(202);
    expect(await post("/bulk", "{", { authorization: environment.apiKey })).toBe(202);

    expect(await tallies()).toMatchObject({ refused: before + 2 });
  });

  it("beyond the limit are refused, naming the limit", async () => {
    const body = new Uint8Array(20 * 2 ** 20 + 1);
    const headers = { authorization: environment.apiKey, "content-type": "application/json" };

    const answer = await fetch(`${server.url}/bulk`, { method: "POST", headers, body });

    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining("larger than 20971520 bytes"),
    });
  });

  it("of every kind are told apart", async () => {
    const about = { creationDate: 1, context: { kind: "user", key: "ada" } };
    const before = await tallies();
    const events = [
      { kind: "feature", key: "f", version: 1, variation: 0, value: true, ...about },
      { kind: "debug", key: "f", version: 1, variation: 0, value: true, ...about },
      { kind: "index", ...about },
      { kind: "identify", ...about },
      { kind: "custom", key: "bought", metricValue: 9.5, ...about },
      { kind: "click", key: "goal", ...about },
      { kind: "pageview", key: "goal", ...about },
      { kind: "migration_op", operation: "read", evaluation: { key: "m" }, ...about },
    ];

    await bulk(events);

    const after = await tallies();
    for (const { kind } of events) expect(after[kind]).toBe((before[kind] ?? 0) + 1);
  });

  it("of pages without fetch come with a picture", async () => {
    const d = Buffer.from(JSON.stringify([summary("pictured", [once])])).toString("base64");

    const answer = await fetch(`${server.url}/a/${environment._id}.gif?d=${encodeURIComponent(d)}`);

    expect(answer.headers.get("content-type")).toBe("image/gif");
    expect((await counted("pictured")).totalCount).toBe(1);
  });
});

describe("the doors of events", () => {
  const body = "[]";

  it.each(["/bulk", "/diagnostic"])("%s opens to the SDK key alone", async (url) => {
    expect(await post(url, body, { authorization: environment.apiKey })).toBe(202);
    for (const key of [environment.mobileKey, environment._id, "sdk-1"]) {
      expect(await post(url, body, { authorization: key })).toBe(401);
    }
    expect(await post(url, body)).toBe(401);
  });

  it.each(["/mobile", "/mobile/events", "/mobile/events/bulk", "/mobile/events/diagnostic"])(
    "%s opens to the mobile key alone",
    async (url) => {
      const authorization = `api_key ${environment.mobileKey}`;
      expect(await post(url, body, { authorization })).toBe(202);
      for (const key of [environment.apiKey, environment._id, "mob-1"]) {
        expect(await post(url, body, { authorization: key })).toBe(401);
      }
    },
  );

  it.each(["/events/bulk", "/events/diagnostic"])(
    "%s opens to a client-side ID, from any page",
    async (url) => {
      const asked = await fetch(`${server.url}${url}/x`, { method: "OPTIONS" });

      expect(asked.headers.get("access-control-allow-origin")).toBe("*");
      expect(await post(`${url}/${environment._id}`, body)).toBe(202);
      expect(await post(`${url}/${environment.apiKey}`, body)).toBe(404);
    },
  );
});
