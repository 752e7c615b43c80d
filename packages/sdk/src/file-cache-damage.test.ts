import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { flag, keptLines } from "../test/scripted-service.ts";
import { FileCache } from "./file-cache.ts";
import { init } from "./index.ts";
import { Log } from "./logger.ts";

const ada = { kind: "user", key: "ada" };
/** Nobody listens there. */
const baseUri = "http://127.0.0.1:9";
const set = JSON.stringify({
  flags: { checkout: flag(3, 'kept "für" alle'), other: flag(2, 2.5, "other") },
  segments: { beta: { key: "beta", version: 1, included: ["ada"] } },
});

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-damage-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Writes a sound file, as a client with this key does. Gives its path. */
async function write(data = set, sdkKey = "sdk-one"): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const log = new Log(keptLines().logger);
  const cache = new FileCache({ folder, sdkKey, streamUri: baseUri, delayMs: 0, log });
  cache.keep(() => ({ data, id: "e:3", savedAt: 1_700_000_000_000 }));
  await cache.close();
  return path.join(folder, readdirSync(folder)[0] ?? "");
}

/** What a client that starts on the folder answers at once, and the warnings that the cache costs. */
async function startOn() {
  const { lines, logger } = keptLines();
  await using flags = init("sdk-one", { baseUri, cachePath: folder, logger, sendEvents: false });
  const { value, source } = flags.variationDetail("checkout", ada, "fallback");
  const warnings = lines.filter((line) => line.includes("cache"));
  return { answer: [value, source, flags.version, flags.status], warnings };
}

const intact = ['kept "für" alle', "cache", 3, "stale"];
const without = ["fallback", "fallback", undefined, "initializing"];

const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const placeIn = (bytes: Buffer, share: number): number => Math.floor(bytes.length * share);
type Damage = (bytes: Buffer) => Buffer;
const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(at, fc.integer({ min: 0, max: 7 })).map(([share, bit]) => (bytes: Buffer) => {
    const place = placeIn(bytes, share);
    return Buffer.from(bytes.map((byte, index) => (index === place ? byte ^ (1 << bit) : byte)));
  }),
  at.map((share) => (bytes: Buffer) => bytes.subarray(0, placeIn(bytes, share))),
  at.map((share) => (bytes: Buffer) => Buffer.from(bytes).fill(0, placeIn(bytes, share))),
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => () => Buffer.from(bytes)),
  fc.json().map((json) => () => Buffer.from(json)),
  fc
    .tuple(fc.constantFrom("schema", "owner", "id", "savedAt", "crc", "data"), fc.jsonValue())
    .map(([member, value]) => (bytes: Buffer) => {
      return Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), [member]: value }));
    }),
  fc.constantFrom("__proto__", "constructor", "toString").map((trap) => (bytes: Buffer) => {
    return Buffer.from(bytes.toString().replace('"data"', JSON.stringify(trap)));
  }),
  fc.constant((bytes: Buffer) => Buffer.concat([bytes, bytes])),
);

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

describe("a cache file that was damaged", () => {
  it("costs one warning and nothing else, whatever was done to it", async () => {
    const sound = readFileSync(await write());

    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        const damaged = damage(sound);
        writeFileSync(path.join(folder, readdirSync(folder)[0] ?? ""), damaged);

        const { answer, warnings } = await startOn();

        // A bit that only chose between two spellings of the same is no damage.
        const isHarmless = isDeepStrictEqual(parsed(damaged), parsed(sound));
        expect(answer).toEqual(isHarmless ? intact : without);
        expect(warnings).toHaveLength(isHarmless ? 0 : 1);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it("is not even read where it is larger than any set of flags", async () => {
    truncateSync(await write(), 300_000_000);

    const { answer, warnings } = await startOn();

    expect(answer).toEqual(without);
    expect(warnings).toEqual([expect.stringContaining("300000000 bytes")]);
  });

  it("is not taken from another environment, wherever it lies", async () => {
    const theirs = readFileSync(await write(set, "sdk-two"));
    writeFileSync(await write(), theirs);

    const { answer, warnings } = await startOn();

    expect(answer).toEqual(without);
    expect(warnings).toEqual([expect.stringContaining("another SDK key or address")]);
  });

  it.each(["null", "[]", "3", '{"flags":[]}', '{"flags":{"checkout":null}}', '{"flags":{"a":{}}}'])(
    "is told of once where it is sound but holds %s",
    async (data) => {
      await write(data);

      const { answer, warnings } = await startOn();

      expect([answer, warnings.length]).toEqual([without, 1]);
    },
  );

  it("changes no prototype, and serves a flag that is named like one", async () => {
    const trap = `{"flags":{"__proto__":${JSON.stringify(flag(1, "served", "__proto__"))}}}`;
    await write(trap);
    const { logger } = keptLines();

    await using flags = init("sdk-one", { baseUri, cachePath: folder, logger, sendEvents: false });

    expect(flags.stringVariation("__proto__", ada, "fallback")).toBe("served");
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { version?: number }).version).toBeUndefined();
  });
});
