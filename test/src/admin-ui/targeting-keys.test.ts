import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
await seedWebShop(ui.management, ui.url);
afterAll(() => ui[Symbol.asyncDispose]());

const address = "/p/web-shop/flags/checkout/targeting?env=production";
const titles = (page: Page) =>
  page
    .getByRole("textbox", { name: /^Title of rule/u })
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));

/** Opens the menu of a rule and chooses in it by its first letters. */
async function choose(page: Page, rule: number, entry: string): Promise<void> {
  await tabTo(page, `More for rule ${rule}`);
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: entry }).waitFor();
  await page.locator("[role=menuitem]:focus").first().waitFor();
  await page.keyboard.type(entry);
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor({ state: "detached" });
}

describe("individuals, by keys alone", () => {
  it("are added one by one and pasted, removed, and end by themselves", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await tabTo(page, "Individuals");
    await page.keyboard.press("Enter");
    await tabTo(page, "Keys of user that get new");
    await page.keyboard.type("ada");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove ada" }).waitFor();
    await page.evaluate(() => navigator.clipboard.writeText("grace\nlin, zoe"));
    await page.keyboard.press("Control+V");
    await page.getByRole("button", { name: "Remove zoe" }).waitFor();
    await page.keyboard.press("Backspace");
    await page.getByRole("button", { name: "Remove zoe" }).waitFor({ state: "detached" });

    await tabTo(page, "Remove grace", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove grace" }).waitFor({ state: "detached" });
    await focusOn(page, "Keys of user that get new");

    await tabTo(page, "Set an end for ada", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "When ada ends" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await tabTo(page, "Takes ada off by itself at");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    await tabTo(page, "Set end");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^ada until/u }).waitFor();
    await focusOn(page, "ada until");
    await page.keyboard.press("Enter");
    await tabTo(page, "Without an end");
    await page.keyboard.press("Enter");
    await focusOn(page, "Set an end for ada");
  });
});

describe("prerequisites, by keys alone", () => {
  it("are added, asked for another variation, and removed", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await tabTo(page, "Add prerequisite");
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Find a flag").waitFor();
    await page.keyboard.type("search");
    await page.getByRole("menuitem", { name: /^Search ranking/u }).waitFor();
    await page.keyboard.press("Enter");
    const card = page.getByRole("region", { name: "Prerequisites" });
    await card.getByText("1 rule, else popularity").waitFor();
    await focusOn(page, "Add prerequisite");

    await tabTo(page, "Variation that it has to serve");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Variation that it has to serve" }).waitFor();
    await page.keyboard.type("semantic");
    await page.keyboard.press("Enter");
    await card.getByRole("button", { name: /: semantic$/u }).waitFor();
    await focusOn(page, "Variation that it has to serve: semantic");
    await tabTo(page, "Do not require Search ranking");
    await page.keyboard.press("Enter");
    await card.waitFor({ state: "detached" });
    await focusOn(page, "Individuals");
  });
});

describe("the menu of a rule, by keys alone", () => {
  it("duplicates, moves, tracks and deletes, and the focus stays near", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await choose(page, 1, "Duplicate");
    expect(await titles(page)).toEqual([
      "Beta testers",
      "Copy of Beta testers",
      "Germany, gradually",
    ]);
    await focusOn(page, "More for rule 1");
    await choose(page, 2, "Move to the end");
    expect(await titles(page)).toEqual([
      "Beta testers",
      "Germany, gradually",
      "Copy of Beta testers",
    ]);
    // It is the same rule that has the focus, wherever it has come to be.
    await focusOn(page, "More for rule 3");
    await choose(page, 3, "Move up");
    await focusOn(page, "More for rule 2");
    await choose(page, 2, "Send an event for all who match");
    await page.getByText("tracked", { exact: true }).waitFor();
    await focusOn(page, "More for rule 2");
    await choose(page, 2, "Delete rule");
    expect(await titles(page)).toEqual(["Beta testers", "Germany, gradually"]);
    await focusOn(page, "Move rule 2");
    await choose(page, 2, "Delete rule");
    await focusOn(page, "Add rule");
  });

  it("leaves a condition that is removed for what stands beside it", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await tabTo(page, "Remove condition 1");
    await page.keyboard.press("Enter");
    await focusOn(page, "Kind of context: user");
  });
});

describe("the comparison of all environments, by keys alone", () => {
  it("is opened and left again", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await tabTo(page, "Compare all");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Production" }).waitFor();
    await page.waitForURL(/\/compare/u);
    await page.goBack();
    await page.getByRole("region", { name: "Everyone else" }).waitFor();
  });
});

describe("what opens at a word", () => {
  it.each(["Attribute: country", "Values: DE", "Split by: user key"])(
    "shows axe nothing at %s",
    async (name) => {
      await using opened = await ui.open(address);
      const { page } = opened;

      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").waitFor();

      expect(await axeFindings(page)).toEqual([]);
    },
  );
});
