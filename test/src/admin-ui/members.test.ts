import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedAccount } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await seedAccount(ui.management);
const path = "/account/members";

async function memberOf(email: string): Promise<Record<string, unknown> | undefined> {
  const { items } = (await ui.management.ask("GET", "/api/v2/members?limit=100")) as {
    readonly items: readonly Record<string, unknown>[];
  };
  return items.find((one) => one["email"] === email);
}
const row = (page: Page, name: string) => page.getByRole("row", { name: new RegExp(name, "u") });

describe("the list of members", () => {
  it("fits a phone, a tablet and a desk, and axe finds nothing in it", async () => {
    await using opened = await ui.open(path, { width: 390 });
    const { page } = opened;
    const overflows = [await overflow(page)];
    for (const width of [768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      overflows.push(await overflow(page));
    }

    expect(Math.max(...overflows)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("takes its texts from catalogues, and so do its dialogs", async () => {
    await using opened = await ui.open(`${path}?invite=true&locale=pseudo`);
    const { page } = opened;
    await page.getByRole("dialog").waitFor();
    const ofDialog = await hardCodedTexts(page);
    await page.keyboard.press("Escape");
    await row(page, "Alan Turing")
      .getByRole("button", { name: "Alan Turing", exact: true })
      .click();
    await page.getByRole("dialog").waitFor();

    expect([...ofDialog, ...(await hardCodedTexts(page))]).toEqual([]);
  });

  it("is narrowed by words, which the address keeps", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("/");
    await page.keyboard.type("payments");
    await page.getByText("2 of 6 members").waitFor();
    await page.reload();

    await page.getByText("2 of 6 members").waitFor();
    await page.getByRole("searchbox").fill("nobody is called so");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText("6 members", { exact: true }).waitFor();
  });
});

describe("inviting", () => {
  it("invites several at once and shows their links, by mouse", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Invite members" }).click();
    const dialog = page.getByRole("dialog", { name: "Invite members" });
    await dialog.getByLabel("Email addresses").fill("barbara@example.com");
    await page.keyboard.press(",");
    await dialog.getByLabel("Email addresses").fill("Margaret <margaret@example.com>");
    await dialog.getByRole("button", { name: /^Reader/u }).click();
    await page.getByRole("option", { name: /^Writer/u }).click();
    await dialog.getByText("Payments").click();
    const dialogFindings = await axeFindings(page);
    await dialog.getByRole("button", { name: "Invite 2 members" }).click();
    const links = page.getByRole("dialog", { name: "Pass these 2 links on" });
    await links.waitFor();

    expect(dialogFindings).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    expect(await links.textContent()).toMatch(/\/invite\/[\w-]{43}/u);
    expect(await memberOf("margaret@example.com")).toMatchObject({
      role: "writer",
      teams: [{ key: "payments" }],
    });
  });

  it("does so by keys alone, says what is no address, and sends nothing until it is mended", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("hedy@example.com,hedy");
    await page.keyboard.press("Enter");
    await page.getByText("Not an email address: hedy.").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");

    await page.getByRole("dialog", { name: "Pass this link on" }).waitFor();
    expect(await memberOf("hedy@example.com")).toMatchObject({ role: "reader" });
    expect(await memberOf("hedy")).toBeUndefined();
  });

  it("says why the server refuses, and keeps what was typed", async () => {
    await using opened = await ui.open(`${path}?invite=true`, { expected: [/409/u] });
    const { page } = opened;

    await page.getByLabel("Email addresses").fill("grace@example.com");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Invite 1 member" }).click();

    await page.getByText("there is a member with the address grace@example.com already").waitFor();
    expect(await page.getByRole("dialog").textContent()).toContain("grace@example.com");
  });
});

describe("a member", () => {
  it("gets another role, which can be taken back", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;
    const role = async () => (await memberOf("grace@example.com"))?.["role"];

    await page.getByRole("button", { name: "Grace Hopper", exact: true }).click();
    const sheet = page.getByRole("dialog");
    const findings = await axeFindings(page);
    await sheet.getByRole("button", { name: /^Writer/u }).click();
    await page.getByRole("option", { name: /^Admin/u }).click();
    await page.getByText("Grace Hopper is Admin").waitFor();
    const changed = await role();
    await page.getByRole("button", { name: "Undo" }).click();

    await expect.poll(role).toBe("writer");
    expect(changed).toBe("admin");
    expect(findings).toEqual([]);
  });

  it("is suspended and let in again, by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;
    const isActive = async () => (await memberOf("alan@example.com"))?.["isActive"];
    const choose = async (letters: string) => {
      await row(page, "Alan Turing")
        .getByRole("button", { name: /^Actions/u })
        .focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menu").waitFor();
      await page.keyboard.type(letters);
      await page.keyboard.press("Enter");
    };

    await choose("Sus");
    await page.getByRole("alertdialog", { name: "Suspend Alan Turing" }).waitFor();
    const findings = await axeFindings(page);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await expect.poll(isActive).toBe(false);
    await row(page, "Alan Turing").getByText("Suspended").waitFor();
    await choose("Let");

    await expect.poll(isActive).toBe(true);
    expect(findings).toEqual([]);
  });

  it("is removed", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await row(page, "Katherine Johnson")
      .getByRole("button", { name: /^Actions/u })
      .click();
    await page.getByRole("menuitem", { name: "Remove member" }).click();
    await page.getByRole("button", { name: "Remove member" }).click();
    await page.getByText("Katherine Johnson is removed").waitFor();

    expect(await memberOf("katherine@example.com")).toBeUndefined();
  });

  it("cannot suspend themselves, and reads why", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await row(page, "Ada Lovelace")
      .getByRole("button", { name: /^Actions/u })
      .click();

    const entry = page.getByRole("menuitem", { name: /^Suspend/u });
    expect(await entry.textContent()).toContain("ask another admin");
  });
});
