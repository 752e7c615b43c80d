import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  bar,
  everyoneElse,
  give,
  newFlag,
  patience,
  served,
  sheet,
  targeting,
} from "./drafting.ts";
import { AdminUi, axeFindings, overflow } from "./page.ts";

const ui = await AdminUi.start();
const { management } = ui;
afterAll(() => ui[Symbol.asyncDispose]());

/** What the browser's tab says of the page: the mark before its title, and its icon. */
async function tab(page: Page): Promise<readonly (string | null)[]> {
  const [mark = ""] = /^● /u.exec(await page.title()) ?? [];
  return [mark, await page.locator('link[rel="icon"]').getAttribute("href")];
}

describe("a draft", () => {
  it("is made, reviewed and saved by mouse, and taken back by the toast", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await give(page, "When off", "new");
    await give(page, "When off", "old");
    await bar(page).getByText("2 changes").waitFor();
    expect(await tab(page)).toEqual(["● ", "/favicon-unsaved.svg"]);
    expect(await served(management, key, "development")).toEqual(["old", "other"]);

    await page.getByRole("button", { name: "Review & save" }).click();
    const dialog = sheet(page);
    await dialog.getByText("Change the default: everyone else gets new").waitFor();
    await dialog.getByText("No context was seen here in 24 hours.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Save changes" }).click();

    await page.getByText(`${key}: 2 changes saved in Development`).waitFor();
    expect(await served(management, key, "development")).toEqual(["new", "old"]);
    expect(await bar(page).count()).toBe(0);
    await expect.poll(() => tab(page)).toEqual(["", "/favicon.svg"]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["old", "other"]);
  });

  it("is made, taken back step by step, reviewed and saved by keyboard alone", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await everyoneElse(page).waitFor();
    await page.keyboard.press("d");
    await page.locator("button:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "new" }).waitFor();
    await page.keyboard.type("new");
    await page.keyboard.press("Enter");
    await bar(page).getByText("everyone else gets new").waitFor();
    // Within a list, Ctrl Z is that of its field.
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.locator("button:focus").waitFor();
    await page.keyboard.press("Control+z");
    await bar(page).waitFor({ state: "detached" });
    await page.keyboard.press("Control+Shift+z");
    await bar(page).waitFor();

    await page.keyboard.press("Control+Enter");
    await sheet(page).getByText("Change the default: everyone else gets new").waitFor();
    await page.locator("[role=dialog]:focus, [role=dialog] :focus").waitFor();
    await page.keyboard.press("Control+Enter");

    await page.getByText("1 change saved in Development").waitFor();
    await sheet(page).waitFor({ state: "detached" });
    await bar(page).waitFor({ state: "detached" });
    expect(await served(management, key, "development")).toEqual(["new", "other"]);
    // What was saved is taken back as a draft, which is reviewed like any other.
    await page.keyboard.press("Control+z");
    await bar(page).getByText("everyone else gets old").waitFor();
  });

  it("survives a reload, says from when it is, and can be discarded and had back", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await bar(page).waitFor();
    await page.reload();
    await bar(page)
      .getByText(/You had 1 unsaved change from \d\d:\d\d\./u)
      .waitFor();
    await everyoneElse(page).getByText("new", { exact: true }).waitFor();
    await bar(page).getByRole("button", { name: "Continue" }).click();
    await bar(page).getByText("You had").waitFor({ state: "detached" });

    await bar(page).getByRole("button", { name: "Discard" }).click();
    await bar(page).waitFor({ state: "detached" });
    await everyoneElse(page).getByText("old", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await bar(page).getByText("everyone else gets new").waitFor();
  });

  it("asks in a critical environment for its name, begins in the comment, and Enter saves nothing", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "production"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await page.getByRole("button", { name: "Review & save" }).click();
    await sheet(page).locator("textarea:focus").waitFor();
    await page.keyboard.type("For the sale.");
    await page.keyboard.press("Enter");
    await sheet(page).getByRole("button", { name: "Save to Production" }).click();
    await sheet(page).getByText("Production asks you to type its name.").waitFor();
    expect(await served(management, key, "production")).toEqual(["old", "other"]);

    await sheet(page)
      .getByRole("textbox", { name: "Type Production to confirm" })
      .fill("Production");
    await sheet(page).getByRole("button", { name: "Save to Production" }).click();
    await page.getByText("1 change saved in Production").waitFor();
    expect(await served(management, key, "production")).toEqual(["new", "other"]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it("is scheduled, and where something is planned a save says so and asks", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"), { expected: [/409/u] });
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await page.getByRole("button", { name: "Review & save" }).click();
    await sheet(page).getByText("Schedule", { exact: true }).click();
    await sheet(page).getByRole("button", { name: "Schedule change" }).click();
    await sheet(page).getByText("Choose a time that is still to come.").waitFor();
    await sheet(page).getByLabel("Date and time").fill("2099-01-01T09:00");
    await sheet(page).getByRole("button", { name: "Schedule change" }).click();
    await page.getByText(/^Scheduled for /u).waitFor();

    await give(page, "Everyone else", "other");
    await page.getByRole("button", { name: "Review & save" }).click();
    await sheet(page).getByRole("button", { name: "Save changes" }).click();
    await sheet(page).getByText("Something is planned for the same part").waitFor();
    await sheet(page).getByRole("button", { name: "Save anyway" }).click();
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["other", "other"]);
  });
});
