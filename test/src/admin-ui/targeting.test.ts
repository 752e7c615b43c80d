import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
await seedWebShop(ui.management, ui.url);
afterAll(() => ui[Symbol.asyncDispose]());

const address = "/p/web-shop/flags/checkout/targeting?env=production";
const rules = (page: Page) => page.locator("[data-rule]");
const titles = (page: Page) =>
  rules(page)
    .getByRole("textbox", { name: /^Title of rule/u })
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
const rule = (page: Page, title: string) =>
  rules(page).filter({ has: page.locator(`input[value="${title}"]`) });

/** What the rule says, as a screen reader meets it. */
async function sentence(page: Page, at: number): Promise<string> {
  const names = await rules(page)
    .nth(at)
    .locator("fieldset")
    .getByRole("button")
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? one.textContent));
  return names.join(" | ");
}

describe("the frame of a flag's page", () => {
  it("has the environments side by side and keeps the chosen one in the address", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const strip = page.getByRole("navigation", { name: "Environments" });

    expect(await strip.getByRole("switch").count()).toBe(3);
    expect(await strip.locator("li [aria-current=page]").textContent()).toMatch(/^Production/u);
    expect(await strip.getByRole("link", { name: "Differs from Staging" }).count()).toBe(1);

    await strip.getByRole("link", { name: "Development" }).click();
    await page.waitForURL(/env=development/u);
    expect(await strip.locator("li [aria-current=page]").textContent()).toBe("Development");
  });

  it("chooses an environment by E and by its number", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.keyboard.press("1");
    await page.waitForURL(/env=development/u);
    await page.keyboard.press("e");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/env=staging/u);
  });

  it("compares all environments in words", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("link", { name: "Compare all" }).click();
    const production = page.getByRole("region", { name: "Production" });

    await production.getByText("everyone else gets old").waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("says of a flag that is not there that it is not", async () => {
    await using opened = await ui.open("/p/web-shop/flags/chekout/targeting", {
      expected: [/404/u],
    });

    expect(await opened.page.getByRole("heading", { level: 1 }).textContent()).toContain("chekout");
  });
});

describe("rules", () => {
  it("are added in sentences, by mouse", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("button", { name: /^Add rule/u }).click();
    await page.getByRole("menuitem", { name: /^country/u }).click();
    await rules(page)
      .nth(2)
      .getByRole("button", { name: /^Comparison/u })
      .click();
    await page.getByRole("menuitem", { name: "is not", exact: true }).click();
    await rules(page)
      .nth(2)
      .getByRole("button", { name: /^Values/u })
      .click();
    await page.getByRole("button", { name: /^FR/u }).click();
    await page.getByRole("button", { name: /^IT/u }).click();
    await page.keyboard.press("Escape");

    expect(await sentence(page, 2)).toBe(
      "Kind of context: user | Attribute: country | Comparison: is none of | Values: FR, IT | Remove condition 1",
    );
  });

  it("are added in sentences, by keys alone", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.keyboard.press("r");
    await page.getByPlaceholder("Find an attribute").waitFor();
    await page.keyboard.type("plan");
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("Find an attribute").waitFor({ state: "detached" });
    // The focus is on the attribute; the comparison and the values follow in reading order.
    await page.waitForFunction(() => document.activeElement?.textContent === "Attribute: plan");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Values" }).waitFor();
    await page.keyboard.type("pro,beta");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");

    expect(await sentence(page, 2)).toContain(
      "Attribute: plan | Comparison: is one of | Values: pro, beta",
    );
  });

  it("take an attribute that nobody has seen, and segments", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const beta = rule(page, "Beta testers");

    await beta.getByRole("button", { name: "Attribute: plan" }).click();
    await page.getByPlaceholder("Find an attribute").fill("tier");
    await page.getByRole("menuitem", { name: "Use tier (not seen yet)" }).click();
    await beta.getByRole("button", { name: "Attribute: tier" }).click();
    await page.getByRole("menuitem", { name: /^a segment/u }).click();
    await beta.getByRole("button", { name: "Values: choose a segment" }).click();
    await page.getByRole("menuitem", { name: /^Big spenders/u }).click();
    await page.keyboard.press("Escape");

    expect(await sentence(page, 0)).toContain(
      "Comparison: is in | Attribute: a segment | Values: Big spenders",
    );
  });

  it("are duplicated, renamed and deleted from their menu", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("button", { name: "More for rule 1" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    expect(await titles(page)).toEqual([
      "Beta testers",
      "Copy of Beta testers",
      "Germany, gradually",
    ]);

    await page.getByRole("textbox", { name: "Title of rule 2" }).fill("Staff");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "More for rule 1" }).click();
    await page.getByRole("menuitem", { name: "Delete rule" }).click();
    expect(await titles(page)).toEqual(["Staff", "Germany, gradually"]);
  });

  it("are moved by dragging", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const handle = page.getByRole("button", { name: "Move rule 2" });
    await handle.scrollIntoViewIfNeeded();
    const [from, to] = [await handle.boundingBox(), await rules(page).first().boundingBox()];
    if (from === null || to === null) throw new Error("both rules are on screen");

    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 8, to.y + 16, { steps: 4 });
    await page.mouse.up();

    expect(await titles(page)).toEqual(["Germany, gradually", "Beta testers"]);
  });

  it("are moved by keys, and each step is said", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("button", { name: "Move rule 2" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.getByText("Place 1 of 2.").waitFor();
    await page.keyboard.press("Escape");
    expect(await titles(page)).toEqual(["Beta testers", "Germany, gradually"]);

    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    expect(await titles(page)).toEqual(["Germany, gradually", "Beta testers"]);
  });
});

