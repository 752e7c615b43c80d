import { afterAll, describe, expect, it } from "vitest";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const reader = await ui.join({
  email: "rosa@example.com",
  role: "reader",
  firstName: "Rosa",
  lastName: "Reader",
});

describe("somebody who may only read", () => {
  const settings = "/p/web-shop/flags/checkout/settings";

  it("is told at a button, by mouse, which action is missing", async () => {
    await using opened = await ui.open(settings, { session: reader });
    const { page } = opened;
    const archive = page.getByRole("button", { name: "Archive flag" });

    // A mouse comes from somewhere: one that is on the button at once is taken for what keys brought under it.
    await page.mouse.move(400, 400);
    await archive.hover();
    await page.getByRole("tooltip", { name: /updateGlobalArchived/u }).waitFor();
    await archive.click({ force: true });

    expect(await archive.getAttribute("aria-disabled")).toBe("true");
    expect(await page.getByRole("alertdialog").count()).toBe(0);
  });

  it("comes to the button by Tab, hears why as its description, and Enter does nothing", async () => {
    await using opened = await ui.open(settings, { session: reader });
    const { page } = opened;

    await tabTo(page, "Archive flag");
    const hint = page.getByRole("tooltip", { name: /updateGlobalArchived/u });
    await hint.waitFor();
    const described = page.locator("button:focus");
    await expect
      .poll(async () => described.getAttribute("aria-describedby"), { timeout: 8000 })
      .toBe(await hint.getAttribute("id"));
    await page.keyboard.press("Enter");
    await focusOn(page, "Archive flag");

    expect(await page.getByRole("alertdialog").count()).toBe(0);
    await page.keyboard.press("Escape");
    await hint.waitFor({ state: "detached" });
    expect(await axeFindings(page)).toEqual([]);
  });
});
