import type { Page } from "playwright-core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedAnnouncements } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const path = "/account/announcements";
const rest = "/api/v2/announcements";

interface Listed {
  readonly items: readonly { readonly _id: string; readonly title: string }[];
}
async function announced(): Promise<Listed> {
  return (await ui.management.ask("GET", `${rest}?limit=100`)) as Listed;
}
beforeEach(async () => {
  for (const { _id } of (await announced()).items)
    await ui.management.ask("DELETE", `${rest}/${_id}`);
  await seedAnnouncements(ui.management);
});
const banner = (page: Page) => page.getByRole("region", { name: "Announcements" });

describe("announcements", () => {
  it("fit a phone, take their texts from catalogues, and axe finds nothing", async () => {
    await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
    const { page } = opened;
    await page.getByText("winter sale").first().waitFor();

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("stand over every page until somebody dismisses them, by keys alone", async () => {
    await using opened = await ui.open("/p/web-shop/flags");
    const { page } = opened;

    await banner(page).getByText("winter sale").waitFor();
    const texts = await banner(page).textContent();
    await page.getByRole("button", { name: "Dismiss Freeze" }).focus();
    await page.keyboard.press("Enter");
    await banner(page).waitFor({ state: "detached" });
    await page.reload();
    await page.waitForSelector("[data-ready]");

    expect(texts).not.toContain("Maintenance");
    expect(await banner(page).count()).toBe(0);
  });

  it("are made, changed and deleted with a way back, by mouse", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Announce something" }).click();
    const dialog = page.getByRole("dialog", { name: "Announce something" });
    await dialog.getByRole("button", { name: "Announce something" }).click();
    await dialog.getByText("Write something.").first().waitFor();
    const findings = await axeFindings(page);
    await dialog.getByLabel("Title").fill("Office party");
    await dialog.getByLabel("Message").fill("Friday at five.");
    await dialog.getByText("Alarm").click();
    await dialog.getByRole("button", { name: "Announce something" }).click();
    await banner(page).getByText("Friday at five.").waitFor();
    await page.getByRole("button", { name: "Edit Office party" }).click();
    const editing = page.getByRole("dialog", { name: "Edit announcement" });
    await editing.getByLabel("Message").fill("Friday at six.");
    await editing.getByRole("button", { name: "Save announcement" }).click();
    await banner(page).getByText("Friday at six.").waitFor();
    await page.getByRole("button", { name: "Delete Office party" }).click();
    await page.getByText("“Office party” is deleted").waitFor();
    const gone = await announced();
    await page.getByRole("button", { name: "Undo" }).click();
    await banner(page).getByText("Friday at six.").waitFor();

    expect(findings).toEqual([]);
    expect(gone.items.map(({ title }) => title)).not.toContain("Office party");
  });

  it("are made by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Announce something" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByLabel("Title").waitFor();
    await page.keyboard.type("Lunch");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Soup today.");
    await page.getByRole("dialog").getByLabel("Title").focus();
    await page.keyboard.press("Enter");
    await banner(page).getByText("Soup today.").waitFor();

    expect((await announced()).items.map(({ title }) => title)).toContain("Lunch");
  });
});
