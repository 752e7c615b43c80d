import { afterAll, describe, expect, it } from "vitest";
import {
  ada,
  DeliveryFixture,
  encoded,
  path,
  type ServedEnvironment,
} from "../testing/delivery-fixture.ts";
import { EventStream } from "../testing/event-stream.ts";

const fixture = await DeliveryFixture.start();
const { server, environment } = fixture;
afterAll(() => fixture[Symbol.asyncDispose]());

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
    const other = (await server.ask("GET", path.replace("/test", "/production"))).json();
    const headers = { authorization: other.apiKey };

    const answer = await fetch(`${server.url}/sdk/latest-all`, { headers });

    expect(answer.headers.get("x-ld-envid")).toBe(other._id);
  });

  it("go at once where they are reset without a time of grace, and their streams close", async () => {
    const { apiKey } = (await server.ask("GET", path)).json() as ServedEnvironment;
    const headers = { authorization: apiKey };
    await using stream = await EventStream.open(`${server.url}/all`, { headers });
    await stream.next();

    const renewed = (await server.ask("POST", `${path}/apiKey`)).json() as ServedEnvironment;

    expect(renewed.apiKey).not.toBe(apiKey);
    expect(await stream.next()).toBeUndefined();
    expect(await status("/all", apiKey)).toBe(401);
    expect(await status("/all", renewed.apiKey)).toBe(200);
  });

  it("hold on for the time of grace where one is given", async () => {
    const { mobileKey } = (await server.ask("GET", path)).json() as ServedEnvironment;

    const expiry = Date.now() + 3_600_000;
    await server.ask("POST", `${path}/mobileKey?expiry=${expiry}`);

    expect(await status("/mping", mobileKey)).toBe(200);
    const { items } = (await server.ask("GET", `${path}/keys`)).json();
    expect(items).toContainEqual(expect.objectContaining({ key: mobileKey, expiresAt: expiry }));
  });
});
