import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const path = "/account/instance";

describe("the instance", () => {
  it("tells how it fares and what it holds, and is copied by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByText("Ready", { exact: true }).waitFor();
    await page.getByText(/^SQLite 3\./u).waitFor();
    await page.getByRole("button", { name: "Copy for a report" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(async () => navigator.clipboard.readText());

    expect(JSON.parse(copied)).toMatchObject({ database: { engine: "SQLite" } });
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is found in the palette by keys alone", async () => {
    await using opened = await ui.open("/p/web-shop/flags");
    const { page } = opened;

    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("searchbox").waitFor();
    await page.keyboard.type("Instance");
    await page.getByRole("menuitem", { name: /^Instance/u }).waitFor();
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "Instance" }).waitFor();
  });

  it("fits a phone, and takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
    const { page } = opened;

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });
});
