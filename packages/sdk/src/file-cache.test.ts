import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileCache } from "./file-cache.ts";
import { type HalyardClient, init } from "./index.ts";
import { Log } from "./logger.ts";

const ada = { kind: "user", key: "ada" };
const put = (version: number, value: string): string => {
  const checkout = { key: "checkout", version, on: false, offVariation: 0, variations: [value] };
  const data = JSON.stringify({ path: "/", data: { flags: { checkout }, segments: {} } });
  return `event: put\nid: e:${version}\ndata: ${data}\n\n`;
};

/** A server that answers every stream so. Its address stays the same when it is started again. */
async function startServer(answer: (response: ServerResponse) => void, port = 0) {
  const lastEventIds: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/sdk/")) {
      response.writeHead(404).end();
      return;
    }
    lastEventIds.push(request.headers["last-event-id"]?.toString());
    answer(response);
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    lastEventIds,
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

/** How often a writer is killed; the whole proof takes more. */
const kills = Number(process.env["HALYARD_CACHE_KILLS"] ?? 20);

describe("FileCache", () => {
  let folder = "";
  let lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const logger = { error: note, warn: note, info: () => undefined, debug: () => undefined };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "halyard-cache-"));
    lines = [];
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const client = (port: number, sdkKey = "sdk-one", cachePath = folder): HalyardClient =>
    init(sdkKey, {
      baseUri: `http://127.0.0.1:${port}`,
      cachePath,
      logger,
      sendEvents: false,
      reconnectDelayMs: 5,
    });
  const detail = (flags: HalyardClient) => flags.variationDetail("checkout", ada, "fallback");
  const cached = (): string => path.join(folder, readdirSync(folder)[0] ?? "");

  /** Leaves behind what a client kept that saw this value; gives the port, where now nobody is. */
  async function keep(value: string): Promise<number> {
    await using server = await startServer(says(put(3, value)));
    await using flags = client(server.port);
    await flags.waitForInitialization();
    return server.port;
  }

  it("serves the last flags after a restart while the server is down, and says so", async () => {
    const port = await keep("new");
    await using flags = client(port);

    const start = await flags.waitForInitialization({ timeout: 5 });

    expect(start).toMatchObject({ status: "complete", source: "cache" });
    expect(detail(flags)).toMatchObject({ value: "new", source: "cache" });
    expect([flags.version, flags.status]).toEqual([3, "stale"]);
  });

  it("goes on from the cached version as soon as the server is back", async () => {
    const port = await keep("new");
    await using flags = client(port);
    const changed = new Promise<void>((resolve) => flags.on("change", () => resolve()));

    await using server = await startServer(says(put(4, "newest")), port);
    await changed;

    expect(server.lastEventIds[0]).toBe("e:3");
    expect(detail(flags)).toMatchObject({ value: "newest", source: "stream" });
    expect(flags.status).toBe("live");
  });

  it("calls the flags current once the server confirms their version", async () => {
    const port = await keep("new");
    await using _server = await startServer(says(": e:3\n\n"), port);
    await using flags = client(port);

    await expect.poll(() => detail(flags).source).toBe("stream");

    expect(detail(flags).value).toBe("new");
  });

  it("is readable by its owner alone, holds no key, and leaves no drafts", async () => {
    await keep("new");

    expect(readdirSync(folder)).toHaveLength(1);
    expect((await stat(cached())).mode & 0o777).toBe(0o600);
    expect(readFileSync(cached(), "utf8")).not.toContain("sdk-one");
  });

  const flipped = (text: string): string => text.replace("new", "old");
  it.each([
    ["truncated", (text: string) => text.slice(0, text.length / 2)],
    ["changed in one place", flipped],
    ["empty", () => ""],
    ["zeros", (text: string) => "\0".repeat(text.length)],
    ["of another schema", (text: string) => text.replace('"schema":3', '"schema":2')],
    ["of another owner", (text: string) => text.replace(/"owner":"./u, '"owner":"z')],
    ["no object", () => "null"],
    ["a trap", () => '{"__proto__":{"schema":3}}'],
  ])("starts without a cache that is %s, and says why once", async (_, broken) => {
    const port = await keep("new");
    writeFileSync(cached(), broken(readFileSync(cached(), "utf8")));

    await using flags = client(port);

    expect(detail(flags)).toMatchObject({
      value: "fallback",
      source: "fallback",
      reason: { errorKind: "CLIENT_NOT_READY" },
    });
    expect(lines.filter((line) => line.includes("the cache "))).toHaveLength(1);
  });

  it("does not serve one environment's flags to another", async () => {
    const port = await keep("new");
    await using flags = client(port, "sdk-two");

    expect(detail(flags)).toMatchObject({ value: "fallback", source: "fallback" });
  });

  it("serves from memory where nothing can be written, and says so once", async () => {
    const file = path.join(folder, "occupied");
    writeFileSync(file, "");
    await using server = await startServer(says(put(3, "new")));
    const flags = client(server.port, "sdk-one", path.join(file, "inside"));
    await flags.waitForInitialization();

    expect(detail(flags)).toMatchObject({ value: "new", source: "stream" });
    await flags.close();
    expect(lines.filter((line) => line.includes("to write flags"))).toHaveLength(1);
  });

  it("clears away what killed writers left long ago, and nobody's draft of now", async () => {
    const port = await keep("new");
    const abandoned = `${cached()}.abandoned`;
    const current = `${cached()}.current`;
    for (const draft of [abandoned, current]) writeFileSync(draft, "half");
    const longAgo = new Date(Date.now() - 7_200_000);
    utimesSync(abandoned, longAgo, longAgo);

    await using server = await startServer(says(put(4, "newest")), port);
    const flags = client(server.port);
    await expect.poll(() => detail(flags).value).toBe("newest");
    await flags.close();

    expect([existsSync(abandoned), existsSync(current)]).toEqual([false, true]);
  });

  it("is whole whenever its writer is killed", { timeout: 30_000 + 1_000 * kills }, async () => {
    const script = path.join(import.meta.dirname, "../test/write-cache.ts");
    const log = new Log(logger);
    const streamUri = "http://localhost:1";
    let lastRound = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const writer = spawn(process.execPath, [script, folder], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(writer.stdout, "data");
      // Where in a later write this falls is up to the machine.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      writer.kill("SIGKILL");
      await once(writer, "exit");

      const held = new FileCache({
        folder,
        sdkKey: "sdk-one",
        streamUri,
        delayMs: 0,
        log,
      }).read();

      expect(held?.data).toContain(`value-${held?.id?.slice("e:".length)} `);
      lastRound = Math.max(lastRound, Number(held?.id?.slice("e:".length)));
    }
    // Writers did get past their first write, so that kills fell into replacing a file.
    expect(lastRound).toBeGreaterThan(1);
    expect(lines).toEqual([]);
  });

  it("is shared by many writers without mixing them", async () => {
    await using server = await startServer(says(put(3, "new")));
    const writers = Array.from({ length: 8 }, () => client(server.port));
    await Promise.all(writers.map((one) => one.waitForInitialization()));
    await Promise.all(writers.map((one) => one.close()));

    expect(readdirSync(folder)).toHaveLength(1);
    await using flags = client(server.port);
    expect(detail(flags)).toMatchObject({ value: "new", source: "cache" });
  });
});
