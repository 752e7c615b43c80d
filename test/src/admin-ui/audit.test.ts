import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const { management } = ui;
const audit = "/p/web-shop/audit";
const history = "/p/web-shop/flags/cart/history";
let countries = 0;

beforeAll(() => management.createFlag("web-shop", "cart", ["old", "new"]));

interface Flag {
  readonly variations: readonly { readonly _id: string }[];
  readonly environments: Readonly<
    Record<string, { on: boolean; rules: { clauses: { values: string[] }[] }[] }>
  >;
}

async function cart(): Promise<Flag> {
  return (await management.ask("GET", "/api/v2/flags/web-shop/cart")) as Flag;
}

async function countriesOfRules(): Promise<readonly (string | undefined)[]> {
  const { environments } = await cart();
  return (environments["production"]?.rules ?? []).map(({ clauses }) => clauses[0]?.values[0]);
}

/** Adds a rule for a country that no other rule is for. */
async function addRule(): Promise<string> {
  const country = `C${countries++}`;
  const { variations } = await cart();
  const clauses = [{ contextKind: "user", attribute: "country", op: "in", values: [country] }];
  await management.instruct("web-shop", "cart", "production", [
    { kind: "addRule", clauses, variationId: variations[1]?._id },
  ]);
  return country;
}