describe("a split", () => {
  const share = (page: Page, name: string) =>
    rule(page, "Germany, gradually").getByRole("textbox", {
      name: `Share of ${name}, in percent`,
    });

  it("is moved by its divider, with keys: 1 %, with Shift 10 %, with Alt 0.001 %", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const divider = page.getByRole("slider", { name: "Divider between new and old" });

    await divider.focus();
    await page.keyboard.press("ArrowRight");
    expect(await share(page, "new").inputValue()).toBe("26");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Alt+ArrowLeft");

    expect(await share(page, "new").inputValue()).toBe("35.999");
    expect(await share(page, "old").inputValue()).toBe("59.001");
    expect(await divider.getAttribute("aria-valuetext")).toBe("new 35.999%, old 59.001%");
  });

  it("is moved by dragging, and shows how many get something else", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const divider = page.getByRole("slider", { name: "Divider between new and old" });
    await divider.scrollIntoViewIfNeeded();
    const box = await divider.boundingBox();
    const bar = await divider.locator("..").boundingBox();
    if (box === null || bar === null) throw new Error("the bar is on screen");

    await page.mouse.move(box.x + box.width / 2, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(bar.x + bar.width / 2, box.y + 10, { steps: 3 });
    await page.mouse.up();

    expect(await share(page, "new").inputValue()).toBe("50");
    expect(await share(page, "old").inputValue()).toBe("45");
    await page.getByText("25% of all get another variation than before.").waitFor();
  });

  it("is typed exactly, takes from the largest that is not held, and comes back", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await rule(page, "Germany, gradually")
      .getByRole("button", { name: "Hold the share of old" })
      .click();
    await share(page, "control").fill("12.345");
    await page.keyboard.press("Enter");
    expect(await share(page, "new").inputValue()).toBe("17.655");
    expect(await share(page, "old").inputValue()).toBe("70");

    await page.getByRole("button", { name: "Reset" }).click();
    expect(await share(page, "control").inputValue()).toBe("5");
  });

  it("is made of a variation by one choice, and dealt evenly", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const others = page.getByRole("region", { name: "Everyone else" });

    await page.keyboard.press("d");
    await page.keyboard.press("Enter");
    await page.getByPlaceholder("What they get").waitFor();
    await page.keyboard.type("a split");
    await page.keyboard.press("Enter");
    await others.getByRole("button", { name: "Even" }).click();

    const shares = await others
      .getByRole("textbox")
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    expect(shares).toEqual(["33.334", "33.333", "33.333"]);
  });
});

describe("individuals", () => {
  it("stay fluid with five thousand keys, which are pasted", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;
    const keys = Array.from({ length: 5_000 }, (_, at) => `user-${at}`);

    await page.getByRole("button", { name: /^Individuals/u }).click();
    const field = page.getByRole("combobox", { name: "Keys of user that get new" });
    await page.evaluate((text) => navigator.clipboard.writeText(text), keys.join("\n"));
    await field.focus();
    await page.keyboard.press("Control+V");
    await page.getByText("120 of 5,000 shown; type to find others").waitFor();

    expect(await page.getByRole("button", { name: /^Individuals/u }).textContent()).toContain(
      "5,000",
    );
    await field.pressSequentially("user-4999");
    await page.getByRole("button", { name: "Remove user-4999" }).click();
    await page.getByText("120 of 4,999 shown; type to find others").waitFor();
  });

  it("move from one variation to another, end by themselves, and are of other kinds", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("button", { name: /^Individuals/u }).click();
    const forNew = page.getByRole("combobox", { name: "Keys of user that get new" });
    await forNew.fill("ada");
    await forNew.press("Enter");
    const forOld = page.getByRole("combobox", { name: "Keys of user that get old" });
    await forOld.fill("ada");
    await forOld.press("Enter");
    await page.getByText("1 moved here from another variation").waitFor();
    expect(await page.getByRole("button", { name: "Remove ada" }).count()).toBe(1);

    await page.getByRole("button", { name: "Set an end for ada" }).click();
    await page.getByLabel("Takes ada off by itself at").fill("2031-05-01T12:00");
    await page.getByRole("button", { name: "Set end" }).click();
    await page.getByRole("button", { name: /^ada until/u }).waitFor();
  });
});

describe("prerequisites", () => {
  it("are added and say what they serve now", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("button", { name: "Add prerequisite" }).click();
    await page.getByPlaceholder("Find a flag").fill("search");
    await page.getByRole("menuitem", { name: /^Search ranking/u }).click();
    const card = page.getByRole("region", { name: "Prerequisites" });
    await card.getByText("1 rule, else popularity").waitFor();
    await card.getByRole("button", { name: "Show the graph" }).click();
    await card.getByRole("region", { name: "How flags require each other" }).waitFor();

    await card.getByRole("button", { name: /^Variation that it has to serve/u }).click();
    await page.getByRole("menuitem", { name: "semantic" }).click();
    await card.getByRole("button", { name: /: semantic$/u }).waitFor();
    await card.getByRole("button", { name: "Do not require Search ranking" }).click();
    await card.waitFor({ state: "detached" });
  });
});

describe("the page", () => {
  it.each([390, 768, 1440])("fits %i pixels, and axe finds nothing", async (width) => {
    await using opened = await ui.open(address, { width });
    const { page } = opened;
    await page.getByRole("button", { name: /^Individuals/u }).click();

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("says nothing that is in no catalogue", async () => {
    await using opened = await ui.open(`${address}&locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });
});
