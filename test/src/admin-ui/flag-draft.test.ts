import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

const project = "web-shop";
const values = ["old", "new", "other"];

interface Representation {
  readonly name: string;
  readonly variations: readonly { readonly _id: string; readonly value: string }[];
  readonly environments: Readonly<
    Record<
      string,
      {
        readonly on: boolean;
        readonly fallthrough: { readonly variation?: number };
        readonly offVariation?: number;
        readonly rules: readonly { readonly _id: string; readonly description?: string }[];
      }
    >
  >;
}

async function read(key: string): Promise<Representation> {
  const flag = await ui.management.ask("GET", `/api/v2/flags/${project}/${key}`);
  return flag as Representation; // The server's own shape, held by its tests.
}

async function idOf(key: string, value: string): Promise<string> {
  const found = (await read(key)).variations.find((one) => one.value === value);
  return found?._id ?? "";
}

/** What the flag gives everyone else there, and when off. */
async function served(key: string, environment: string): Promise<readonly (string | undefined)[]> {
  const { variations, environments } = await read(key);
  const { fallthrough, offVariation } = environments[environment] ?? { fallthrough: {} };
  return [fallthrough.variation, offVariation].map((at) => variations[at ?? -1]?.value);
}

let made = 0;

/** A flag of its own for each test; the key is given back. */
async function newFlag(): Promise<string> {
  made += 1;
  const key = `draft-${made}`;
  await ui.management.createFlag(project, key, values);
  return key;
}

const targeting = (key: string, environment: string) =>
  `/p/${project}/flags/${key}/targeting?env=${environment}`;
const bar = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });
const sheet = (page: Page) => page.getByRole("dialog", { name: /^Review changes to/u });
const everyoneElse = (page: Page) => page.getByRole("region", { name: "Everyone else" });

async function give(page: Page, part: "Everyone else" | "When off", value: string): Promise<void> {
  const card = page.getByRole("region", { name: part });
  await card.getByRole("button").first().click();
  await page.getByRole("menuitem", { name: value }).click();
  await card.getByRole("button", { name: `They get ${value}` }).waitFor();
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Review & save" }).click();
  await sheet(page).getByRole("button", { name: "Save changes" }).click();
  await sheet(page).waitFor({ state: "detached" });
}

describe("a draft", () => {
  it("is made, reviewed and saved by mouse, and taken back by the toast", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await give(page, "When off", "new");
    await give(page, "When off", "old");
    await bar(page).getByText("2 changes").waitFor();
    expect(await served(key, "development")).toEqual(["old", "other"]);

    await page.getByRole("button", { name: "Review & save" }).click();
    const dialog = sheet(page);
    await dialog.getByText("Change the default: everyone else gets new").waitFor();
    await dialog.getByText("No context was seen here in 24 hours.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Save changes" }).click();

    await page.getByText(`${key}: 2 changes saved in Development`).waitFor();
    expect(await served(key, "development")).toEqual(["new", "old"]);
    expect(await bar(page).count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => served(key, "development")).toEqual(["old", "other"]);
  });

  it("is made, taken back step by step, reviewed and saved by keyboard alone", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await everyoneElse(page).waitFor();
    await page.keyboard.press("d");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "new" }).waitFor();
    await page.keyboard.type("new");
    await page.keyboard.press("Enter");
    await bar(page).getByText("everyone else gets new").waitFor();
    await page.getByRole("menu").waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await bar(page).waitFor({ state: "detached" });
    await page.keyboard.press("Control+Shift+z");
    await bar(page).waitFor();

    await page.keyboard.press("Control+Enter");
    await sheet(page).getByText("Change the default: everyone else gets new").waitFor();
    await page.keyboard.press("Control+Enter");

    await page.getByText("1 change saved in Development").waitFor();
    await sheet(page).waitFor({ state: "detached" });
    expect(await served(key, "development")).toEqual(["new", "other"]);
    // What was saved is taken back as a draft, which is reviewed like any other.
    await page.keyboard.press("Control+z");
    await bar(page).getByText("everyone else gets old").waitFor();
  });

  it("survives a reload, says from when it is, and can be discarded and had back", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await bar(page).waitFor();
    await page.reload();
    await bar(page)
      .getByText(/You had 1 unsaved change from \d\d:\d\d\./u)
      .waitFor();
    await everyoneElse(page).getByText("new", { exact: true }).waitFor();
    await bar(page).getByRole("button", { name: "Continue" }).click();
    await bar(page).getByText("You had").waitFor({ state: "detached" });

    await bar(page).getByRole("button", { name: "Discard" }).click();
    await bar(page).waitFor({ state: "detached" });
    await everyoneElse(page).getByText("old", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await bar(page).getByText("everyone else gets new").waitFor();
  });

  it("asks in a critical environment for its name, begins in the comment, and Enter saves nothing", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "production"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await page.getByRole("button", { name: "Review & save" }).click();
    const comment = sheet(page).getByRole("textbox", { name: "Comment" });
    await expect.poll(() => comment.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type("For the sale.");
    await page.keyboard.press("Enter");
    await sheet(page).getByRole("button", { name: "Save to Production" }).click();
    await sheet(page).getByText("Production asks you to type its name.").waitFor();
    expect(await served(key, "production")).toEqual(["old", "other"]);

    await sheet(page)
      .getByRole("textbox", { name: "Type Production to confirm" })
      .fill("Production");
    await sheet(page).getByRole("button", { name: "Save to Production" }).click();
    await page.getByText("1 change saved in Production").waitFor();
    expect(await served(key, "production")).toEqual(["new", "other"]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it("is scheduled, and where something is planned a save says so and asks", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"), { expected: [/409/u] });
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await page.getByRole("button", { name: "Review & save" }).click();
    await sheet(page).getByText("Schedule", { exact: true }).click();
    await sheet(page).getByRole("button", { name: "Schedule change" }).click();
    await sheet(page).getByText("Choose a time that is still to come.").waitFor();
    await sheet(page).getByLabel("Date and time").fill("2099-01-01T09:00");
    await sheet(page).getByRole("button", { name: "Schedule change" }).click();
    await page.getByText(/^Scheduled for /u).waitFor();

    await give(page, "Everyone else", "other");
    await page.getByRole("button", { name: "Review & save" }).click();
    await sheet(page).getByRole("button", { name: "Save changes" }).click();
    await sheet(page).getByText("Something is planned for the same part").waitFor();
    await sheet(page).getByRole("button", { name: "Save anyway" }).click();
    await expect.poll(() => served(key, "development")).toEqual(["other", "other"]);
  });
});

