import { init } from "@halyard/sdk";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it, vi } from "vitest";
import { age } from "./age.ts";
import { tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const cleanup = "/p/web-shop/cleanup";
const { management } = ui;
const unheard = () => undefined;
const logger = { error: unheard, warn: unheard, info: unheard, debug: unheard };

// Everyone gets "a" of the first, nobody ever asked for the second, code asks for the third in vain.
for (const key of ["launched", "forgotten", "left-behind"])
  await management.createFlag("web-shop", key, ["a", "b"]);
await management.instruct("web-shop", "launched", "production", [{ kind: "turnFlagOn" }]);
await management.ask(
  "PATCH",
  "/api/v2/flags/web-shop/left-behind",
  { instructions: [{ kind: "archiveFlag" }] },
  "application/json; domain-model=launchdarkly.semanticpatch",
);
age(ui.server, ["launched", "forgotten"], 30);
const app = init(await management.sdkKey("web-shop", "production"), { baseUri: ui.url, logger });
await app.waitForInitialization({ timeout: 10 });
for (const key of ["launched", "left-behind", "lanched"])
  app.variation(key, { kind: "user", key: "ada" }, "c");
await app.close();
await vi.waitFor(async () => {
  const board = await management.ask("GET", "/api/v2/projects/web-shop/cleanup");
  expect(JSON.stringify(board)).toMatch(/left-behind.*lanched/u);
});

function column(page: Page, name: string) {
  return page.getByRole("region", { name });
}

function stateOf(key: string) {
  return management.ask("GET", `/api/v2/flags/web-shop/${key}`);
}

describe("the clean-up board", () => {
  it("puts each flag where it stands, with the reason in a sentence", async () => {
    await using opened = await ui.open(cleanup);
    const { page } = opened;

    await column(page, "Ready to remove")
      .getByText(/^Everyone has got a in production for 30 days/u)
      .waitFor();
    await column(page, "Never used").getByText("Made 30 days ago, and never asked for.").waitFor();
    await column(page, "Code still asks")
      .getByText(/^It is archived, and yet code asked/u)
      .waitFor();
    await column(page, "Unknown")
      .getByText(/Is "launched" meant\?/u)
      .waitFor();

    await page.getByRole("link", { name: /Clean-up.*4/u }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("archives a flag, and takes it back with Undo", async () => {
    await using opened = await ui.open(cleanup);
    const { page } = opened;
    const card = page.getByRole("article").filter({ hasText: "forgotten" });

    await card.getByRole("button", { name: "Archive" }).click();
    await card.waitFor({ state: "detached" });
    expect(await stateOf("forgotten")).toMatchObject({ archived: true });
    await page.getByRole("button", { name: "Undo" }).click();
    await card.waitFor();

    expect(await stateOf("forgotten")).toMatchObject({ archived: false });
  });

  it("goes from card to card, shows how to remove a flag and marks it permanent, by keys alone", async () => {
    await using opened = await ui.open(cleanup);
    const { page } = opened;
    const focused = () => page.evaluate(() => document.activeElement?.textContent);

    await page.keyboard.press("j");
    await expect.poll(focused).toBe("launched");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Remove launched" });
    await dialog.getByText('- flags.variation("launched", context, fallback)').waitFor();
    const findings = await axeFindings(page);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: /Mark permanent/u }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("launched is permanent").waitFor();
    await page
      .getByRole("article")
      .filter({ hasText: "Everyone has got" })
      .waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("article").filter({ hasText: "Everyone has got" }).waitFor();

    expect(findings).toEqual([]);
  });

  it("is filtered by what is typed and by who maintains, and a flag is taken on", async () => {
    await using opened = await ui.open(cleanup);
    const { page } = opened;
    const cards = page.getByRole("article");

    await page.keyboard.press("/");
    await page.keyboard.type("launched");
    await expect.poll(() => cards.count()).toBe(2);
    await page.getByRole("button", { name: "More for launched" }).click();
    await page.getByRole("menuitem", { name: /Take it on/u }).click();
    await page.getByText("You maintain launched").waitFor();
    await page.getByText("Mine", { exact: true }).click();
    await expect.poll(() => cards.count()).toBe(1);

    expect(new URL(page.url()).search).toBe("?q=launched&mine=true");
    await page.getByRole("searchbox", { name: "Filter cards" }).fill("nothing like it");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect.poll(() => cards.count()).toBe(4);
  });

  it("keeps a flag for a while, and no longer", async () => {
    await using opened = await ui.open(cleanup);
    const { page } = opened;
    const card = page.getByRole("article").filter({ hasText: "forgotten" });

    await card.getByRole("button", { name: "More for forgotten" }).click();
    await page.getByRole("menuitem", { name: /Keep until/u }).click();
    const dialog = page.getByRole("dialog", { name: "Keep forgotten for now" });
    await dialog.getByText("Until a day of your own").click();
    await dialog.getByLabel("Last day").fill("2020-01-01");
    await dialog.getByText("Choose a day to come.").waitFor();
    expect(await dialog.getByRole("button", { name: "Keep flag" }).isDisabled()).toBe(true);
    await dialog.getByText("90 days").click();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep flag" }).click();
    await card.waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Kept for now" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole("button", { name: "Keep no longer: forgotten" }).click();
    await card.waitFor();
    expect(await stateOf("forgotten")).toMatchObject({ customProperties: {} });
  });

  it("keeps a flag and assigns it, by keyboard alone", async () => {
    await using opened = await ui.open(cleanup);
    const { page } = opened;

    await tabTo(page, "More for forgotten");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: /Assign/u }).waitFor();
    await page.keyboard.type("Assign");
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Maintainer" }).waitFor();
    await tabTo(page, "Maintainer");
    await page.keyboard.type("Ada");
    await page.getByRole("option", { name: "Ada Lovelace" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByText("Ada Lovelace maintains forgotten").waitFor();

    await tabTo(page, "More for forgotten");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: /Keep until/u }).waitFor();
    await page.keyboard.type("Keep");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Keep forgotten for now" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "Keep flag");
    await page.keyboard.press("Enter");
    await page.getByText(/^forgotten is kept until/u).waitFor();
    await tabTo(page, "Keep no longer: forgotten");
    await page.keyboard.press("Enter");
    await page.getByRole("article").filter({ hasText: "forgotten" }).waitFor();
  });

  it("fits a phone and a tablet", async () => {
    for (const width of [390, 768]) {
      await using opened = await ui.open(cleanup, { width });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
    }
  });

  it("takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${cleanup}?locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });
});
