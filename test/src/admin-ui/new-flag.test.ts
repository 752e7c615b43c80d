import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const address = "/p/web-shop/flags/new";

interface Made {
  readonly name: string;
  readonly temporary: boolean;
  readonly tags: readonly string[];
  readonly description: string;
  readonly variations: readonly { readonly value: unknown; readonly name?: string }[];
  readonly defaults: { readonly onVariation: number; readonly offVariation: number };
  readonly clientSideAvailability: { readonly usingEnvironmentId: boolean };
  readonly environments: Readonly<Record<string, { readonly on: boolean }>>;
  readonly _purpose?: string;
}

async function made(key: string): Promise<Made> {
  return (await ui.management.ask("GET", `/api/v2/flags/web-shop/${key}`)) as Made;
}

describe("creating a flag", () => {
  it.each([390, 1440])("fits %i pixels, and axe finds nothing", async (width) => {
    await using opened = await ui.open(address, { width });
    await opened.page.getByText("More", { exact: true }).first().click();

    expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(opened.page)).toEqual([]);
  });

  it("takes its texts from its catalogue", async () => {
    await using opened = await ui.open(`${address}?locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });

  it("takes a name and Enter: the key follows, it is off everywhere, and the code is shown", async () => {
    await using opened = await ui.open("/p/web-shop/flags");
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByLabel("Name", { exact: true }).waitFor();
    await page.keyboard.type("Gift wrapping");
    await page.getByText("free", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Gift wrapping" }).waitFor();
    const code = await page.getByRole("region", { name: "Code that asks" }).textContent();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/gift-wrapping\/targeting/u);

    expect(code).toBe('flags.variation("gift-wrapping", context, "old")');
    const flag = await made("gift-wrapping");
    expect(flag).toMatchObject({ name: "Gift wrapping", temporary: true });
    expect(flag.variations.map(({ value }) => value)).toEqual(["old", "new"]);
    expect(Object.values(flag.environments).some(({ on }) => on)).toBe(false);
  });

  it("says at once that a key is taken, or cannot be one", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByLabel("Name", { exact: true }).fill("Checkout");
    await page.getByText("There is a flag with the key checkout already").waitFor();
    await page.getByLabel("Key", { exact: true }).fill("check out");
    await page.getByText("Begin with a letter or digit").waitFor();
    await page.getByRole("button", { name: "Create", exact: true }).click();

    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-invalid")))
      .toBe("true");
  });

  it("makes variations of a kind, and says which value is none", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByLabel("Name", { exact: true }).fill("Page size");
    await page.getByText("Number", { exact: true }).click();
    await page.getByLabel("Value of variation 1").fill("many");
    await page.getByText("many is no number; write it as 7 or 0.5.").waitFor();
    await page.getByLabel("Value of variation 1").fill("20");
    await page.getByLabel("Name of variation 1").fill("few");
    await page.getByLabel("Value of variation 2").fill("50");
    await page.getByRole("button", { name: "Add variation" }).click();
    await page.getByLabel("Value of variation 3").fill("100");
    await page.getByRole("button", { name: /When on, everyone gets/u }).click();
    await page.getByRole("option", { name: "100" }).click();
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Page size" }).waitFor();

    const flag = await made("page-size");
    expect(flag.variations).toMatchObject([
      { value: 20, name: "few" },
      { value: 50 },
      { value: 100 },
    ]);
    expect(flag.defaults).toEqual({ onVariation: 2, offVariation: 0 });
  });

  it("begins with a template, by keys alone, and goes on to another", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.keyboard.type("No adverts");
    await page.getByRole("radio", { name: /Release/u }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("free", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Create and another" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("No adverts is created").waitFor();
    await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe("");
    await page.keyboard.type("Move orders");
    await page.getByRole("radio", { name: /Migration/u }).focus();
    await page.keyboard.press("Space");
    await page.getByText("free", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Create", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Move orders" }).waitFor();

    expect(await made("no-adverts")).toMatchObject({
      temporary: false,
      variations: [{ value: true }, { value: false }],
    });
    expect(await made("move-orders")).toMatchObject({ _purpose: "migration" });
  });

  it("keeps what is said under More", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByLabel("Name", { exact: true }).fill("Wish list");
    await page.getByText("More", { exact: true }).first().click();
    await page.getByLabel("Description").fill("What somebody may want.");
    await page.getByLabel("Tags").fill("account");
    await page.keyboard.press("Enter");
    await page.getByText("Browsers (client-side ID)").click();
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Wish list" }).waitFor();

    expect(await made("wish-list")).toMatchObject({
      description: "What somebody may want.",
      tags: ["account"],
      clientSideAvailability: { usingEnvironmentId: true },
    });
  });
});