describe("two people who change a flag at once", () => {
  it("lose nothing where they change different parts, whoever saves first", async () => {
    const key = await newFlag();
    await using one = await ui.open(targeting(key, "development"));
    await using two = await ui.open(targeting(key, "development"));
    await give(one.page, "Everyone else", "new");
    await give(two.page, "When off", "new");
    await save(one.page);
    await bar(two.page).getByText("your edit still fits").waitFor();
    await save(two.page);
    await expect.poll(() => served(key, "development")).toEqual(["new", "new"]);
    await everyoneElse(two.page).getByText("new", { exact: true }).waitFor();
  });

  it("are asked whose it shall be where they change the same part", async () => {
    const key = await newFlag();
    await using one = await ui.open(targeting(key, "development"));
    await using two = await ui.open(targeting(key, "development"));
    await give(one.page, "Everyone else", "new");
    await give(two.page, "Everyone else", "other");
    await give(two.page, "When off", "old");
    await save(one.page);

    const asked = two.page.getByRole("region", { name: "Somebody changed the same meanwhile" });
    await asked.getByText("gets other", { exact: true }).waitFor();
    await asked.getByText("gets new", { exact: true }).waitFor();
    expect(await axeFindings(two.page)).toEqual([]);
    expect(
      await two.page.getByRole("button", { name: "Review & save" }).getAttribute("aria-disabled"),
    ).toBe("true");
    await asked.getByRole("button", { name: "Take theirs" }).click();
    await asked.waitFor({ state: "detached" });
    await save(two.page);
    await expect.poll(() => served(key, "development")).toEqual(["new", "old"]);
  });

  it("keep what was typed when the link is lost meanwhile, and save it when it is back", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"), {
      expected: [/WebSocket/u, /ERR_/u],
    });
    const { page } = opened;
    await page.getByText("Live", { exact: true }).waitFor();
    await give(page, "When off", "new");
    await page.context().setOffline(true);
    await ui.management.instruct(project, key, "development", [
      { kind: "updateFallthroughVariationOrRollout", variationId: await idOf(key, "new") },
    ]);
    await page.context().setOffline(false);
    await everyoneElse(page).getByText("new", { exact: true }).waitFor();
    await save(page);
    await expect.poll(() => served(key, "development")).toEqual(["new", "new"]);
  });
});

describe("a change by a script", () => {
  it("shows in an open page within a second, and is told", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await page.getByText("Live", { exact: true }).waitFor();
    await everyoneElse(page).waitFor();
    const variationId = await idOf(key, "new");
    await ui.management.instruct(project, key, "development", [
      { kind: "updateFallthroughVariationOrRollout", variationId },
    ]);
    await everyoneElse(page).getByText("new", { exact: true }).waitFor({ timeout: 1_000 });
    await page.getByText(/changed draft-\d+ in development: Change the default/u).waitFor();
  });

  it("that archives the flag keeps the draft, which restores it and is saved", async () => {
    const key = await newFlag();
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await ui.management.instruct(project, key, "development", [{ kind: "archiveFlag" }]);
    await page.getByRole("button", { name: "Restore the flag with the draft" }).click();
    await save(page);
    await expect.poll(() => served(key, "development")).toEqual(["new", "other"]);
  });
});
