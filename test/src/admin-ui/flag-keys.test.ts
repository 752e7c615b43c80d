import { afterAll, describe, expect, it } from "vitest";
import { focusOn } from "./keyboard.ts";
import { AdminUi, axeFindings, overflow } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
await seedWebShop(ui.management, ui.url);
afterAll(() => ui[Symbol.asyncDispose]());

describe("the neighbours of a flag", () => {
  it("are those of the list one came from, by [ and ], and the tab stays", async () => {
    await using opened = await ui.open("/p/web-shop/flags?q=e");
    const { page } = opened;
    const names = page.getByRole("row").locator("a[href*='/flags/']");
    await names.nth(2).waitFor();
    const [first, second, third] = await names.evaluateAll((all) => [
      ...new Set(all.map((one) => /flags\/([^/?]+)/u.exec(one.getAttribute("href") ?? "")?.[1])),
    ]);

    await page.keyboard.press("j");
    await page.locator("[data-row] a:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/flags/${first}/targeting`, "u"));
    await page.getByText(/^1 of \d+$/u).waitFor();
    await page.getByRole("link", { name: "Variations" }).click();
    await page.waitForURL(/variations/u);
    await page.keyboard.press("]");
    await page.waitForURL(new RegExp(`/flags/${second}/variations`, "u"));
    await page.getByText(/^2 of \d+$/u).waitFor();
    await page.keyboard.press("]");
    await page.waitForURL(new RegExp(`/flags/${third}/variations`, "u"));
    await page.getByText(/^3 of \d+$/u).waitFor();
    await page.keyboard.press("[");
    await page.waitForURL(new RegExp(`/flags/${second}/variations`, "u"));
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole("button", { name: "Previous flag" }).click();
    await page.waitForURL(new RegExp(`/flags/${first}/variations`, "u"));
    expect(
      await page.getByRole("button", { name: "Previous flag" }).getAttribute("aria-disabled"),
    ).toBe("true");
  });

  it("say their key, and are not there for who came from no list", async () => {
    await using opened = await ui.open("/p/web-shop/flags/checkout/targeting", { width: 390 });
    const { page } = opened;
    expect(await page.getByRole("button", { name: "Next flag" }).count()).toBe(0);
    await page.goto(`${ui.url}/p/web-shop/flags`);
    await page.getByRole("link", { name: "Checkout redesign" }).first().click();
    const next = page.getByRole("button", { name: "Next flag" });
    await next.waitFor();

    expect(await next.getAttribute("aria-keyshortcuts")).toBe("]");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});

describe("the environments of a flag", () => {
  it("are chosen by E and then their number, which their tooltip says", async () => {
    await using opened = await ui.open("/p/web-shop/flags/checkout/targeting?env=production");
    const { page } = opened;

    await page.keyboard.press("e");
    await focusOn(page, "Production");
    await page
      .getByRole("tooltip", { name: /^Show Production/u })
      .getByText("3")
      .waitFor();
    await page.keyboard.press("2");

    await page.waitForURL(/env=staging/u);
  });
});
