import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

interface Flag {
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly environments: Readonly<Record<string, { readonly on: boolean }>>;
  readonly variations: readonly { readonly _id: string }[];
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

describe("copies", () => {
  it("say before what changes, bring it to another environment, and are taken back by Undo", async () => {
    const path = await newFlag("copied");
    await ui.management.instruct("web-shop", "copied", "production", [{ kind: "turnFlagOn" }]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Copy to another environment" }).click();
    const dialog = page.getByRole("dialog", { name: "Copy what an environment serves" });
    await dialog.getByText("Turn the flag on").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Copy to Development" }).click();
    await page.getByText("Development serves what Production does").waitFor();
    expect((await stored("copied")).environments["development"]?.on).toBe(true);

    await undo(page);
    await expect
      .poll(async () => (await stored("copied")).environments["development"]?.on)
      .toBe(false);
  });

  it("of a whole flag begin as it is, by keys alone", async () => {
    await using opened = await ui.open(await newFlag("sheep"));
    const { page } = opened;

    await page.getByRole("button", { name: "Clone flag" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Clone sheep" }).waitFor();
    await page.keyboard.type("Dolly the sheep");
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "Dolly the sheep" }).waitFor();
    expect((await stored("dolly-the-sheep")).variations).toHaveLength(2);
  });
});

describe("the end of a flag", () => {
  it("is archived, restored by Undo, archived again, and deleted once its key is typed", async () => {
    await using opened = await ui.open(await newFlag("gone"));
    const { page } = opened;

    const archive = async () => {
      await page.getByRole("button", { name: "Archive flag" }).click();
      const dialog = page.getByRole("alertdialog", { name: "Archive gone" });
      await dialog.getByText("No app has asked for it in 7 days.").waitFor();
      await dialog.getByRole("button", { name: "Archive flag" }).click();
      await page.getByText("gone is archived").last().waitFor();
    };
    await archive();
    expect((await stored("gone")).archived).toBe(true);
    await undo(page);
    await page.getByRole("button", { name: "Archive flag" }).waitFor();
    await archive();
    await page.getByRole("button", { name: "Delete flag" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Delete gone" });
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("textbox", { name: "Type gone to confirm" }).fill("gone");
    await dialog.getByRole("button", { name: "Delete flag" }).click();

    await page.getByText("gone is deleted").waitFor();
    const { status } = await ui.management.request("GET", "/api/v2/flags/web-shop/gone");
    expect(status).toBe(404);
  });

  it("waits for the flags that require it, which are named", async () => {
    const path = await newFlag("needed");
    const [variation] = (await stored("needed")).variations;
    await newFlag("needing");
    await ui.management.instruct("web-shop", "needing", "production", [
      { kind: "addPrerequisite", key: "needed", variationId: variation?._id },
    ]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Archive flag" }).click();
    const dialog = page.getByRole("dialog", { name: "Archive needed" });
    await dialog.getByRole("link", { name: "needing" }).click();

    await page.getByRole("heading", { level: 1, name: "needing" }).waitFor();
  });

  it("is announced by deprecation, by keys alone", async () => {
    await using opened = await ui.open(await newFlag("fading"));
    const { page } = opened;

    await page.getByRole("button", { name: "Deprecate flag" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("fading is deprecated").waitFor();

    expect((await stored("fading")).deprecated).toBe(true);
    await page.getByRole("button", { name: "End deprecation" }).waitFor();
  });
});
