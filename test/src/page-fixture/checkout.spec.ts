import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { flagsForPage, type TestFlags } from "@halyard/sdk/testing";
import { test as base, expect, type Page } from "@playwright/test";

const test = base.extend<{ flags: TestFlags }>({
  flags: flagsForPage("http://flags.test", { checkout: "old" }),
});

/** Both workers hold their own value at once: each waits here until the other one does. */
async function meet(worker: number): Promise<void> {
  const folder = process.env["MEETING_FOLDER"] ?? "";
  mkdirSync(path.join(folder, String(worker)), { recursive: true });
  await expect.poll(() => ["0", "1"].every((one) => existsSync(path.join(folder, one)))).toBe(true);
}

async function openShop(page: Page): Promise<void> {
  await page.goto("/");
  await page.evaluate(async () => {
    const flags = window.halyard.init(
      "any",
      { kind: "user", key: "ada" },
      {
        baseUri: "http://flags.test",
      },
    );
    const show = (): void => {
      document.querySelector("main")?.replaceChildren(flags.variation("checkout", "fallback"));
    };
    flags.on("change:checkout", show);
    await flags.waitForInitialization();
    show();
  });
}

for (const [first, second] of [
  ["old", "new"],
  ["new", "old"],
] as const) {
  test(`shows ${first}, then ${second} as soon as the flag turns`, async ({
    page,
    flags,
  }, info) => {
    flags.set("checkout", first);
    await openShop(page);
    await expect(page.locator("main")).toHaveText(first);

    await meet(info.parallelIndex);
    await expect(page.locator("main")).toHaveText(first);
    flags.set("checkout", second);

    await expect(page.locator("main")).toHaveText(second);
  });
}
