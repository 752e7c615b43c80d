import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedRelays } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const path = "/account/relays";
const rest = "/api/v2/account/relay-auto-configs";

interface Listed {
  readonly items: readonly { readonly name: string; readonly policy: unknown }[];
}
async function relayCalled(name: string): Promise<unknown> {
  const { items } = (await ui.management.ask("GET", rest)) as Listed;
  return items.find((one) => one.name === name);
}
/** Whether a relay learns its environments by the key. */
async function opens(key: string): Promise<boolean> {
  const stop = new AbortController();
  const { signal } = stop;
  const headers = { authorization: key };
  const { ok } = await fetch(`${ui.url}/relay_auto_config`, { headers, signal });
  stop.abort();
  return ok;
}

describe("relays", () => {
  it("are explained where there is none, and the first is added by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByText("A relay stands near your apps").waitFor();
    await page.keyboard.press("c");
    await page.getByRole("dialog").getByLabel("Name").waitFor();
    await page.keyboard.type("Edge");
    await page.keyboard.press("Enter");
    const made = page.getByRole("dialog", { name: "The key of Edge" });
    await made.waitFor();
    const key = (await made.locator("code").first().textContent()) ?? "";
    const findings = await axeFindings(page);
    await made.getByRole("button", { name: "I have copied it" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("May do everything: every environment of every project.").waitFor();

    expect(findings).toEqual([]);
    expect(await opens(key)).toBe(true);
    expect(await page.content()).not.toContain(key);
  });

  it("learn what the table says, by mouse, with a way back", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Actions for Edge" }).click();
    await page.getByRole("menuitem", { name: "Edit relay" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit Edge" });
    await dialog.getByRole("button", { name: /^Everything, .*: allowed$/u }).click();
    const findings = await axeFindings(page);
    await dialog.getByRole("button", { name: "Save relay" }).click();
    await page.getByText("Edge is saved").waitFor();
    const changed = await relayCalled("Edge");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("May do everything: every environment of every project.").waitFor();

    expect(findings).toEqual([]);
    expect(changed).toMatchObject({ policy: [{ effect: "deny" }] });
  });

  it("get a new key and are deleted by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;
    const choose = async (entry: string) => {
      await page.getByRole("button", { name: "Actions for Edge" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: entry }).focus();
      await page.keyboard.press("Enter");
    };

    await choose("New key");
    await page.getByRole("radio", { name: "Ends at once" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Make new key" }).focus();
    await page.keyboard.press("Enter");
    const made = page.getByRole("dialog", { name: "The key of Edge" });
    const key = (await made.locator("code").first().textContent()) ?? "";
    const isGood = await opens(key);
    await made.getByRole("button", { name: "I have copied it" }).focus();
    await page.keyboard.press("Enter");
    await choose("Delete relay");
    await page
      .getByRole("alertdialog", { name: "Delete Edge" })
      .getByRole("button", { name: "Delete relay" })
      .focus();
    await page.keyboard.press("Enter");
    await page.getByText("Edge is deleted").waitFor();

    expect(isGood).toBe(true);
    expect(await opens(key)).toBe(false);
  });

  it("fit a phone, take their texts from catalogues, and axe finds nothing", async () => {
    await seedRelays(ui.management);
    await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
    const { page } = opened;
    await page.getByText("Factory floor").waitFor();

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });
});
