import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const { management } = ui;
const schedule = "/p/web-shop/approvals/schedule";
const dayMs = 86_400_000;

async function isOn(flag: string): Promise<boolean> {
  const found = (await management.ask("GET", `/api/v2/flags/web-shop/${flag}`)) as {
    readonly environments: Readonly<Record<string, { readonly on: boolean }>>;
  };
  return found.environments["staging"]?.on === true;
}

async function plan(flag: string, days: number): Promise<void> {
  const path = `/api/v2/projects/web-shop/flags/${flag}/environments/staging/scheduled-changes`;
  const body = { executionDate: Date.now() + days * dayMs, instructions: [{ kind: "turnFlagOn" }] };
  await management.ask("POST", path, body);
}

async function scheduledOf(flag: string): Promise<readonly { readonly executionDate: number }[]> {
  const path = `/api/v2/projects/web-shop/flags/${flag}/environments/staging/scheduled-changes`;
  const { items } = (await management.ask("GET", path)) as {
    readonly items: readonly { readonly executionDate: number }[];
  };
  return items;
}

describe("the schedule", () => {
  it("shows what will be, and fits a phone", async () => {
    await management.createFlag("web-shop", "soon", ["a", "b"]);
    await plan("soon", 2);
    await using opened = await ui.open(schedule, { width: 390 });
    const { page } = opened;

    await page.getByRole("link", { name: "soon", exact: true }).waitFor();
    await page.getByText("Everyone else gets a").first().waitFor();

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${schedule}?locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });

  it("lets a change be cancelled, and that be undone", async () => {
    await management.createFlag("web-shop", "cancelled", ["a", "b"]);
    await plan("cancelled", 1);
    await using opened = await ui.open(schedule);
    const { page } = opened;

    await page.getByRole("button", { name: /More about cancelled/u }).click();
    await page.getByRole("menuitem", { name: "Cancel change…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Cancel change" }).click();
    await expect.poll(() => scheduledOf("cancelled")).toEqual([]);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await scheduledOf("cancelled")).length).toBe(1);
  });

  it("gives a change another time by keys alone", async () => {
    await management.createFlag("web-shop", "moved", ["a", "b"]);
    await plan("moved", 5);
    const [before] = await scheduledOf("moved");
    await using opened = await ui.open(schedule);
    const { page } = opened;

    await page.getByRole("button", { name: /More about moved/u }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Change time…" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByLabel("When").waitFor();
    await page.getByLabel("When").focus();
    await page.keyboard.press("ArrowUp");
    await tabTo(page, "Save time");
    await page.keyboard.press("Enter");

    await expect
      .poll(async () => (await scheduledOf("moved"))[0]?.executionDate)
      .not.toBe(before?.executionDate);
  });

  it("makes a change at once on demand", async () => {
    await management.createFlag("web-shop", "hurried", ["a", "b"]);
    await plan("hurried", 9);
    await using opened = await ui.open(schedule);
    const { page } = opened;

    await page.getByRole("button", { name: /More about hurried/u }).click();
    await page.getByRole("menuitem", { name: "Make it now…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Make change" }).click();

    await expect.poll(() => isOn("hurried"), { timeout: 15_000 }).toBe(true);
  });

  it("makes one change now and cancels another by keys alone", async () => {
    await management.createFlag("web-shop", "keyed", ["a", "b"]);
    await management.createFlag("web-shop", "dropped", ["a", "b"]);
    await plan("keyed", 30);
    await plan("dropped", 31);
    await using opened = await ui.open(schedule);
    const { page } = opened;

    await page.getByRole("link", { name: "dropped", exact: true }).waitFor();
    await tabTo(page, "More about keyed");
    await choose(page, "Make it now");
    await tabTo(page, "Make change");
    await page.keyboard.press("Enter");
    await expect.poll(() => isOn("keyed"), { timeout: 15_000 }).toBe(true);
    await page.getByRole("link", { name: "keyed", exact: true }).waitFor({ state: "detached" });

    await tabTo(page, "More about dropped");
    await choose(page, "Cancel change");
    await tabTo(page, "Cancel change");
    await page.keyboard.press("Enter");
    await expect.poll(() => scheduledOf("dropped")).toEqual([]);
  });
});

/** Chooses in the menu of what has the focus, and answers nothing yet. */
async function choose(page: Page, entry: string): Promise<void> {
  await page.keyboard.press("Enter");
  await page.locator("[role=menuitem]:focus").first().waitFor();
  await page.keyboard.type(entry);
  await page.keyboard.press("Enter");
  await page.getByRole("alertdialog").getByRole("heading").waitFor();
}
