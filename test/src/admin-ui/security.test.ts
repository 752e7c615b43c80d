import { afterAll, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const path = "/account/security";
const list = "/api/v2/account/ip-allowlist";

it("fits a phone, takes its texts from the catalogue, and axe finds nothing", async () => {
  await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
  const { page } = opened;
  await page.getByRole("switch").nth(1).waitFor();

  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await hardCodedTexts(page)).toEqual([]);
  expect(await axeFindings(page)).toEqual([]);
});

it("lists an address, puts the list into force, and takes both back", async () => {
  await using opened = await ui.open(path, { expected: [/400/u] });
  const { page } = opened;
  const enabled = async () => (await ui.management.ask("GET", list)) as { isEnabled: boolean };

  await page.getByLabel("Address or block").fill("somewhere");
  await page.getByRole("button", { name: "Add address" }).click();
  await page.getByRole("alert").getByText("give an address or a block").waitFor();
  await page.getByLabel("Address or block").fill("127.0.0.0/8");
  await page.getByLabel("What it is").fill("This machine");
  await page.keyboard.press("Enter");
  await page.getByText("127.0.0.0/8 may come in").waitFor();
  await page.getByRole("switch", { name: /^Let only listed/u }).click();
  await page.getByText("Only listed addresses get in").waitFor();
  const during = await enabled();
  await page.getByRole("switch", { name: /^Let only listed/u }).click();
  await expect.poll(async () => (await enabled()).isEnabled).toBe(false);
  await page.getByRole("button", { name: "Remove 127.0.0.0/8" }).click();
  await page.getByText("127.0.0.0/8 is off the list").waitFor();

  expect(during.isEnabled).toBe(true);
});

it("asks everybody for a second factor, by keys alone", async () => {
  await using opened = await ui.open(path, { expected: [/401|403/u] });
  const { page } = opened;

  await page.getByRole("switch", { name: /^Second factor for everybody/u }).focus();
  await page.keyboard.press("Space");
  await expect
    .poll(() => ui.management.ask("GET", "/api/v2/account/security"))
    .toEqual({ requiresSecondFactor: true });
});
