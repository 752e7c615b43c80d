import { init } from "@halyard/sdk";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const keys = "/p/web-shop/keys";
const unheard = () => undefined;
const silent = { error: unheard, warn: unheard, info: unheard, debug: unheard };

async function connect(key: string, application: string) {
  const app = init(key, {
    baseUri: ui.url,
    sendEvents: false,
    logger: silent,
    tags: { applicationId: application },
  });
  await app.waitForInitialization({ timeout: 10 });
  return app;
}

function tableOf(page: Page, environment: string) {
  return page.getByRole("region", { name: `Keys of ${environment}` });
}

describe("the page of keys", () => {
  it("copies a key whole, and shows only how it ends", async () => {
    await using opened = await ui.open(keys);
    const { page } = opened;
    const key = await ui.management.sdkKey("web-shop", "development");

    await tableOf(page, "Development")
      .getByRole("row", { name: /^SDK key/u })
      .getByRole("button", { name: /^Copy/u })
      .click();

    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    expect(await page.locator("main").textContent()).not.toContain(key);
  });

  it("rotates a key while an app is on the old one, tells who still is, and ends it", async () => {
    await using opened = await ui.open(`${keys}?env=staging`);
    const { page } = opened;
    const before = await ui.management.sdkKey("web-shop", "staging");
    await using old = await connect(before, "checkout-api");
    const table = tableOf(page, "Staging");
    await table
      .getByRole("row", { name: /^SDK key/u })
      .getByText("checkout-api")
      .waitFor();

    await table
      .getByRole("row", { name: /^SDK key/u })
      .getByRole("button", { name: "Rotate" })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("For an hour").click();
    const findings = await axeFindings(page);
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    await dialog.getByText("Copy it now").waitFor();
    const made = (await dialog.getByRole("region", { name: "The new key" }).textContent()) ?? "";
    await dialog.getByRole("button", { name: "Done" }).click();
    await using moved = await connect(made, "billing");
    const former = table.getByRole("row", { name: /former key/u });
    await former.getByText("Still on the old key").waitFor();
    await table
      .getByRole("row", { name: /^SDK key/u })
      .getByText("billing")
      .waitFor();
    const status = new Promise((resolve) => old.on("status", resolve));
    await former.getByRole("button", { name: "Expire now" }).click();
    await page.getByRole("alertdialog").getByText("checkout-api").waitFor();
    await page.getByRole("button", { name: "Revoke key" }).click();
    await former.waitFor({ state: "detached" });

    expect(findings).toEqual([]);
    expect(made).toBe(await ui.management.sdkKey("web-shop", "staging"));
    expect(made).not.toBe(before);
    expect(await status).toMatchObject({ status: "stale" });
    expect(moved.variation("checkout", { kind: "user", key: "ada" }, "none")).toBe("new");
  });

  it("makes a further key, shows it once and revokes it, by keys alone", async () => {
    await using opened = await ui.open(`${keys}?env=development`);
    const { page } = opened;

    await page.getByRole("button", { name: "New key" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("pricing");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("Copy it now").waitFor();
    const made = (await page.getByRole("region", { name: "The new key" }).textContent()) ?? "";
    const done = page.getByRole("button", { name: "Done" });
    await expect.poll(() => done.evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    const row = page.getByRole("row", { name: /pricing/u });
    await row.waitFor();
    await using app = await connect(made, "pricing-api");
    await row.getByText("pricing-api").waitFor();
    await row.getByRole("button", { name: "Revoke" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").waitFor();
    await page.getByRole("button", { name: "Revoke key" }).focus();
    await page.keyboard.press("Enter");

    await row.waitFor({ state: "detached" });
    expect(made).toMatch(/^sdk-[0-9a-f]{40}$/u);
    expect(app.variation("dark-mode", { kind: "user", key: "ada" }, false)).toBe(true);
  });

  it("shows a reader how keys end, and who may change them", async () => {
    const invited = await ui.management.ask("POST", "/api/v2/members", [
      { email: "alan@example.com", role: "reader" },
    ]);
    const [, token] = /\/invite\/([^"]+)"/u.exec(JSON.stringify(invited)) ?? [];
    await using opened = await ui.open("/login", { isSignedIn: false, expected: [/401|403/u] });
    const { page } = opened;
    const data = { token, password: "correct horse battery staple" };
    await page.request.post(`${ui.url}/api/invitation`, { data });
    await page.goto(`${ui.url}${keys}?env=development`);

    const rotate = page.getByRole("button", { name: "Rotate" }).first();
    await rotate.focus();

    await page.getByRole("tooltip").getByText("updateApiKey").waitFor();
    expect(await rotate.getAttribute("aria-disabled")).toBe("true");
  });

  it("fits a phone and a tablet, and axe finds nothing in either theme", async () => {
    for (const [address, width] of [
      [keys, 768],
      [`${keys}?env=production`, 390],
    ] as const) {
      await using opened = await ui.open(address, { width });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
      if (width === 390) expect(await axeFindings(opened.page)).toEqual([]);
    }
  });

  it("takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${keys}?locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });
});
