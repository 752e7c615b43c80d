import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
beforeAll(() => seedWebShop(ui.management, ui.url));

const list = "/p/web-shop/segments";
const testers = `${list}/beta-testers`;
const segmentOf = async (environment: string, key: string) =>
  (await ui.management.ask("GET", `/api/v2/segments/web-shop/${environment}/${key}`)) as {
    readonly name: string;
    readonly included: readonly string[];
    readonly excluded: readonly string[];
    readonly rules: readonly { readonly clauses: readonly { readonly values: unknown }[] }[];
    readonly unbounded: boolean;
    readonly _unboundedMetadata?: { readonly includedCount: number };
  };

/** Opens the review with Ctrl Enter and saves from it, as the keyboard does. */
async function saveByKeys(page: Page): Promise<void> {
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog", { name: /Review the changes/u }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText(/is saved in/u).waitFor();
}

async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await field.focus();
  await page.keyboard.press("Control+V");
}

describe("the pages of segments", () => {
  it.each([list, `${list}/new`, `${testers}?env=production`, `${list}/newsletter?env=production`])(
    "%s fits a phone, and axe finds nothing in either theme",
    async (path) => {
      await using opened = await ui.open(path, { width: 390 });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
      expect(await axeFindings(opened.page)).toEqual([]);
    },
  );

  it.each([list, `${list}/new`, `${testers}?env=staging`])(
    "%s takes its texts from catalogues",
    async (path) => {
      await using opened = await ui.open(`${path}${path.includes("?") ? "&" : "?"}locale=pseudo`);

      expect(await hardCodedTexts(opened.page)).toEqual([]);
    },
  );

  it("say that a segment is not there", async () => {
    await using opened = await ui.open(`${list}/nobody`);

    await opened.page.getByRole("heading", { name: "There is no segment nobody" }).waitFor();
  });
});

describe("the list of segments", () => {
  it("tells by how many flags each is used, and finds by words and by use", async () => {
    await using opened = await ui.open(list);
    const { page } = opened;

    const row = page.getByRole("row", { name: /Beta testers/u });
    expect(await row.textContent()).toContain("2 flags");
    await page.keyboard.press("/");
    await page.keyboard.type("marketing");
    await page.getByText("2 of 4 segments").waitFor();
    await page.keyboard.type(" nobody");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText("4 segments").waitFor();
    await page.getByRole("button", { name: /^All segments/u }).click();
    await page.getByRole("option", { name: "Used by no flag" }).click();

    await page.getByText("2 of 4 segments").waitFor();
    expect(page.url()).toContain("show=unused");
  });

  it("is walked and opened by keys alone", async () => {
    await using opened = await ui.open(list);
    const { page } = opened;

    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "Beta testers" }).waitFor();
  });
});

describe("a new segment", () => {
  it("is made in the environments that are chosen, by keys alone", async () => {
    await using opened = await ui.open(list);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByLabel("Name").waitFor();
    await page.keyboard.type("Night owls");
    await page.getByRole("checkbox", { name: /Production/u }).focus();
    await page.keyboard.press("Space");
    await page.getByLabel("Name").press("Enter");

    await page.getByRole("heading", { level: 1, name: "Night owls" }).waitFor();
    expect((await segmentOf("staging", "night-owls")).name).toBe("Night owls");
    const path = "/api/v2/segments/web-shop/production/night-owls";
    expect((await ui.management.request("GET", path)).status).toBe(404);
  });

  it("is added to another environment with its lists and rules", async () => {
    await using opened = await ui.open(list);
    const { page } = opened;

    const row = page.getByRole("row", { name: /Beta testers/u });
    await row.getByRole("link", { name: "Add to Development" }).click();
    await page.getByRole("button", { name: "Create segment" }).click();
    await page.getByText("Beta testers is created").waitFor();

    const copy = await segmentOf("development", "beta-testers");
    expect(copy.included).toEqual(["customer-0", "customer-7", "ada"]);
    expect(copy.rules).toHaveLength(2);
  });
});

