import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EventStream, type StreamEvent } from "../testing/event-stream.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

interface Environment {
  readonly _id: string;
  readonly apiKey: string;
  readonly mobileKey: string;
}
const path = "/api/v2/projects/default/environments/test";
let environment: Environment;
let other: Environment;

beforeAll(async () => {
  environment = (await server.ask("GET", path)).json();
  other = (await server.ask("GET", path.replace("/test", "/production"))).json();
  await createFlag("both", { usingMobileKey: true, usingEnvironmentId: true });
  await createFlag("phones", { usingMobileKey: true, usingEnvironmentId: false });
  await createFlag("servers", { usingMobileKey: false, usingEnvironmentId: false });
});

async function createFlag(key: string, clientSideAvailability: object): Promise<string[]> {
  const variations = ["old", "new"].map((value) => ({ value }));
  const flag = { key, name: key, description: "secret plans", variations, clientSideAvailability };
  const { variations: made } = (await server.ask("POST", "/api/v2/flags/default", flag)).json();
  return made.map(({ _id }: { _id: string }) => _id);
}

async function instruct(flag: string, ...instructions: object[]): Promise<void> {
  const patch = { environmentKey: "test", instructions };
  const answer = await server.ask("PATCH", `/api/v2/flags/default/${flag}`, patch);
  expect(answer.statusCode).toBe(200);
}

const encoded = (context: object) => Buffer.from(JSON.stringify(context)).toString("base64url");
const ada = { kind: "user", key: "ada" };

