import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type HalyardClient, init } from "./index.ts";

const ada = { kind: "user", key: "ada" };
const flag = (version: number, value: string) => ({
  key: "checkout",
  version,
  on: false,
  offVariation: 0,
  variations: [value],
});
const put = (id: string, version: number, value: string): string =>
  `event: put\nid: ${id}\ndata: ${JSON.stringify({ path: "/", data: { flags: { checkout: flag(version, value) }, segments: {} } })}\n\n`;
const patch = (version: number, value: string, id?: string): string =>
  `event: patch\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify({ path: "/flags/checkout", data: flag(version, value) })}\n\n`;

/** A server whose stream says what the test scripts, one answer for each connection. */
async function startServer(answers: ((response: ServerResponse) => void)[]) {
  const streams: IncomingMessage[] = [];
  const open: ServerResponse[] = [];
  const bodies: { kind: string }[][] = [];
  const server = createServer((request, response) => {
    if (request.url === "/bulk") {
      let body = "";
      request.on("data", (bytes) => {
        body += String(bytes);
      });
      request.on("end", () => {
        bodies.push(JSON.parse(body));
        response.writeHead(202).end();
      });
      return;
    }
    if (request.url?.startsWith("/sdk/")) {
      response.writeHead(404).end();
      return;
    }
    streams.push(request);
    open.push(response);
    const answer = answers[Math.min(streams.length, answers.length) - 1];
    answer?.(response);
  }).listen(0);
  await once(server, "listening");
  const connections = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  return {
    streams,
    open,
    bodies,
    connections,
    baseUri: `http://localhost:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const says = (text: string) => (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "text/event-stream" }).write(text);
};
const ignore = (): void => undefined;
const quiet = { error: ignore, warn: ignore, info: ignore, debug: ignore };
const client = (baseUri: string): HalyardClient =>
  init("sdk-test", { baseUri, logger: quiet, reconnectDelayMs: 5 });
const changed = (flags: HalyardClient): Promise<void> =>
  new Promise((resolve) => flags.on("change:checkout", () => resolve()));
const value = (flags: HalyardClient): string => flags.stringVariation("checkout", ada, "fallback");

describe("client", () => {
  it("serves what the stream put, and says at which version", async () => {
    await using server = await startServer([says(put("e:3", 3, "new"))]);
    await using flags = client(server.baseUri);

    const start = await flags.waitForInitialization({ timeout: 5 });

    expect(start).toMatchObject({ status: "complete", source: "stream" });
    expect(value(flags)).toBe("new");
    expect([flags.version, flags.epoch, flags.status]).toEqual([3, "e", "live"]);
  });

  it("gives the fallback and the reason on any trouble", async () => {
    await using server = await startServer([says(put("e:3", 3, "new"))]);
    await using flags = client(server.baseUri);
    const kind = (key: string, context: object) => flags.variationDetail(key, context, "x").reason;

    expect(kind("checkout", ada)).toMatchObject({ errorKind: "CLIENT_NOT_READY" });
    await flags.waitForInitialization();

    expect(kind("nope", ada)).toMatchObject({ errorKind: "FLAG_NOT_FOUND" });
    expect(kind("checkout", {})).toMatchObject({ errorKind: "USER_NOT_SPECIFIED" });
    expect(flags.boolVariation("checkout", ada, true)).toBe(true);
  });

  it("asks for what it missed where a heartbeat names a newer version", async () => {
    await using server = await startServer([
      says(`${put("e:3", 3, "new")}: e:3\n\n: anything else\n\n: e:4\n\n`),
      says(patch(4, "newest", "e:4")),
    ]);
    await using flags = client(server.baseUri);
    const change = new Promise((resolve) => {
      flags.on("change", () => void (value(flags) === "newest" && resolve(undefined)));
    });
    await flags.waitForInitialization();

    await change;

    expect(server.streams[1]?.headers["last-event-id"]).toBe("e:3");
  });

  it("comes back with its last id, and never moves back to an older set", async () => {
    await using server = await startServer([
      says(put("e:3", 3, "new")),
      says(put("e:2", 2, "old") + patch(3, "late", "e:3") + patch(4, "newest", "e:4")),
    ]);
    await using flags = client(server.baseUri);
    await flags.waitForInitialization();
    const seen: string[] = [];
    flags.on("change", () => seen.push(value(flags)));
    const change = changed(flags);

    server.open[0]?.destroy();
    await change;

    expect(server.streams[1]?.headers["last-event-id"]).toBe("e:3");
    expect([seen, flags.version]).toEqual([["newest"], 4]);
  });

  it("keeps what it has when the stream turns malformed, and starts afresh", async () => {
    await using server = await startServer([
      says(`${put("e:3", 3, "new")}event: patch\ndata: {oops\n\n`),
      says(put("e:5", 5, "repaired")),
    ]);
    await using flags = client(server.baseUri);
    await flags.waitForInitialization();
    expect(value(flags)).toBe("new");

    await changed(flags);

    expect(value(flags)).toBe("repaired");
  });

  it("says at once that the key was refused", async () => {
    await using server = await startServer([(response) => response.writeHead(401).end()]);
    await using flags = client(server.baseUri);

    const start = await flags.waitForInitialization({ timeout: 5 });

    expect([start.status, start.error?.message]).toEqual([
      "failed",
      expect.stringContaining("401"),
    ]);
  });

  it("stays away for as long as a server that is full asks it to", async () => {
    await using server = await startServer([
      (response) => response.writeHead(503, { "retry-after": "120" }).end(),
    ]);
    const lines: string[] = [];
    const logger = { ...quiet, warn: (line: string) => void lines.push(line) };
    await using flags = init("sdk-test", { baseUri: server.baseUri, logger, reconnectDelayMs: 5 });

    await expect.poll(() => lines.length).toBe(1);

    expect(lines[0]).toContain("retrying in 121 s");
    expect(flags.status).toBe("offline");
  });

  it("delivers its events on close, and leaves no connection", async () => {
    await using server = await startServer([says(put("e:3", 3, "new"))]);
    const flags = client(server.baseUri);
    await flags.waitForInitialization();
    value(flags);
    const [stream] = server.streams;
    if (stream === undefined) throw new Error("the client opened no stream");
    stream.on("error", () => stream.destroy());
    const ended = new Promise((resolve) => {
      stream.once("close", resolve);
    });

    await flags.close();
    await ended;

    expect(server.bodies.flat().map(({ kind }) => kind)).toEqual(["index", "summary"]);
    await expect.poll(() => server.connections()).toBe(0);
    expect(flags.status).toBe("offline");
  });

  it("takes a change as a whole, when its last frame has come", async () => {
    await using server = await startServer([says(put("e:3", 3, "new") + patch(4, "half"))]);
    await using flags = client(server.baseUri);
    await flags.waitForInitialization();
    const change = changed(flags);
    expect(value(flags)).toBe("new");

    server.open[0]?.write(patch(5, "whole", "e:5"));
    await change;

    expect(value(flags)).toBe("whole");
  });

  it("leaves a stream that has fallen silent", async () => {
    await using server = await startServer([
      says(put("e:3", 3, "new")),
      says(put("e:4", 4, "newer")),
    ]);
    const { baseUri } = server;
    const options = { baseUri, logger: quiet, reconnectDelayMs: 5, readTimeoutMs: 50 };
    await using flags = init("sdk-test", options);
    await flags.waitForInitialization();

    await changed(flags);

    expect(value(flags)).toBe("newer");
  });

  it("sends no private attribute", async () => {
    await using server = await startServer([says(put("e:3", 3, "new"))]);
    const { baseUri } = server;
    const flags = init("sdk-test", { baseUri, logger: quiet, privateAttributes: ["/home/city"] });

    flags.identify({
      ...ada,
      email: "a@b.c",
      home: { city: "X" },
      _meta: { privateAttributes: ["email"] },
    });
    await flags.close();

    expect(server.bodies.flat()).toMatchObject([
      {
        kind: "identify",
        context: { ...ada, home: {}, _meta: { redactedAttributes: ["/home/city", "email"] } },
      },
    ]);
    expect(JSON.stringify(server.bodies)).not.toMatch(/a@b.c|"X"/u);
  });

  it("refuses to start without a key", () => {
    expect(() => init("", {})).toThrow("HALYARD_SDK_KEY");
  });
});
