import { init } from "@halyard/sdk";
import { expect, it } from "vitest";
import { randomFrom } from "./contexts.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const kills = Number(process.env["HALYARD_KILLS"] ?? "25");

it(`keeps every acknowledged change through ${kills} kills, and the SDK never goes back`, async () => {
  const random = randomFrom(7);
  await using folder = await ServerProcess.start();
  const management = new Management(folder.url);
  await management.createProject("shop", ["production"]);
  await management.createFlag("shop", "counter", ["0", "off"]);
  const variationId = await firstVariationId(management);
  await management.instruct("shop", "counter", "production", [{ kind: "turnFlagOn" }]);
  const sdkKey = await management.sdkKey("shop", "production");
  await using client = init(sdkKey, { baseUri: folder.url, sendEvents: false, logger: silent });
  await client.waitForInitialization({ timeout: 10 });

  let acknowledged = 0;
  let attempted = 0;
  let highestSeen = 0;
  const backwards: string[] = [];
  let server: ServerProcess = folder;
  for (let life = 0; life < kills; life += 1) {
    const writing = writeUntilRefused(server);
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 150));
    await server.kill();
    await writing;
    server = await ServerProcess.start({ port: folder.port, dataFolder: folder.dataFolder });
    const stored = await storedValue(management);
    if (stored < acknowledged || stored > attempted) {
      backwards.push(`life ${life}: stored ${stored}, acknowledged ${acknowledged}`);
    }
    observe();
  }

  expect(backwards).toEqual([]);
  expect(acknowledged).toBeGreaterThan(kills);
  await expect.poll(() => observe(), { timeout: 60_000, interval: 100 }).toBe(await lastValue());
  await server.stop();

  /** One writer: the next value is stored only after the last one was acknowledged. */
  async function writeUntilRefused(target: ServerProcess): Promise<void> {
    const script = new Management(target.url);
    for (;;) {
      const next = Math.max(attempted, acknowledged) + 1;
      attempted = next;
      try {
        await script.instruct("shop", "counter", "production", [
          { kind: "updateVariation", variationId, value: String(next) },
        ]);
      } catch {
        return; // Killed in the middle of it: the change may be there or not.
      }
      acknowledged = next;
    }
  }

  async function lastValue(): Promise<number> {
    return storedValue(new Management(server.url));
  }

  function observe(): number {
    const value = Number(client.variation("counter", { kind: "user", key: "ada" }, "-1"));
    if (value < highestSeen) backwards.push(`the SDK went from ${highestSeen} to ${value}`);
    highestSeen = Math.max(highestSeen, value);
    return value;
  }
}, 900_000);

const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

interface StoredFlag {
  readonly variations: readonly { readonly _id: string; readonly value: string }[];
}

async function storedFlag(management: Management): Promise<StoredFlag> {
  return (await management.ask("GET", "/api/v2/flags/shop/counter")) as StoredFlag;
}

async function firstVariationId(management: Management): Promise<string> {
  const [first] = (await storedFlag(management)).variations;
  if (first === undefined) throw new Error("the flag was stored without variations");
  return first._id;
}

/** The value that everyone gets, as the server has stored it. */
async function storedValue(management: Management): Promise<number> {
  return Number((await storedFlag(management)).variations[0]?.value);
}
