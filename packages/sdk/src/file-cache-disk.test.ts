import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { flag, keptLines, ScriptedService, streams, transfer } from "../test/scripted-service.ts";
import { FileCache } from "./file-cache.ts";
import { Log } from "./logger.ts";

const script = (name: string): string => path.join(import.meta.dirname, "../test", name);
const run = promisify(execFile);
/** Permissions bind everyone but root, who therefore becomes nobody. */
const ordinaryUser = process.getuid?.() === 0 ? ["65534"] : [];

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-disk-"));
});

afterEach(async () => {
  chmodSync(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

const fileOf = (): string => path.join(folder, readdirSync(folder)[0] ?? "");

async function keepOnDisk(streamUri: string, data: string): Promise<void> {
  const log = new Log(keptLines().logger);
  const cache = new FileCache({ folder, sdkKey: "sdk-one", streamUri, delayMs: 0, log });
  cache.keep(() => ({ data, id: "e:2", savedAt: Date.now() }));
  await cache.close();
}

interface Told {
  readonly first: string;
  readonly last: string;
  readonly lines: readonly string[];
}

/** What a client in a process of its own met. */
async function clientOn(args: readonly string[]): Promise<Told> {
  const { stdout } = await run(process.execPath, [script("use-cache.ts"), ...args]);
  return JSON.parse(stdout);
}

const before = JSON.stringify({ flags: { checkout: flag(2, "before") }, segments: {} });
const large = "large ".repeat(10_000);

describe("a cache whose folder", () => {
  it.each([
    ["empty", false, "fallback by fallback"],
    ["with flags of before", true, "before by cache"],
  ])("may not be written, %s, is used as far as it goes", async (_, hasFile, first) => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
    });
    if (hasFile) {
      await keepOnDisk(service.url, before);
      chmodSync(fileOf(), 0o444);
    }
    chmodSync(folder, 0o555);

    const told = await clientOn([service.url, folder, "new", ...ordinaryUser]);

    expect(told).toMatchObject({ first, last: "new by stream" });
    expect(told.lines.filter((line) => line.includes("to write flags (EACCES"))).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(hasFile ? 1 : 0);
  });

  it.each([
    ["empty", false],
    ["with flags of before", true],
  ])("lies on a disk that is full, %s, keeps what it has and no draft", async (_, hasFile) => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, large)),
    });
    if (hasFile) await keepOnDisk(service.url, before);
    const kept = hasFile ? readFileSync(fileOf(), "utf8") : undefined;
    const args = [process.execPath, script("use-cache.ts"), service.url, folder, large];

    // To this process no file may grow beyond 8 blocks.
    const { stdout } = await run("sh", ["-c", 'ulimit -f 8; exec "$@"', "sh", ...args]);

    const told: Told = JSON.parse(stdout);
    expect(told.last).toBe(`${large} by stream`);
    expect(told.lines.filter((line) => line.includes("to write flags (EFBIG"))).toHaveLength(1);
    expect(readdirSync(folder)).toHaveLength(hasFile ? 1 : 0);
    if (hasFile) expect(readFileSync(fileOf(), "utf8")).toBe(kept);
  });

  it("is missing, is made", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
    });
    const missing = path.join(folder, "a/b/c");

    const told = await clientOn([service.url, missing, "new"]);

    expect(told).toEqual({ first: "fallback by fallback", last: "new by stream", lines: [] });
    expect(await clientOn([service.url, missing, "new"])).toMatchObject({ first: "new by cache" });
  });

  it("is a file, or has a folder in the cache's place, costs the memory of it only", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
    });
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    const blocked = path.join(folder, "blocked");
    await clientOn([service.url, blocked, "new"]);
    const [name = ""] = readdirSync(blocked);
    await rm(path.join(blocked, name));
    mkdirSync(path.join(blocked, name));

    for (const place of [file, blocked]) {
      const told = await clientOn([service.url, place, "new"]);

      expect(told).toMatchObject({ first: "fallback by fallback", last: "new by stream" });
      expect(told.lines.filter((line) => line.includes("to read flags"))).toHaveLength(1);
      expect(told.lines.filter((line) => line.includes("to write flags"))).toHaveLength(1);
    }
  });

  it("is shared by 8 processes, always holds what one of them wrote", async () => {
    const writers = Array.from({ length: 8 }, () =>
      spawn(process.execPath, [script("write-cache.ts"), folder], {
        stdio: ["ignore", "pipe", "inherit"],
      }),
    );
    const { lines, logger } = keptLines();
    const said: string[] = [];
    for (const { stdout } of writers) stdout.on("data", (text) => said.push(String(text)));
    const at = { folder, sdkKey: "sdk-one", streamUri: "http://localhost:1", delayMs: 0 };
    const read = () => new FileCache({ ...at, log: new Log(logger) }).read();
    await Promise.all(writers.map(({ stdout }) => once(stdout, "data")));

    for (let round = 0; round < 200; round += 1) {
      const held = read();
      expect(held?.data).toContain(`value-${held?.id?.slice("e:".length)} `);
      await new Promise((resolve) => setImmediate(resolve));
    }

    for (const writer of writers) writer.kill("SIGTERM");
    await Promise.all(writers.map((writer) => once(writer, "exit")));
    expect(read()?.id).toMatch(/^e:\d+$/u);
    expect([lines, said.filter((line) => !line.startsWith("wrote"))]).toEqual([[], []]);
  });
});
