import { afterAll, describe, expect, it } from "vitest";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
await seedWebShop(ui.management, ui.url);
afterAll(() => ui[Symbol.asyncDispose]());

describe("the form of a context", () => {
  it("is filled in by keys alone, writes the text, and leads to the live page", async () => {
    await using opened = await ui.open("/p/web-shop/flags/checkout/targeting?env=production");
    const { page } = opened;
    const text = page.getByRole("textbox", { name: "Context", exact: true });
    await text.waitFor();

    await page.keyboard.press("t");
    await tabTo(page, "As a form");
    await page.keyboard.press("Space");
    await tabTo(page, "Key");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("grace");
    await tabTo(page, "Add attribute");
    await page.keyboard.press("Enter");
    await focusOn(page, "Name of attribute 1");
    await page.keyboard.type("country");
    await page.keyboard.press("Tab");
    await page.keyboard.type("DE");

    expect(await text.inputValue()).toBe('{\n  kind: "user",\n  key: "grace",\n  country: "DE"\n}');
    await page
      .getByText(/^Rule 2 matched/u)
      .first()
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await tabTo(page, "Open in Live");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/live\?.*flag=checkout.*q=grace/u);
  });

  it("follows what is typed as text, and takes attributes away by mouse", async () => {
    await using opened = await ui.open("/p/web-shop/flags/checkout/targeting?env=production");
    const { page } = opened;
    const text = page.getByRole("textbox", { name: "Context", exact: true });

    await page.getByText("As a form").click();
    await text.fill('{ kind: "multi", user: { key: "ada", age: 36 }, org: { key: "acme" } }');
    await page.getByRole("group", { name: "Context of kind org" }).waitFor();
    expect(await page.getByLabel("Value of attribute 1").inputValue()).toBe("36");
    await page.getByRole("button", { name: "Remove attribute 1" }).click();

    expect(await text.inputValue()).toContain('user: { key: "ada" }');
  });
});
