import { generateSync } from "otplib";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow, owner } from "./page.ts";
import { invitationPath } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const signedOut = { isSignedIn: false, width: 390 } as const;

describe("signing in", () => {
  it("fits a phone, takes its texts from the catalogue, and axe finds nothing in it", async () => {
    await using opened = await ui.open("/login?locale=pseudo", signedOut);
    const { page } = opened;

    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("keeps the email where the password was wrong, by keys alone", async () => {
    await using opened = await ui.open("/login", { ...signedOut, expected: [/401/u] });
    const { page } = opened;

    await page.keyboard.type(owner.email);
    await page.keyboard.press("Tab");
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("the email or the password is not right").waitFor();
    expect(await page.getByLabel("Email").inputValue()).toBe(owner.email);
    await page.getByLabel("Password").fill(owner.password);
    await page.keyboard.press("Enter");

    await page.waitForURL("**/flags");
  });
});

describe("an invitation", () => {
  it("says whom it lets in, takes the name and a password, and lets in", async () => {
    await using opened = await ui.open(
      await invitationPath(ui.management, "grace@example.com"),
      signedOut,
    );
    const { page } = opened;
    await page.getByText("grace@example.com").waitFor();
    const findings = [...(await axeFindings(page)), await overflow(page)];

    await page.getByLabel("First name").fill("Grace");
    await page.getByLabel("Last name").fill("Hopper");
    await page.getByLabel("Password").fill("aaaaaaaa");
    await page.getByText("Weak: add words").waitFor();
    await page.getByLabel("Password").fill("correct horse battery");
    await page.getByRole("button", { name: "Show what is typed" }).click();
    const shown = await page.getByLabel("Password").getAttribute("type");
    await page.getByRole("button", { name: "Join" }).click();
    await page.waitForURL("**/flags");
    await page.getByRole("button", { name: "You: Grace Hopper" }).waitFor();

    expect(shown).toBe("text");
    expect(findings).toEqual([0]);
  });

  it("says why a password is refused, and takes another, by keys alone", async () => {
    await using opened = await ui.open(await invitationPath(ui.management, "alan@example.com"), {
      ...signedOut,
      expected: [/400/u],
    });
    const { page } = opened;

    await page.getByLabel("Password").focus();
    await page.keyboard.type("password1");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("guessed first").waitFor();
    await page.getByLabel("Password").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("correct horse battery");
    await page.keyboard.press("Enter");

    await page.waitForURL("**/flags");
  });

  it("says that it is over", async () => {
    await using opened = await ui.open("/invite/nothing", { ...signedOut, expected: [/403/u] });
    const { page } = opened;

    await page.getByRole("heading", { name: "This link does not hold any more" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("link", { name: "Go to the sign-in" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
  });
});

describe("the second factor", () => {
  it("is added with a code to scan, and its recovery codes are kept", async () => {
    await using opened = await ui.open("/second-factor", { width: 390 });
    const { page } = opened;

    await page.keyboard.type(owner.password);
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: "QR code for your authenticator app" }).waitFor();
    const findings = [...(await axeFindings(page))];
    const secret = (await page.locator("code").textContent()) ?? "";
    await page.getByLabel("Code", { exact: true }).fill(generateSync({ secret }));
    await page.keyboard.press("Enter");
    const codes = page.getByRole("list", { name: "Recovery codes" });
    await codes.waitFor();
    findings.push(...(await axeFindings(page)));
    await page.getByRole("button", { name: "Copy codes" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.waitForURL("**/flags");

    expect(copied.split("\n")).toHaveLength(10);
    expect(findings).toEqual([]);
  });
});