async function openEntry(page: Page, words: RegExp): Promise<void> {
  await page.getByRole("button", { name: words, expanded: false }).first().click();
  await page.getByRole("heading", { name: "The change" }).waitFor();
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");

/** Goes on by Tab until what has the focus says so. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let at = 0; at < 60; at += 1) {
    if ((await focused(page)).startsWith(words)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to "${words}"`);
}

describe("the audit log", () => {
  it.each([390, 768])("fits %i pixels with an entry open", async (width) => {
    await using opened = await ui.open(audit, { width });
    await openEntry(opened.page, /turned Checkout redesign on in Production/u);

    expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
  });

  it("gives axe nothing to find, with all that an entry tells", async () => {
    await using opened = await ui.open(`${audit}?kind=flag&key=checkout`);
    const { page } = opened;
    await openEntry(page, /turned Checkout redesign on in Production/u);
    await page.getByRole("button", { name: "Raw change" }).click();
    await page.getByRole("button", { name: "How it came about" }).click();
    await page.getByText("JSON Patch").waitFor();

    expect(await axeFindings(page)).toEqual([]);
  });

  it("takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${audit}?locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });

  it("keeps what it is filtered by in its address", async () => {
    await using opened = await ui.open(audit);
    const { page } = opened;

    await page.keyboard.press("/");
    await page.keyboard.type("cart");
    await page.waitForURL(/q=cart/u);
    await page.getByRole("button", { name: /Any way/u }).click();
    await page.getByRole("option", { name: "By API token" }).click();
    await page.getByRole("button", { name: /Any environment/u }).click();
    await page.getByRole("option", { name: "Production" }).click();
    await page.waitForURL(/in=production/u);
    await page.reload();

    await page.getByText(/created cart/u).waitFor();
    expect(await page.getByRole("searchbox").inputValue()).toBe("cart");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText(/created the project Web shop/u).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  it("says that nothing fits, and clears the filters", async () => {
    await using opened = await ui.open(`${audit}?q=zebra`);

    await opened.page.getByText("No entry fits these filters.").waitFor();
    await opened.page.getByRole("button", { name: "Clear filters" }).last().click();

    await opened.page.getByText(/created the project Web shop/u).waitFor();
  });

  it("is exported as it is filtered", async () => {
    await using opened = await ui.open(`${audit}?kind=flag&key=cart`);
    const href = await opened.page.getByRole("link", { name: "Export" }).getAttribute("href");

    const answer = await opened.page.request.get(`${ui.url}${href}`);

    const entries = (await answer.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(entries[0]).toMatchObject({ kind: "flag", name: "cart" });
    expect(new Set(entries.map(({ name }) => name))).toEqual(new Set(["cart"]));
  });

  it("is verified on demand", async () => {
    await using opened = await ui.open(audit);

    await opened.page.getByRole("button", { name: "Verify the log" }).click();

    await opened.page.getByText(/histories and \d+ signed checkpoints are as they were/u).waitFor();
  });

  it("says that there is no such entry", async () => {
    await using opened = await ui.open(`${audit}/nothing`, { expected: [/404/u] });

    await opened.page.getByRole("heading", { name: "There is no such entry" }).waitFor();
  });

  it("shows new entries as they come", async () => {
    await using opened = await ui.open(history);
    const country = await addRule();

    await opened.page.getByText(new RegExp(`if country is ${country}`, "u")).waitFor();
  });
});

describe("reverting a change", () => {
  it("takes it back and keeps what came later; both entries name each other; Undo takes it back again", async () => {
    const first = await addRule();
    const later = await addRule();
    await using opened = await ui.open(history);
    const { page } = opened;
    const before = await countriesOfRules();

    await openEntry(page, new RegExp(`added a rule: if country is ${first},`, "u"));
    await page.getByRole("button", { name: "Revert this change" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(`If the user's country is ${first}, they get new`).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByLabel("Comment").fill("too early");
    await dialog.getByRole("button", { name: "Revert in Production" }).click();
    await dialog.waitFor({ state: "detached" });

    expect(await countriesOfRules()).toEqual(before.filter((one) => one !== first));
    expect(await countriesOfRules()).toContain(later);
    await page.getByText("too early").waitFor();
    await page
      .getByRole("link", { name: /^bootstrap token added|^Ada Lovelace/u })
      .first()
      .waitFor();
    await page.getByText(/^Reverted by/u).waitFor();

    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(countriesOfRules).toEqual(before);
  });

  it("is done by keys alone", async () => {
    const country = await addRule();
    await using opened = await ui.open(history);
    const { page } = opened;

    await page.keyboard.press("j");
    expect(await focused(page)).toContain(`if country is ${country}`);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Revert this change" }).waitFor();
    await tabTo(page, "Revert this change");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Comment" }).waitFor();
    await page.keyboard.type("by keys");
    await page.keyboard.press("Enter");
    expect(await countriesOfRules()).toContain(country);
    await tabTo(page, "Revert in Production");
    await page.keyboard.press("Enter");

    await expect.poll(countriesOfRules).not.toContain(country);
  });

  it("names what has been changed since and leaves it", async () => {
    await management.instruct("web-shop", "cart", "staging", [{ kind: "turnFlagOn" }]);
    await management.instruct("web-shop", "cart", "staging", [{ kind: "turnFlagOff" }]);
    await using opened = await ui.open(history);
    const { page } = opened;

    await openEntry(page, /turned cart on in Staging/u);
    await page.getByRole("button", { name: "Revert this change" }).click();

    await page.getByText("There is nothing to do").waitFor();
    expect(
      await page.getByRole("dialog").getByRole("button", { name: "Revert change" }).count(),
    ).toBe(0);
  });
});

describe("restoring", () => {
  it("makes the flag in one environment what it was, and says what goes with it", async () => {
    const first = await addRule();
    const before = await countriesOfRules();
    const second = await addRule();
    await using opened = await ui.open(history);
    const { page } = opened;

    await openEntry(page, new RegExp(`added a rule: if country is ${first},`, "u"));
    await page.getByRole("button", { name: "Restore to here" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 later change is taken back with it").waitFor();
    await dialog.getByText(`country is ${second}, they get new`).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Restore in Production" }).click();
    await dialog.waitFor({ state: "detached" });

    expect(await countriesOfRules()).toEqual(before);
  });

  it("is done by keys alone", async () => {
    await addRule();
    const before = await countriesOfRules();
    await addRule();
    await using opened = await ui.open(history);
    const { page } = opened;

    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Restore to here" }).waitFor();
    await tabTo(page, "Restore to here");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Restore in Production" }).waitFor();
    await tabTo(page, "Restore in Production");
    await page.keyboard.press("Enter");

    await expect.poll(countriesOfRules).toEqual(before);
  });

  it("brings a deleted flag back", async () => {
    await management.createFlag("web-shop", "gone", ["a", "b"]);
    await management.ask("DELETE", "/api/v2/flags/web-shop/gone");
    await using opened = await ui.open(audit);
    const { page } = opened;

    await openEntry(page, /deleted gone/u);
    await page.getByRole("button", { name: "Bring it back" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click();

    await page.getByText("gone is as it was").waitFor();
    const found = await management.request("GET", "/api/v2/flags/web-shop/gone");
    expect(found.status).toBe(200);
  });
});
