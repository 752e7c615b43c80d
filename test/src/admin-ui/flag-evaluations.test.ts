import { init } from "@halyard/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

const flag = "/p/web-shop/flags/checkout";
const path = `${flag}/evaluations?env=production&period=1h`;

/** An app that asks for the flag, and with the wrong type once. */
async function ask(times: number): Promise<void> {
  const sdkKey = await ui.management.sdkKey("web-shop", "production");
  await using app = init(sdkKey, {
    baseUri: ui.url,
    eventsUri: ui.url,
    tags: { applicationId: "checkout-api" },
  });
  await app.waitForInitialization({ timeout: 10 });
  for (let at = 0; at < times; at += 1)
    app.variation("checkout", { kind: "user", key: `customer-${at}` }, "none");
  await app.flush();
}

describe("the evaluations of a flag", () => {
  it("say that no app has asked, and when one did elsewhere", async () => {
    await using opened = await ui.open(`${flag}/evaluations?env=staging`);
    const { page } = opened;

    await page.getByText("No app has asked for this flag in Staging within 24 hours.").waitFor();
    await page.getByRole("region", { name: "Last asked for" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("are counted by what was served, by SDK, and as a table of numbers", async () => {
    await ask(12);
    await using opened = await ui.open(path);
    const { page } = opened;

    const totals = page.getByRole("region", { name: "Evaluations by what was served" });
    await expect
      .poll(async () => totals.getByRole("row", { name: /^All/u }).textContent())
      .toBe("All12");
    await page.getByRole("img", { name: "12 evaluations within 1 hour" }).waitFor();
    const sdks = page.getByRole("table", { name: "Evaluations by SDK" });
    expect(await sdks.getByRole("row").last().textContent()).toMatch(/checkout-api12$/u);
    await page.getByText("Show the numbers").focus();
    await page.keyboard.press("Enter");
    const numbers = page.getByRole("table", { name: "Evaluations by time" });
    await numbers.getByRole("row").nth(1).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("fit a phone, and take their texts from the catalogue", async () => {
    await using narrow = await ui.open(path, { width: 390 });
    expect(await overflow(narrow.page)).toBeLessThanOrEqual(0);

    await using pseudo = await ui.open(`${path}&locale=pseudo`);
    expect(await hardCodedTexts(pseudo.page)).toEqual([]);
  });

  it("keep the period in the address, by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("link", { name: "7 days" }).focus();
    await page.keyboard.press("Enter");

    await page.waitForURL(/period=7d/u);
    await page.getByRole("heading", { name: "Within 7 days" }).waitFor();
  });

  it("tell of the step below the pointer", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.locator(".u-over").hover({ position: { x: 40, y: 60 } });
    await page.getByRole("heading", { name: /^At /u }).waitFor();
    await page.getByRole("heading", { level: 1 }).hover();

    await page.getByRole("heading", { name: "Within 1 hour" }).waitFor();
  });

  it("mark when the flag was changed, and lead to the entry, by keys alone", async () => {
    await ui.management.instruct("web-shop", "checkout", "production", [
      { kind: "updateTrackEvents", trackEvents: true },
    ]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page
      .getByRole("button", { name: /changes? at/u })
      .last()
      .focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: /changes? at/u });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("link").last().focus();
    await page.keyboard.press("Enter");

    await page.waitForURL(/\/audit\//u);
  });
});