describe("the editor of a segment", () => {
  it("includes keys that are pasted, shows whom that moves, saves and undoes", async () => {
    await using opened = await ui.open(`${testers}?env=staging`);
    const { page } = opened;

    const field = page.getByLabel("Keys of kind user that are included");
    await paste(page, field, "grace, customer-11");
    await page.getByText("1 key was in the other list, and has left it").waitFor();
    await page.getByRole("button", { name: /Review & save/u }).click();
    const sheet = page.getByRole("dialog", { name: "Review the changes of Beta testers" });
    await sheet.getByText("Include user grace, customer-11").waitFor();
    await sheet.getByLabel("Comment").fill("They asked");
    await sheet.getByRole("button", { name: /^Save/u }).click();
    await page.getByText("Beta testers is saved in Staging").waitFor();
    const saved = await segmentOf("staging", "beta-testers");
    await page.getByRole("button", { name: "Undo" }).first().click();

    expect(saved.included).toContain("grace");
    expect(saved.excluded).toEqual([]);
    await expect
      .poll(async () => (await segmentOf("staging", "beta-testers")).excluded)
      .toEqual(["customer-11"]);
  });

  it("adds a rule by keys alone, and keeps the draft over a reload", async () => {
    await using opened = await ui.open(`${testers}?env=staging`);
    const { page } = opened;

    await page.keyboard.press("r");
    await page.getByText("1 change in Staging:").waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByText("1 change in Staging:").waitFor();
    await page.getByRole("heading", { level: 1 }).evaluate((heading) => heading.focus());
    await saveByKeys(page);

    expect((await segmentOf("staging", "beta-testers")).rules).toHaveLength(3);
  });

  it("tells beside the draft what flags would give, and asks about one context", async () => {
    await using opened = await ui.open(`${testers}?env=production`);
    const { page } = opened;

    await page.keyboard.press("t");
    await page.keyboard.type('{"kind":"user","key":"eve","plan":"free","country":"DE"}');
    await page.getByText("Not in the segment").waitFor();
    await page.getByText("no match: plan is free").waitFor();
    const field = page.getByLabel("Keys of kind user that are included");
    await paste(page, field, "customer-1,customer-2,eve");

    await page.getByText("In the segment", { exact: true }).waitFor();
    await page.getByText("was not in it before your edit").waitFor();
    const effect = page.getByRole("listitem").filter({ hasText: /^true\s*for\s*1\s*more$/u });
    await effect.first().waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByText("The changes are discarded").waitFor();
  });

  it("carries a draft over to what somebody else saves meanwhile", async () => {
    await using opened = await ui.open(`${testers}?env=staging`);
    const { page } = opened;
    const field = page.getByLabel("Keys of kind user that are included");
    await field.fill("mine");
    await field.press("Enter");
    await page.getByText("1 change in Staging:").waitFor();

    await ui.management.ask("PATCH", "/api/v2/segments/web-shop/staging/beta-testers", {
      instructions: [{ kind: "addIncludedUsers", values: ["theirs"] }],
    });
    await page.getByText("The segment was changed meanwhile; your edit still fits.").waitFor();
    await page.getByRole("heading", { level: 1 }).evaluate((heading) => heading.focus());
    await saveByKeys(page);

    const { included } = await segmentOf("staging", "beta-testers");
    expect(included.slice(-2)).toEqual(["theirs", "mine"]);
  });

  it("changes the name, and is not deleted while flags ask for it", async () => {
    await using opened = await ui.open(`${testers}?env=production`);
    const { page } = opened;

    await page.getByRole("button", { name: "Edit details" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Early birds");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { level: 1, name: "Early birds" }).waitFor();
    await page.getByRole("button", { name: "More for Early birds" }).click();
    await page.getByRole("menuitem", { name: /Delete from Production/u }).click();

    await page.getByText("One-click pay and New invoice layout").waitFor();
  });
});

describe("the dialogs of a segment", () => {
  it("have nothing that axe finds: the review of a draft", async () => {
    await using opened = await ui.open(`${testers}?env=production`);
    const { page } = opened;
    await paste(page, page.getByLabel("Keys of kind user that are included"), "one,two");

    await page.getByRole("button", { name: /Review & save/u }).click();
    await page.getByRole("dialog").getByText("Flags that ask for it").waitFor();

    expect(await axeFindings(page)).toEqual([]);
  });

  it.each([
    [testers, "Edit details"],
    [`${list}/newsletter`, "Add keys"],
    [`${list}/newsletter`, "Import a file"],
  ])("have nothing that axe finds: %s, %s", async (path, name) => {
    await using opened = await ui.open(`${path}?env=production`);
    const { page } = opened;

    await page.getByRole("button", { name }).click();
    await page.getByRole("dialog").waitFor();

    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("a big segment", () => {
  const newsletter = `${list}/newsletter?env=production`;

  it("says whether a key is listed, and takes it off after asking", async () => {
    await using opened = await ui.open(newsletter);
    const { page } = opened;

    await page.getByLabel("Key", { exact: true }).fill("customer-3");
    await page.keyboard.press("Enter");
    await page.getByText("customer-3 is included").waitFor();
    await page.getByRole("button", { name: "Exclude" }).click();
    const asking = page.getByRole("alertdialog");
    await asking.getByLabel("Type Production to confirm").fill("Production");
    await asking.getByRole("button", { name: "Change members" }).click();

    await page.getByText("customer-3 is excluded").waitFor();
  });

  it("takes in a file, says which lines cannot be read, and gives one back", async () => {
    await using opened = await ui.open(newsletter);
    const { page } = opened;
    const send = async (name: string, content: string) => {
      await page.getByRole("button", { name: "Import a file" }).click();
      const choosing = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Choose a file" }).click();
      const buffer = Buffer.from(content);
      await (await choosing).setFiles({ name, mimeType: "text/csv", buffer });
      await page.getByRole("radio", { name: /Replaces everyone/u }).check({ force: true });
      await page.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
    };

    await send("bad.csv", "ada,nowhere\n");
    await page.getByText(/Line 1: "nowhere" is neither/u).waitFor();
    await send("good.csv", "ada\ngrace\n");
    await page.getByText("good.csv is taken in").waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download newsletter.csv" }).click();

    expect((await download).suggestedFilename()).toBe("newsletter.csv");
    expect((await segmentOf("production", "newsletter"))._unboundedMetadata?.includedCount).toBe(2);
  });
});
