import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
beforeAll(() => seedWebShop(ui.management, ui.url));

const list = "/p/web-shop/contexts";
const customer = `${list}/user/customer-0`;

describe("the pages of contexts", () => {
  it.each([list, `${customer}?env=production`, `${customer}?env=*`])(
    "%s fits a phone, and axe finds nothing in either theme",
    async (path) => {
      await using opened = await ui.open(path, { width: 390 });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
      expect(await axeFindings(opened.page)).toEqual([]);
    },
  );

  it.each([`${list}?env=production`, `${customer}?env=staging`])(
    "%s takes its texts from catalogues",
    async (path) => {
      await using opened = await ui.open(`${path}&locale=pseudo`);

      expect(await hardCodedTexts(opened.page)).toEqual([]);
    },
  );
});

describe("the contexts that were seen", () => {
  it("are found by key, attribute and value, and the address holds it", async () => {
    await using opened = await ui.open(`${list}?env=production`);
    const { page } = opened;

    await page.getByText("60 contexts").waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByRole("link", { name: "customer-59", exact: true }).waitFor();
    await page.getByRole("button", { name: /^Any attribute/u }).click();
    await page.getByRole("option", { name: "plan" }).click();
    await page.getByRole("button", { name: /^Any value/u }).click();
    await page.getByRole("option", { name: "beta" }).click();
    await page.getByText("20 contexts").waitFor();
    await page.locator("button:focus").waitFor();
    await page.keyboard.press("/");
    await page.locator("input:focus").waitFor();
    await page.keyboard.type("customer-5");
    await page.getByText("5 contexts").waitFor();
    await page.reload();

    await page.getByText("5 contexts").waitFor();
  });

  it("lead to one of them by keys alone", async () => {
    await using opened = await ui.open(`${list}?env=production&q=customer-44`);
    const { page } = opened;

    await page.keyboard.press("j");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "customer-44" }).waitFor();
  });

  it("are kept for as long as the environment says, or not at all", async () => {
    await using opened = await ui.open(`${list}?env=staging`);
    const { page } = opened;

    await page.getByRole("button", { name: "What is kept" }).click();
    await page.getByRole("checkbox", { name: /Keep a sample/u }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("alert").waitFor();
    await page.getByRole("button", { name: "Keep none" }).click();

    await page.getByText(/^No contexts are kept in Staging\./u).waitFor();
    const path = "/api/v2/projects/web-shop/environments/staging/context-settings";
    expect(await ui.management.ask("GET", path)).toMatchObject({ keepContexts: false });
  });
});

describe("one context", () => {
  it("shows what each flag gives to it and every step that leads there", async () => {
    await using opened = await ui.open(`${customer}?env=production`);
    const { page } = opened;

    const row = page.getByRole("row", { name: /Search ranking/u });
    await row.getByRole("button", { name: "Rule 1: Where German is spoken" }).click();

    const steps = page.getByRole("dialog", { name: "Each step for Search ranking" });
    await steps.getByText("Rule 1 matched").waitFor();
    await steps.getByText(/^Bucket/u).waitFor();
  });

  it("is pinned to a variation by keys alone, and released by Undo", async () => {
    await using opened = await ui.open(`${customer}?env=staging`);
    const { page } = opened;
    const targets = async () =>
      JSON.stringify(await ui.management.ask("GET", "/api/v2/flags/web-shop/checkout")).includes(
        '"customer-0"',
      );

    await page.getByRole("button", { name: "Pin Checkout redesign" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Always old" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("customer-0 gets always old from Checkout redesign in Staging").waitFor();
    await page
      .getByRole("row", { name: /Checkout redesign/u })
      .getByText("Pinned")
      .filter({ visible: true })
      .waitFor();
    const wasPinned = await targets();
    await page.getByRole("button", { name: "Undo" }).click();

    expect(wasPinned).toBe(true);
    await expect.poll(targets).toBe(false);
  });

  it("asks before it is pinned in a critical environment", async () => {
    await using opened = await ui.open(`${customer}?env=production`);
    const { page } = opened;

    await page.getByRole("button", { name: "Pin Dark mode" }).click();
    await page.getByRole("menuitem", { name: "Always true" }).click();
    const asking = page.getByRole("alertdialog");
    await asking.getByText(/This environment is critical/u).waitFor();
    await asking.getByRole("button", { name: "Pin true" }).click();

    await page.getByText(/gets always true from Dark mode in Production/u).waitFor();
  });
});
