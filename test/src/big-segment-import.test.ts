import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { z } from "zod";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const segment = "/api/v2/segments/shop/production/big";
const memberCount = 250_000;
const deadlineMs = 90_000;
/** Less than the members of the import alone would take up. */
const heapMb = 64;

async function statusOf(management: Management, location: string): Promise<string> {
  return z.object({ status: z.string() }).parse(await management.ask("GET", location)).status;
}

/** Asks again and again until the job has the status. */
async function until(management: Management, location: string, wanted: string): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (let status = ""; status !== wanted; ) {
    if (Date.now() > end) throw new Error(`it is ${status}, and not ${wanted}`);
    await pause(20);
    status = await statusOf(management, location);
  }
}

it("a big import goes on after a crash, in little memory, and all of it counts at once", async () => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  const first = await ServerProcess.start({ dataFolder, heapMb });
  const before = new Management(first.url);
  await before.createProject("shop", ["production"]);
  const body = { key: "big", name: "Big", unbounded: true };
  await before.ask("POST", "/api/v2/segments/shop/production", body);
  await before.ask("POST", `${segment}/contexts`, { included: { add: ["early"] } });
  const lines = Array.from({ length: memberCount }, (_, index) => `member-with-a-key-${index}\n`);
  const form = new FormData();
  form.append("file", new File([lines.join("")], "members.csv"));
  form.append("mode", "replace");
  const { location } = await before.request("POST", `${segment}/imports`, form);

  await until(before, location ?? "", "in_progress");
  expect(await before.ask("GET", segment)).toMatchObject({
    _importInProgress: true,
    _unboundedMetadata: { includedCount: 1 },
  });
  await first.kill();
  await using second = await ServerProcess.start({ dataFolder, heapMb });
  const after = new Management(second.url);
  await until(after, location ?? "", "complete");

  expect(await after.ask("GET", segment)).toMatchObject({
    generation: 2,
    _unboundedMetadata: { includedCount: memberCount, excludedCount: 0 },
  });
}, 120_000);
