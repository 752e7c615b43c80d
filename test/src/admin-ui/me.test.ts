import { generateSync } from "otplib";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow, owner } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const path = "/account/me";

/** Signs in anew, so that what ends here is nobody else's session. */
async function openSignedIn(password = owner.password) {
  const opened = await ui.open("/login", { isSignedIn: false });
  const { page } = opened;
  await page.getByLabel("Email").fill(owner.email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/flags");
  await page.goto(ui.url + path);
  await page.waitForSelector("[data-ready]");
  return opened;
}
const shown = (page: Page) => page.getByRole("listitem").filter({ hasText: "Last used" });

it("fits a phone, takes its texts from the catalogue, and axe finds nothing", async () => {
  await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
  const { page } = opened;
  await page.getByRole("switch").waitFor();

  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await hardCodedTexts(page)).toEqual([]);
  expect(await axeFindings(page)).toEqual([]);
});

it("is reached by the menu of one's name, and changes the name and the theme", async () => {
  await using opened = await ui.open("/account/members");
  const { page } = opened;

  await page.getByRole("button", { name: "You: Ada Lovelace" }).click();
  await page.getByRole("menuitem", { name: "Password, sessions and more" }).click();
  await page.getByRole("heading", { level: 1, name: "You" }).waitFor();
  await page.getByLabel("Last name").fill("King");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "You: Ada King" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "You: Ada Lovelace" }).waitFor();
  await page.getByText("Dark", { exact: true }).click();

  await page.waitForSelector("html[data-theme=dark]");
});

describe("sessions", () => {
  it("are listed, and one that is not known is ended by keys alone", async () => {
    await using other = await openSignedIn();
    await using opened = await openSignedIn();
    const { page } = opened;
    const count = await shown(page).count();
    const rows = shown(page);

    expect(await rows.filter({ hasText: "This one" }).count()).toBe(1);
    await page.getByRole("button", { name: "End the session of Chrome on Linux" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("The session has ended").waitFor();
    await expect.poll(() => rows.count()).toBe(count - 1);
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByText("All other sessions have ended").waitFor();
    await expect.poll(() => rows.count()).toBe(1);

    const answer = await other.page.request.get(`${ui.url}/api/session`);
    expect(answer.status()).toBe(401);
  });
});

describe("the second factor", () => {
  it("is added, counted and taken away again, by keys alone", async () => {
    await using opened = await openSignedIn();
    const { page } = opened;

    await page.getByRole("button", { name: "Add second factor" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Add second factor" });
    await dialog.getByLabel("Password").waitFor();
    await page.keyboard.type(owner.password);
    await page.keyboard.press("Enter");
    await dialog.getByRole("img").waitFor();
    const findings = [...(await axeFindings(page))];
    const secret = (await dialog.locator("code").textContent()) ?? "";
    await page.keyboard.type(generateSync({ secret }));
    await page.keyboard.press("Enter");
    const codes = dialog.getByRole("list", { name: "Recovery codes" });
    const code = (await codes.getByRole("listitem").first().textContent()) ?? "";
    await dialog.getByRole("button", { name: "I have kept them" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("10 recovery codes left").waitFor();
    await page.getByRole("button", { name: "Remove second factor" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").waitFor();
    findings.push(...(await axeFindings(page)));
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");

    await page.getByText("The second factor is gone").waitFor();
    await page.getByRole("button", { name: "Add second factor" }).waitFor();
    expect(findings).toEqual([]);
  });
});

describe("the password", () => {
  it("is changed by who knows it so far, and lets in from then on", async () => {
    await using opened = await openSignedIn();
    const { page } = opened;
    const chosen = "a quite different passphrase";

    await page.getByLabel("Password so far").fill(owner.password);
    await page.getByLabel("New password").fill(chosen);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Password changed").waitFor();

    await using again = await openSignedIn(chosen);
    expect(await again.page.title()).toBe("You · Halyard");
  });
});
