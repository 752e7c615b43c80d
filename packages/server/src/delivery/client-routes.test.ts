import { createHmac } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { ada, DeliveryFixture, encoded, path } from "../testing/delivery-fixture.ts";
import { EventStream } from "../testing/event-stream.ts";

const fixture = await DeliveryFixture.start();
const { server, environment } = fixture;
afterAll(() => fixture[Symbol.asyncDispose]());

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

    expect(await answer.json()).toMatchObject({
      both: { reason: { kind: "OFF" }, basis: "constant" },
    });
  });

  it.each(["path", "body"])(
    "takes attributes named like members of objects, in the %s",
    async (place) => {
      const json = '{"kind":"user","key":"ada","__proto__":"x","constructor":{"prototype":1}}';
      const url = `${server.url}/sdk/evalx/${environment._id}/context`;
      const headers = { "content-type": "application/json" };

      const answer =
        place === "body"
          ? await fetch(url, { method: "REPORT", headers, body: json })
          : await fetch(`${url}s/${Buffer.from(json).toString("base64url")}`);

      expect(await answer.json()).toMatchObject({ both: { value: "new" } });
    },
  );

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
    const [variationId] = await fixture.createFlag("hidden", {
      usingMobileKey: false,
      usingEnvironmentId: false,
    });
    await fixture.createFlag("asking", { usingMobileKey: false, usingEnvironmentId: true });
    await fixture.instruct(
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
  const streamUrl = `${server.url}/eval/${environment._id}/${encoded(ada)}`;

  it("says that it is alive in events, where the client hears nothing else", async () => {
    await using stream = await EventStream.open(`${streamUrl}?heartbeats=events`);

    expect(await stream.next()).toMatchObject({ event: "put" });
    expect(await stream.next()).toEqual({ event: "heartbeat", data: {} });
  });

  it("lets a page of any site read how long to stay away", async () => {
    await using stream = await EventStream.open(streamUrl);

    expect(stream.headers.get("access-control-expose-headers")).toContain("Retry-After");
  });

  it("says a change only where it changes the result for its own context", async () => {
    const [, variationId] = await fixture.createFlag("aimed", {
      usingMobileKey: true,
      usingEnvironmentId: true,
    });
    const open = (key: string) =>
      EventStream.open(`${server.url}/eval/${environment._id}/${encoded({ ...ada, key })}`);
    await using forAda = await open("ada");
    await using forGrace = await open("grace");
    expect([(await forAda.next())?.event, (await forGrace.next())?.event]).toEqual(["put", "put"]);

    await fixture.instruct("aimed", { kind: "turnFlagOn" });
    await fixture.instruct("aimed", { kind: "addTargets", values: ["ada"], variationId });
    await fixture.instruct("aimed", { kind: "turnFlagOff" });

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
    const [old, fresh] = await fixture.createFlag("party", {
      usingMobileKey: false,
      usingEnvironmentId: true,
    });
    const clauses = [{ attribute: "", op: "segmentMatch", values: ["guests"] }];
    await fixture.instruct(
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
    await fixture.createFlag("fleeting", { usingMobileKey: false, usingEnvironmentId: true });
    await using stream = await EventStream.open(
      `${server.url}/eval/${environment._id}/${encoded(ada)}`,
    );
    await stream.next();

    await fixture.instruct("fleeting", {
      kind: "turnOffClientSideAvailability",
      value: "usingEnvironmentId",
    });

    expect(await stream.next()).toMatchObject({ event: "delete", data: { key: "fleeting" } });
  });

  it("of pings says that something changed", async () => {
    await using stream = await EventStream.open(`${server.url}/ping/${environment._id}`);
    expect(await stream.next()).toMatchObject({ event: "ping" });

    await fixture.createFlag("pinged", { usingMobileKey: true, usingEnvironmentId: true });

    expect(await stream.next()).toMatchObject({ event: "ping" });
  });
});
