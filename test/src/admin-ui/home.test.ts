import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const { management } = ui;

describe("home", () => {
  it("says what needs me, what just happened and what is planned, and leads there", async () => {
    const title = "Turn Dark mode on";
    const production = "/api/v2/projects/web-shop/flags/dark-mode/environments/production";
    const instructions = [{ kind: "turnFlagOn" }];
    const request = { description: title, instructions };
    await management.ask("POST", `${production}/approval-requests`, request);
    const change = { executionDate: Date.now() + 86_400_000, instructions };
    await management.ask("POST", `${production}/scheduled-changes`, change);
    await using opened = await ui.open("/p/web-shop");
    const { page } = opened;

    await page
      .getByText(/asked for approval/u)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Schedule", exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("link", { name: new RegExp(`^${title}`, "u") }).click();

    await page.getByRole("heading", { level: 1, name: title }).waitFor();
  });

  it("fits a phone, is reached by G H, and takes its texts from catalogues", async () => {
    await using opened = await ui.open("/p/web-shop/audit", { width: 390 });
    const { page } = opened;
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await page.getByText("What just happened").waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);

    await using marked = await ui.open("/p/web-shop?locale=pseudo");
    expect(await hardCodedTexts(marked.page)).toEqual([]);
  });
});
