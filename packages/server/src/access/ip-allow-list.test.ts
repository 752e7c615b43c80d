import { once } from "node:events";
import { afterAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { clientAddress, isWithin, parseCidr } from "./ip-allow-list.ts";

const server = await TemporaryServer.start({ trustedProxies: "127.0.0.1, fd00::/8" });
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/account/ip-allowlist";

async function statusFrom(address: string, url = "/api/v2/projects", remoteAddress = "127.0.0.1") {
  const headers = { authorization: TemporaryServer.ownerToken, "x-forwarded-for": address };
  return (await server.running.app.inject({ url, headers, remoteAddress })).statusCode;
}

it.each([
  ["10.1.2.3", "10.0.0.0/8", true],
  ["11.1.2.3", "10.0.0.0/8", false],
  ["::ffff:10.1.2.3", "10.0.0.0/8", true],
  ["203.0.113.7", "203.0.113.7", true],
  ["203.0.113.8", "203.0.113.7", false],
  ["2001:db8::1", "2001:db8::/32", true],
  ["2001:db9::1", "2001:db8::/32", false],
  ["10.1.2.3", "::/0", false],
  ["10.1.2.3", "0.0.0.0/0", true],
  ["no address", "0.0.0.0/0", false],
])("%s within %s: %s", (address, cidr, expected) => {
  expect(isWithin(address, [cidr])).toBe(expected);
});

it.each(["10.0.0.0/33", "::/129", "10.0.0", "10.0.0.0/8/8", "example.com", ""])(
  "%j is neither an address nor a block",
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);

/** Whether the channel of the admin UI opens for somebody behind the trusted proxy. */
async function channelOpensFrom(address: string): Promise<boolean> {
  const url = `${server.url.replace("http", "ws")}/api/live`;
  const headers = { authorization: TemporaryServer.ownerToken, "x-forwarded-for": address };
  const socket = new WebSocket(url, { headers });
  const opened = await once(socket, "open").then(
    () => true,
    () => false,
  );
  socket.terminate();
  return opened;
}

it.each([
  ["198.51.100.1", "", [], "198.51.100.1"],
  ["127.0.0.1", "198.51.100.1", ["127.0.0.1"], "198.51.100.1"],
  ["127.0.0.1", "10.9.9.9, 198.51.100.1, 10.0.0.2", ["127.0.0.1", "10.0.0.2"], "198.51.100.1"],
  ["198.51.100.1", "10.9.9.9", ["127.0.0.1"], "198.51.100.1"],
])("a request of %s for %j, behind %j, comes from %s", (remote, forwarded, proxies, expected) => {
  expect(clientAddress(remote, forwarded, proxies)).toBe(expected);
});

describe("the list of addresses", () => {
  it("lets nobody else use the API, sign in or open the UI; SDKs come from everywhere", async () => {
    const { _id } = (
      await server.ask("POST", path, { ipAddress: "127.0.0.0/8", description: "here" })
    ).json();
    await server.ask("POST", path, { ipAddress: "2001:db8::/32" });
    const before = await statusFrom("203.0.113.9");
    const enabled = await server.ask("PATCH", path, { isEnabled: true });

    expect(before).toBe(200);
    expect(enabled.json()).toMatchObject({ isEnabled: true, items: [{ _id }, {}] });
    expect(await statusFrom("203.0.113.9")).toBe(403);
    expect(await statusFrom("203.0.113.9", "/api/session")).toBe(403);
    expect(await statusFrom("203.0.113.9", "/login")).toBe(403);
    expect(await statusFrom("2001:db8::7")).toBe(200);
    expect(await statusFrom("203.0.113.9", "/sdk/latest-all")).not.toBe(403);
    expect(await channelOpensFrom("203.0.113.9")).toBe(false);
    expect(await channelOpensFrom("2001:db8::7")).toBe(true);
    // Nobody but a trusted proxy is believed about addresses.
    expect(await statusFrom("127.0.0.1", "/api/v2/projects", "203.0.113.9")).toBe(403);
  });

  it("cannot lock out who changes it", async () => {
    const { items } = (await server.ask("GET", path)).json();
    const own = items.find((one: { ipAddress: string }) => one.ipAddress === "127.0.0.0/8");

    const removed = await server.ask("DELETE", `${path}/${own._id}`);
    await server.ask("PATCH", path, { isEnabled: false });
    await server.ask("DELETE", `${path}/${own._id}`);
    const enabled = await server.ask("PATCH", path, { isEnabled: true });

    expect(removed.statusCode).toBe(409);
    expect(removed.json().message).toContain("127.0.0.1");
    expect(enabled.statusCode).toBe(409);
    expect((await server.ask("GET", path)).json()).toMatchObject({ isEnabled: false });
  });

  it("is for admins, takes each block once, and has descriptions to be changed", async () => {
    const writer = await newMember(server, { email: "writer@example.com", role: "writer" });
    const entry = { ipAddress: "198.51.100.0/24", description: "office" };

    const byWriter = await server.askAs(writer, "POST", path, entry);
    const made = await server.ask("POST", path, entry);
    const again = await server.ask("POST", path, entry);
    const odd = await server.ask("POST", path, { ipAddress: "office" });
    const url = `${path}/${made.json()._id}`;
    const patch = [{ op: "replace", path: "/description", value: "the office" }];
    const described = await server.ask("PATCH", url, patch);
    const moved = await server.ask("PATCH", url, { ipAddress: "0.0.0.0/0" });

    expect([byWriter, made, again, odd].map((one) => one.statusCode)).toEqual([403, 201, 409, 400]);
    expect(described.json()).toMatchObject({ ...entry, description: "the office" });
    expect(moved.statusCode).toBe(400);
  });
});
