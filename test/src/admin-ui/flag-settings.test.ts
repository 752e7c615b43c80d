import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

interface Flag {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly temporary: boolean;
  readonly maintainerId?: string;
  readonly clientSideAvailability: { readonly usingEnvironmentId: boolean };
  readonly customProperties: Readonly<Record<string, { readonly value: readonly string[] }>>;
  readonly environments: Readonly<Record<string, { readonly on: boolean }>>;
}

async function newFlag(key: string): Promise<string> {
  const variations = ["old", "new"].map((value) => ({ value }));
  await ui.management.ask("POST", "/api/v2/flags/web-shop", { key, name: key, variations });
  return `/p/web-shop/flags/${key}/settings?env=production`;
}

async function stored(key: string): Promise<Flag> {
  return (await ui.management.ask("GET", `/api/v2/flags/web-shop/${key}`)) as Flag;
}

const undo = (page: Page) => page.getByRole("button", { name: "Undo" }).click();

describe("a flag's settings", () => {
  it("fit every width, with nothing for axe in either theme", async () => {
    const path = await newFlag("look");
    for (const width of [390, 768]) {
      await using narrow = await ui.open(path, { width });
      expect(await overflow(narrow.page)).toBeLessThanOrEqual(0);
    }

    await using opened = await ui.open(path);
    expect(await axeFindings(opened.page)).toEqual([]);
  });

  it("take their texts from catalogues", async () => {
    const path = await newFlag("pseudo");
    await using pseudo = await ui.open(`${path}&locale=pseudo`);
    expect(await hardCodedTexts(pseudo.page)).toEqual([]);
  });

  it("are saved with name, description and tags, and taken back by Undo", async () => {
    await using opened = await ui.open(await newFlag("general"));
    const { page } = opened;

    await page.getByRole("textbox", { name: "Name" }).fill("General ledger");
    await page.getByRole("textbox", { name: "Description" }).fill("Who may see the ledger.");
    await page.getByRole("combobox", { name: "Tags" }).fill("books");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("heading", { level: 1, name: "General ledger" }).waitFor();
    await page.getByText("General ledger is saved").waitFor();
    expect(await stored("general")).toMatchObject({
      description: "Who may see the ledger.",
      tags: ["books"],
    });

    await undo(page);
    await page.getByRole("heading", { level: 1, name: "general", exact: true }).waitFor();
    await expect.poll(async () => (await stored("general")).tags).toEqual([]);
  });

  it("are saved by keys alone, with Enter in the name", async () => {
    await using opened = await ui.open(await newFlag("keys"));
    const { page } = opened;

    await page.getByRole("textbox", { name: "Name" }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("By keys");
    await page.keyboard.press("Enter");

    await page.getByText("By keys is saved").waitFor();
    expect((await stored("keys")).name).toBe("By keys");
  });

  it("follow what others change while one types elsewhere", async () => {
    await using opened = await ui.open(await newFlag("live"));
    const { page } = opened;

    await page.getByRole("textbox", { name: "Description" }).fill("Mine.");
    await ui.management.ask("PATCH", "/api/v2/flags/web-shop/live", [
      { op: "replace", path: "/name", value: "Theirs" },
    ]);

    await expect
      .poll(() => page.getByRole("textbox", { name: "Name" }).inputValue())
      .toBe("Theirs");
    expect(await page.getByRole("textbox", { name: "Description" }).inputValue()).toBe("Mine.");
  });

  it("name who maintains the flag, and how long it lives, by keys alone", async () => {
    await using opened = await ui.open(await newFlag("people"));
    const { page } = opened;

    await page.getByRole("combobox", { name: "Maintainer" }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Ada");
    await page.getByRole("option", { name: /Ada Lovelace/u }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("Ada Lovelace maintains the flag").waitFor();
    await page.getByRole("radio", { name: /Temporary/u }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByText("The flag is permanent").waitFor();

    const { maintainerId, temporary } = await stored("people");
    expect(maintainerId).toBeDefined();
    expect(temporary).toBe(false);
  });

  it("show the flag to browsers after a question, for production is critical", async () => {
    await using opened = await ui.open(await newFlag("browsers"));
    const { page } = opened;

    await page.getByRole("switch", { name: /Browsers/u }).click();
    await page.getByRole("alertdialog", { name: /Show the flag/u }).waitFor();
    expect((await stored("browsers")).clientSideAvailability.usingEnvironmentId).toBe(false);
    await page.getByRole("button", { name: "Show flag" }).click();
    await page.getByText("Browsers see the flag").waitFor();

    expect((await stored("browsers")).clientSideAvailability.usingEnvironmentId).toBe(true);
  });

  it("keep custom properties, added by keys and removed by mouse", async () => {
    await using opened = await ui.open(await newFlag("facts"));
    const { page } = opened;

    await page.getByRole("button", { name: "Add property" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Add a property" }).waitFor();
    await page.keyboard.type("Ticket");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("SHOP-1,SHOP-2,");
    await page.keyboard.press("Enter");
    await page.getByText("Ticket is saved").waitFor();
    expect((await stored("facts")).customProperties).toMatchObject({
      ticket: { value: ["SHOP-1", "SHOP-2"] },
    });

    await page.getByRole("button", { name: "Remove Ticket" }).click();
    await page.getByText("Ticket is removed").waitFor();
    expect((await stored("facts")).customProperties).toEqual({});
  });
});

describe("a trigger", () => {
  it("is made, shows its address once, and turns the flag on when that is called", async () => {
    await using opened = await ui.open(await newFlag("alarm"));
    const { page } = opened;

    await page.getByRole("button", { name: "Create trigger" }).click();
    const dialog = page.getByRole("dialog", { name: "Create a trigger in Production" });
    await dialog.getByText("Turned on").click();
    await dialog.getByRole("textbox", { name: "Name of the caller" }).fill("grafana");
    await dialog.getByRole("button", { name: "Create trigger" }).click();
    const made = page.getByRole("dialog", { name: "The address of the trigger" });
    const address = (await made.getByRole("region", { name: "Address" }).textContent()) ?? "";
    expect(await axeFindings(page)).toEqual([]);
    await made.getByRole("button", { name: "Done" }).click();
    const called = await fetch(address, { method: "POST" });

    expect(called.ok).toBe(true);
    await page.getByText("called 1 time").waitFor();
    expect((await stored("alarm")).environments["production"]?.on).toBe(true);
    expect(await page.getByText(address).count()).toBe(0);
  });

  it("is switched off and deleted by keys alone", async () => {
    const path = await newFlag("bell");
    await ui.management.ask("POST", "/api/v2/flags/web-shop/bell/triggers/production", {
      integrationKey: "pager",
      instructions: [{ kind: "turnFlagOff" }],
    });
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("switch", { name: /called by pager/u }).focus();
    await page.keyboard.press("Space");
    await page.getByText("The trigger of pager is switched off").waitFor();
    await page.getByRole("button", { name: /More for/u }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Delete trigger" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete trigger" }).focus();
    await page.keyboard.press("Enter");

    await page.getByText("The trigger is deleted").waitFor();
    await page.getByText("There are none in Production.").waitFor();
  });
});
