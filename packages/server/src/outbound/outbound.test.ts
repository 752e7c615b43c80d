import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress, parseAllowedTargets } from "./address.ts";
import { Outbound, type Resolve } from "./outbound.ts";

const nowhere = parseAllowedTargets("");
const loopback = parseAllowedTargets("127.0.0.1");
const request = { headers: { "content-type": "text/plain" }, body: "hello" };

describe("an address", () => {
  it.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "not an address",
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("a list of allowed targets", () => {
  it("says which of its entries cannot be read", () => {
    expect(() => parseAllowedTargets("10.0.0.0/8, http://x")).toThrow(
      '"http://x" is no host, address or network',
    );
  });
});

describe("a URL that somebody sets", () => {
  const resolve: Resolve = async (host) => {
    if (host === "nobody.example") throw new Error("ENOTFOUND");
    return host === "mixed.example" ? ["8.8.8.8", "10.0.0.1"] : ["10.0.0.1"];
  };

  it.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0x7f000001/",
    "http://127.1/",
    "http://127。0。0。1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[fe80::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://intranet.example/",
    "http://mixed.example/",
  ])("%s is refused, for it is not on the public internet", async (url) => {
    const outbound = new Outbound(nowhere, { resolve });

    await expect(outbound.check(url, "url")).rejects.toThrow("is not on the public internet");
    await expect(outbound.post({ ...request, url })).rejects.toThrow("not on the public internet");
  });

  it.each([
    ["file:///etc/passwd", "use https: or http:"],
    ["gopher://example.com/", "use https: or http:"],
    ["hooks", "is no URL"],
    ["https://me:secret@example.com/", "leave them out"],
  ])("%s is refused, with what to do", async (url, words) => {
    await expect(new Outbound(nowhere, { resolve }).check(url, "url")).rejects.toThrow(words);
  });

  it("may name a host that is not there yet", async () => {
    await new Outbound(nowhere, { resolve }).check("https://nobody.example/", "url");
  });

  it("is saved where its name is not found soon, and held against the rules when it is asked", async () => {
    const found = Promise.withResolvers<string[]>();
    const outbound = new Outbound(nowhere, { resolve: () => found.promise });

    await outbound.check("https://slow.example/", "url");
    found.resolve(["10.0.0.1"]);

    await expect(outbound.post({ ...request, url: "https://slow.example/" })).rejects.toThrow(
      "not on the public internet",
    );
  });

  it("may be private where an operator allows its network or name", async () => {
    const byNetwork = new Outbound(parseAllowedTargets("10.0.0.0/8"), { resolve });
    const byName = new Outbound(parseAllowedTargets("Intranet.example"), { resolve });

    await byNetwork.check("http://intranet.example/", "url");
    await byName.check("http://intranet.example/", "url");
    await expect(byName.check("http://other.example/", "url")).rejects.toThrow("HALYARD_OUTBOUND");
  });
});

describe("a request", () => {
  const asked: string[] = [];
  const server = http.createServer((incoming, answer) => {
    asked.push(`${incoming.headers.host} ${incoming.url}`);
    if (incoming.url === "/away") answer.writeHead(302, { location: "/secret" }).end();
    else if (incoming.url === "/huge") answer.end("x".repeat(64 * 1024 + 1));
    else if (incoming.url === "/full") answer.end("x".repeat(64 * 1024));
    else if (incoming.url === "/halting") answer.writeHead(200).write("a");
    else if (incoming.url !== "/hanging") answer.end("fine");
  });
  let at = "";
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    at = `:${typeof address === "object" ? address?.port : ""}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("goes to the address that was checked, though the name points elsewhere by then", async () => {
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const outbound = new Outbound(loopback, { resolve: async () => answers.shift() ?? [] });

    const answer = await outbound.post({ ...request, url: `http://rebound.example${at}/a` });

    expect(answer).toEqual({ status: 200, body: "fine" });
    expect(asked).toContain(`rebound.example${at} /a`);
    expect(answers).toHaveLength(1);
  });

  it("is refused where a name that was public when it was set is private by then", async () => {
    const answers = [["8.8.8.8"], ["127.0.0.1"]];
    const outbound = new Outbound(nowhere, { resolve: async () => answers.shift() ?? [] });
    const url = `http://rebound.example${at}/rebound`;
    await outbound.check(url, "url");

    await expect(outbound.post({ ...request, url })).rejects.toThrow("not on the public internet");
    expect(asked.some((one) => one.endsWith("/rebound"))).toBe(false);
  });

  it("follows no redirect", async () => {
    const answer = await new Outbound(loopback).post({
      ...request,
      url: `http://127.0.0.1${at}/away`,
    });

    expect(answer.status).toBe(302);
    expect(asked.some((one) => one.endsWith("/secret"))).toBe(false);
  });

  it.each(["/hanging", "/halting"])("gives up on an answer that does not end: %s", async (path) => {
    const outbound = new Outbound(loopback, { timeout: 50 });

    const answer = outbound.post({ ...request, url: `http://127.0.0.1${at}${path}` });

    await expect(answer).rejects.toThrow("no whole answer within 0.05 seconds");
  });

  it("gives up where looking the name up does not end", async () => {
    const outbound = new Outbound(loopback, {
      timeout: 50,
      resolve: () => Promise.withResolvers<string[]>().promise,
    });

    const answer = outbound.post({ ...request, url: "http://slow.example/" });

    await expect(answer).rejects.toThrow("no whole answer within 0.05 seconds");
  });

  it("takes an answer of 64 KiB, and not a byte more", async () => {
    const outbound = new Outbound(loopback);

    const full = await outbound.post({ ...request, url: `http://127.0.0.1${at}/full` });
    const huge = outbound.post({ ...request, url: `http://127.0.0.1${at}/huge` });

    expect(full.body).toHaveLength(64 * 1024);
    await expect(huge).rejects.toThrow("larger than 65536 bytes");
  });
});
