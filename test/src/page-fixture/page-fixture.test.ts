import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ShopSite } from "../browser-sdk/shop-site.ts";

const config = fileURLToPath(new URL("playwright.config.ts", import.meta.url));
const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");

it("lets two Playwright workers hold opposite values at the same time, and turn them live", async () => {
  await using site = await ShopSite.start("client");
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-meeting-"));

  const run = spawn(process.execPath, [playwright, "test", "--config", config], {
    env: {
      ...process.env,
      SHOP_URL: site.url,
      MEETING_FOLDER: folder,
      PLAYWRIGHT_JSON_OUTPUT_NAME: "",
    },
  });
  const said = await text(run.stdout);
  await rm(folder, { recursive: true });

  const { stats, errors } = JSON.parse(said) as { stats: object; errors: unknown[] };
  expect(errors).toEqual([]);
  expect(stats).toMatchObject({ expected: 2, unexpected: 0, flaky: 0, skipped: 0 });
});