describe("a client-side poll", () => {
  it("holds results of the flags marked for browsers, and nothing of the rules", async () => {
    const url = `${server.url}/sdk/evalx/${environment._id}/contexts/${encoded(ada)}`;

    const text = await (await fetch(url)).text();

    expect(JSON.parse(text)).toEqual({
      both: { value: "new", variation: 1, version: expect.any(Number), flagVersion: 1 },
    });
    expect(text).not.toContain("secret plans");
  });

  it("holds those marked for phones under the mobile key", async () => {
    const headers = { authorization: environment.mobileKey };

    const answer = await fetch(`${server.url}/msdk/evalx/contexts/${encoded(ada)}`, { headers });

    expect(Object.keys((await answer.json()) as object).sort()).toEqual(["both", "phones"]);
  });

  it.each(["REPORT", "POST"])("takes the context in the body of a %s", async (method) => {
    const url = `${server.url}/sdk/evalx/${environment._id}/context?withReasons=true`;
    const headers = { "content-type": "application/json" };

    const answer = await fetch(url, { method, headers, body: JSON.stringify(ada) });

    expect(await answer.json()).toMatchObject({ both: { reason: { kind: "OFF" } } });
  });

  it("takes a user of the older shape, and gives the oldest clients values alone", async () => {
    const url = `${server.url}/sdk/eval/${environment._id}/users/${encoded({ key: "ada" })}`;

    expect(await (await fetch(url)).json()).toEqual({ both: "new" });
  });

  it("answers 304 until the result for this context changes", async () => {
    const url = `${server.url}/sdk/evalx/${environment._id}/contexts/${encoded(ada)}`;
    const etag = (await fetch(url)).headers.get("etag") ?? "";

    expect((await fetch(url, { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("is allowed from any page, also where it is refused", async () => {
    const asked = await fetch(`${server.url}/sdk/evalx/x/context`, { method: "OPTIONS" });
    const refused = await fetch(`${server.url}/sdk/evalx/${"0".repeat(24)}/contexts/e30`);

    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-methods")).toContain("REPORT");
    expect(refused.status).toBe(404);
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(["%%%", "e30", "bm9uZQ"])("refuses %j for a context with 400", async (context) => {
    const url = `${server.url}/sdk/evalx/${environment._id}/contexts/${encodeURIComponent(context)}`;

    expect((await fetch(url)).status).toBe(400);
  });

  it("names the prerequisites that were asked, though they are not shown", async () => {
    const [variationId] = await createFlag("hidden", {
      usingMobileKey: false,
      usingEnvironmentId: false,
    });
    await createFlag("asking", { usingMobileKey: false, usingEnvironmentId: true });
    await instruct(
      "asking",
      { kind: "turnFlagOn" },
      { kind: "addPrerequisite", key: "hidden", variationId },
    );
    const url = `${server.url}/sdk/evalx/${environment._id}/contexts/${encoded(ada)}`;

    const results = (await (await fetch(url)).json()) as Record<string, object>;

    expect(results["asking"]).toMatchObject({ prerequisites: ["hidden"] });
    expect(results).not.toHaveProperty("hidden");
  });

  it("asks in secure mode for the hash that the page's server makes", async () => {
    const patch = (value: boolean) =>
      server.ask("PATCH", path, [{ op: "replace", path: "/secureMode", value }]);
    await patch(true);
    const url = `${server.url}/sdk/evalx/${environment._id}/contexts/${encoded(ada)}`;
    const hash = createHmac("sha256", environment.apiKey).update("ada").digest("hex");

    expect((await fetch(url)).status).toBe(400);
    expect((await fetch(`${url}?h=${hash}`)).status).toBe(200);
    await patch(false);
  });
});

describe("a client-side stream", () => {
  it("says a change only where it changes the result for its own context", async () => {
    const [, variationId] = await createFlag("aimed", {
      usingMobileKey: true,
      usingEnvironmentId: true,
    });
    const open = (key: string) =>
      EventStream.open(`${server.url}/eval/${environment._id}/${encoded({ ...ada, key })}`);
    await using forAda = await open("ada");
    await using forGrace = await open("grace");
    expect([(await forAda.next())?.event, (await forGrace.next())?.event]).toEqual(["put", "put"]);

    await instruct("aimed", { kind: "turnFlagOn" });
    await instruct("aimed", { kind: "addTargets", values: ["ada"], variationId });
    await instruct("aimed", { kind: "turnFlagOff" });

    const heard = [await forAda.next(), await forAda.next()];
    expect(heard).toMatchObject([
      { event: "patch", data: { key: "aimed", value: "old" } },
      { event: "patch", data: { key: "aimed", value: "new" } },
    ]);
    expect([await forGrace.next(), await forGrace.next()]).toMatchObject([
      { event: "patch", data: { key: "aimed", value: "old" } },
      { event: "patch", data: { key: "aimed", value: "new" } },
    ]);
  });

  it("hears when its context joins a big segment", async () => {
    const segments = "/api/v2/segments/default/test";
    await server.ask("POST", segments, { key: "guests", name: "Guests", unbounded: true });
    const [old, fresh] = await createFlag("party", {
      usingMobileKey: false,
      usingEnvironmentId: true,
    });
    const clauses = [{ attribute: "", op: "segmentMatch", values: ["guests"] }];
    await instruct(
      "party",
      { kind: "turnFlagOn" },
      { kind: "addRule", clauses, variationId: fresh },
      { kind: "updateFallthroughVariationOrRollout", variationId: old },
    );
    await using stream = await EventStream.open(
      `${server.url}/eval/${environment._id}/${encoded({ kind: "user", key: "linus" })}`,
    );
    expect(await stream.next()).toMatchObject({ data: { party: { value: "old" } } });

    const instructions = [{ kind: "addBigSegmentIncludedTargets", values: ["linus"] }];
    await server.ask("PATCH", `${segments}/guests`, { instructions });

    expect(await stream.next()).toMatchObject({ data: { party: { value: "new" } } });
  });

  it("hears when a flag is no longer for it", async () => {
    await createFlag("fleeting", { usingMobileKey: false, usingEnvironmentId: true });
    await using stream = await EventStream.open(
      `${server.url}/eval/${environment._id}/${encoded(ada)}`,
    );
    await stream.next();

    await instruct("fleeting", {
      kind: "turnOffClientSideAvailability",
      value: "usingEnvironmentId",
    });

    expect(await stream.next()).toMatchObject({ event: "delete", data: { key: "fleeting" } });
  });

  it("of pings says that something changed", async () => {
    await using stream = await EventStream.open(`${server.url}/ping/${environment._id}`);
    expect(await stream.next()).toMatchObject({ event: "ping" });

    await createFlag("pinged", { usingMobileKey: true, usingEnvironmentId: true });

    expect(await stream.next()).toMatchObject({ event: "ping" });
  });
});

describe("the second generation", () => {
  const authorized = () => ({ headers: { authorization: environment.apiKey } });
  const names = (events: readonly { event: string }[]) => events.map(({ event }) => event);

  async function poll(basis?: string): Promise<{ event: string; data: Record<string, unknown> }[]> {
    const query = basis === undefined ? "" : `?basis=${basis}`;
    const answer = await fetch(`${server.url}/sdk/poll${query}`, authorized());
    const { events } = (await answer.json()) as { events: never[] };
    return events;
  }

  it("brings everything to a client without a basis, and commits it", async () => {
    const events = await poll();

    expect(events[0]).toMatchObject({
      event: "server-intent",
      data: { payloads: [{ intentCode: "xfer-full" }] },
    });
    expect(events[1]?.data).toMatchObject({ object: { key: expect.any(String) } });
    expect(events.at(-1)).toMatchObject({
      event: "payload-transferred",
      data: { state: expect.stringMatching(/^[0-9a-f]{32}:\d+$/u) },
    });
  });

  it("brings what is missed to a client with a basis, and nothing to one that is up to date", async () => {
    const basis = String((await poll()).at(-1)?.data["state"]);
    expect(await poll(basis)).toMatchObject([{ data: { payloads: [{ intentCode: "none" }] } }]);

    await instruct("both", { kind: "turnFlagOn" });
    await instruct("both", { kind: "turnFlagOff" });
    const missed = await poll(basis);

    expect(names(missed)).toEqual(["server-intent", "put-object", "payload-transferred"]);
    expect(missed[0]).toMatchObject({ data: { payloads: [{ intentCode: "xfer-changes" }] } });
  });

  it("streams each change as an intent, its objects and a commit", async () => {
    const basis = String((await poll()).at(-1)?.data["state"]);
    await using stream = await EventStream.open(
      `${server.url}/sdk/stream?basis=${basis}`,
      authorized(),
    );
    expect(await stream.next()).toMatchObject({ data: { payloads: [{ intentCode: "none" }] } });

    await server.ask("DELETE", "/api/v2/flags/default/servers");

    const said = [await stream.next(), await stream.next(), await stream.next()];
    expect(said).toMatchObject([
      { event: "server-intent" },
      { event: "delete-object", data: { kind: "flag", key: "servers" } },
      { event: "payload-transferred" },
    ]);
  });

  it("brings results to client-side SDKs, and nothing to one that has them", async () => {
    const url = `${server.url}/sdk/poll/eval/${encoded(ada)}?auth=${environment._id}`;
    const ask = async (basis = "") =>
      ((await (await fetch(`${url}&basis=${basis}`)).json()) as { events: StreamEvent[] }).events;

    const events = await ask();

    expect(events[0]).toMatchObject({ data: { payloads: [{ intentCode: "xfer-full" }] } });
    expect(events).toContainEqual({
      event: "put-object",
      data: expect.objectContaining({
        kind: "flag-eval",
        key: "both",
        object: { value: "new", variation: 1, flagVersion: expect.any(Number) },
      }),
    });
    const committed = events.at(-1)?.data;
    expect(committed).toMatchObject({ state: expect.any(String) });
    const { state } = committed as { state: string };
    expect(await ask(state)).toMatchObject([{ data: { payloads: [{ intentCode: "none" }] } }]);
  });

  it("streams to phones what changes for their context", async () => {
    await using stream = await EventStream.open(`${server.url}/sdk/stream/eval`, {
      method: "POST",
      headers: { authorization: environment.mobileKey, "content-type": "application/json" },
      body: JSON.stringify(ada),
    });
    let first = await stream.next();
    while (first?.event !== "payload-transferred") first = await stream.next();

    await instruct("phones", { kind: "turnFlagOn" });

    expect([await stream.next(), await stream.next(), await stream.next()]).toMatchObject([
      { event: "server-intent", data: { payloads: [{ intentCode: "xfer-changes" }] } },
      { event: "put-object", data: { kind: "flag-eval", key: "phones" } },
      { event: "payload-transferred" },
    ]);
  });
});

describe("keys", () => {
  const status = async (url: string, authorization: string) => {
    const headers = { authorization };
    await using stream = await EventStream.open(server.url + url, { headers });
    return stream.status;
  };
  const serverDoor = [
    "/all",
    "/flags",
    "/segments",
    "/sdk/latest-all",
    "/sdk/flags",
    "/sdk/flags/both",
    "/sdk/segments",
    "/sdk/poll",
    "/sdk/stream",
  ];
  const mobileDoor = [`/msdk/evalx/contexts/${encoded(ada)}`, `/meval/${encoded(ada)}`, "/mping"];

  async function keysThatOpenNothing(kind: "sdk" | "mobile"): Promise<Record<string, string>> {
    const made = async (expiresAt?: number) => {
      const body = { kind, name: "short", ...(expiresAt === undefined ? {} : { expiresAt }) };
      return (await server.ask("POST", `${path}/keys`, body)).json().key as string;
    };
    const revoked = await made();
    await server.ask("DELETE", `${path}/keys/${revoked}`);
    return {
      malformed: "sdk-ä".normalize("NFKD").replaceAll(/[^ -~]/gu, "?"),
      unknown: `${kind === "sdk" ? "sdk" : "mob"}-0123`,
      revoked,
      expired: await made(1),
      id: environment._id,
      "other kind": kind === "sdk" ? environment.mobileKey : environment.apiKey,
    };
  }

  it.each(serverDoor)("of servers open %s, and nothing else does", async (url) => {
    expect(await status(url, environment.apiKey)).toBe(200);
    expect((await fetch(server.url + url)).status).toBe(401);
    for (const [what, key] of Object.entries(await keysThatOpenNothing("sdk"))) {
      expect([what, await status(url, key)]).toEqual([what, 401]);
    }
  });

  it.each(mobileDoor)("of phones open %s, and nothing else does", async (url) => {
    expect(await status(url, environment.mobileKey)).toBe(200);
    expect((await fetch(server.url + url)).status).toBe(401);
    for (const [what, key] of Object.entries(await keysThatOpenNothing("mobile"))) {
      expect([what, await status(url, key)]).toEqual([what, 401]);
    }
  });

  it("open their own environment and no other", async () => {
    const headers = { authorization: other.apiKey };

    const answer = await fetch(`${server.url}/sdk/latest-all`, { headers });

    expect(answer.headers.get("x-ld-envid")).toBe(other._id);
  });

  it("go at once where they are reset without a time of grace, and their streams close", async () => {
    const { apiKey } = (await server.ask("GET", path)).json() as Environment;
    const headers = { authorization: apiKey };
    await using stream = await EventStream.open(`${server.url}/all`, { headers });
    await stream.next();

    const renewed = (await server.ask("POST", `${path}/apiKey`)).json() as Environment;

    expect(renewed.apiKey).not.toBe(apiKey);
    expect(await stream.next()).toBeUndefined();
    expect(await status("/all", apiKey)).toBe(401);
    expect(await status("/all", renewed.apiKey)).toBe(200);
  });

  it("hold on for the time of grace where one is given", async () => {
    const { mobileKey } = (await server.ask("GET", path)).json() as Environment;

    const expiry = Date.now() + 3_600_000;
    await server.ask("POST", `${path}/mobileKey?expiry=${expiry}`);

    expect(await status("/mping", mobileKey)).toBe(200);
    const { items } = (await server.ask("GET", `${path}/keys`)).json();
    expect(items).toContainEqual(expect.objectContaining({ key: mobileKey, expiresAt: expiry }));
  });
});

it("tells how far a change has got", async () => {
  const { apiKey } = (await server.ask("GET", path.replace("/test", "/production"))).json();
  const headers = {
    authorization: apiKey,
    "user-agent": "NodeJSClient/9.0.0",
    "x-launchdarkly-tags": "application-id/shop",
    "x-launchdarkly-instance-id": "one",
  };
  await using stream = await EventStream.open(`${server.url}/all`, { headers });
  await stream.next();

  const found = (
    await server.ask("GET", `${path.replace("/test", "/production")}/connections`)
  ).json();

  expect(found).toMatchObject({
    totalCount: 1,
    currentCount: 1,
    summary: `1 of 1 connection is on version ${found.version}`,
    items: [
      {
        sdk: "NodeJSClient/9.0.0",
        tags: "application-id/shop",
        instanceId: "one",
        version: found.version,
        isCurrent: true,
      },
    ],
  });
  expect(JSON.stringify(found)).not.toContain(apiKey);
});

it("lets its streams go when it is asked to stop, and admits no more", async () => {
  await using stopping = await TemporaryServer.start();
  const { apiKey } = (await stopping.ask("GET", path)).json();
  const headers = { authorization: apiKey };
  const streams = await Promise.all(
    Array.from({ length: 5 }, () => EventStream.open(`${stopping.url}/all`, { headers })),
  );
  await Promise.all(streams.map((stream) => stream.next()));

  await stopping.running.drain();

  const ends = await Promise.all(streams.map((stream) => stream.next()));
  expect(ends).toEqual(streams.map(() => undefined));
  expect((await fetch(`${stopping.url}/readyz`)).status).toBe(503);
  const refused = await fetch(`${stopping.url}/all`, { headers });
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([503, true]);
  expect((await stopping.ask("GET", path)).statusCode).toBe(200);
});
