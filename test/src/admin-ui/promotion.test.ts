import { afterAll, beforeAll, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const compare = "/p/web-shop/flags?compare=staging,production";

beforeAll(async () => {
  for (const key of ["alpha", "bravo"]) {
    const body = { key, name: `Made ${key}` };
    await ui.management.ask("POST", "/api/v2/flags/web-shop", body);
    await ui.management.instruct("web-shop", key, "staging", [{ kind: "turnFlagOn" }]);
  }
});

async function isOn(key: string): Promise<boolean> {
  const flag = await ui.management.ask("GET", `/api/v2/flags/web-shop/${key}`);
  const { environments } = flag as { environments: Record<string, { on: boolean }> };
  return environments["production"]?.on === true;
}

it.each([390, 1440])("fits %i pixels, and axe finds nothing", async (width) => {
  await using opened = await ui.open(compare, { width });

  expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
  expect(await axeFindings(opened.page)).toEqual([]);
});

it("takes its texts from its catalogue", async () => {
  await using opened = await ui.open(`${compare}&locale=pseudo`);

  expect(await hardCodedTexts(opened.page)).toEqual([]);
});

it("lists the flags that differ, says how, and copies as a draft that writes nothing", async () => {
  await using opened = await ui.open("/p/web-shop/flags");
  const { page } = opened;

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Compare environments" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Made alpha" });
  await row.getByText("Turn the flag on").waitFor();
  expect(await page.getByText("Dark mode").count()).toBe(0);
  await row.getByRole("button", { name: "Copy → Production" }).click();
  await page.getByText("1 draft is made for Production").waitFor();
  expect(await isOn("alpha")).toBe(false);
  await row.getByRole("link", { name: "Review draft" }).click();

  await page.waitForURL(/alpha\/targeting\?env=production/u);
  await page
    .getByText(/1 change/u)
    .first()
    .waitFor();
});

it("copies those that are chosen, by keys alone, and the other way round", async () => {
  await using opened = await ui.open(compare);
  const { page } = opened;

  await page.getByRole("checkbox", { name: "Select Made bravo" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Copy 1 flag → Production" }).focus();
  await page.keyboard.press("Enter");
  const row = page.getByRole("listitem").filter({ hasText: "Made bravo" });
  await row.getByRole("link", { name: "Review draft" }).waitFor();
  await page.getByRole("button", { name: "Swap the environments" }).focus();
  await page.keyboard.press("Enter");

  await row.getByText("Turn the flag off").waitFor();
  expect(new URL(page.url()).searchParams.get("compare")).toBe("production,staging");
});
