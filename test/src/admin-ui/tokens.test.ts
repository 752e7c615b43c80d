import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedAccount } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await seedAccount(ui.management);
const path = "/account/tokens";

async function status(token: string): Promise<number> {
  const headers = { authorization: token };
  return (await fetch(`${ui.url}/api/v2/projects`, { headers })).status;
}
async function tokenCalled(name: string): Promise<Record<string, unknown> | undefined> {
  const { items } = (await ui.management.ask("GET", "/api/v2/tokens?limit=100")) as {
    readonly items: readonly Record<string, unknown>[];
  };
  return items.find((one) => one["name"] === name);
}

describe("the list of tokens", () => {
  it("fits a phone, takes its texts from the catalogue, and axe finds nothing", async () => {
    await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
    const { page } = opened;

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is narrowed by words, and says so where nothing fits", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("/");
    await page.keyboard.type("pipeline");
    await page.getByText("1 of 2 tokens").waitFor();
    await page.keyboard.type("s of nobody");
    await page.getByRole("button", { name: "Clear filters" }).click();

    await page.getByText("2 tokens", { exact: true }).waitFor();
  });
});

describe("a token", () => {
  it("is made, shown once, works, and is gone when it is deleted", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Create token" }).click();
    const dialog = page.getByRole("dialog", { name: "Create token" });
    await dialog.getByRole("button", { name: "Create token" }).click();
    await dialog.getByText("Give a name that says what uses it.").waitFor();
    const findings = [...(await axeFindings(page))];
    await dialog.getByLabel("Name").fill("deploy script");
    await dialog.getByText("A service's").click();
    await dialog.getByRole("button", { name: /^Reader/u }).click();
    await page.getByRole("option", { name: /^Deployer/u }).click();
    await dialog.getByRole("button", { name: "Create token" }).click();
    const made = page.getByRole("dialog", { name: "Copy deploy script now" });
    await made.waitFor();
    const secret = (await made.locator("code").first().textContent()) ?? "";
    findings.push(...(await axeFindings(page)));
    const working = await status(secret);
    await made.getByRole("button", { name: "I have copied it" }).click();
    const kept = await tokenCalled("deploy script");
    const shown = await page.content();
    await page.getByRole("button", { name: "Actions for deploy script" }).click();
    await page.getByRole("menuitem", { name: "Delete token" }).click();
    await page.getByRole("button", { name: "Delete token" }).click();
    await page.getByText("deploy script is deleted").waitFor();

    expect(working).toBe(200);
    expect(kept).toMatchObject({ serviceToken: true, customRoleIds: [expect.any(String)] });
    expect(Number(kept?.["expiresAt"])).toBeGreaterThan(Date.now());
    expect(shown).not.toContain(secret);
    expect(await status(secret)).toBe(401);
    expect(findings).toEqual([]);
  });

  it("is made and renamed by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("laptop");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Copy laptop now" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Actions for laptop" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Rename laptop" }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("laptop of Ada");
    await page.keyboard.press("Enter");
    await page.getByText("Renamed to laptop of Ada").waitFor();

    expect(await tokenCalled("laptop of Ada")).toMatchObject({ serviceToken: false });
  });

  it("gets a new secret while the former holds on for a day", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Actions for deploy pipeline" }).click();
    await page.getByRole("menuitem", { name: "Give a new secret" }).click();
    const findings = await axeFindings(page);
    await page.getByRole("button", { name: "Give a new secret" }).click();
    const made = page.getByRole("dialog", { name: "Copy deploy pipeline now" });
    await made.waitFor();
    const secret = (await made.locator("code").first().textContent()) ?? "";
    const [now, former] = [await status(secret), await tokenCalled("deploy pipeline (former)")];

    expect(now).toBe(200);
    expect(Number(former?.["expiresAt"])).toBeGreaterThan(Date.now());
    expect(findings).toEqual([]);
  });
});

describe("a token with statements of its own", () => {
  it("is made by keys alone, and may what they say", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("c");
    const dialog = page.getByRole("dialog", { name: "Create token" });
    await dialog.getByLabel("Name").waitFor();
    await page.keyboard.type("switcher");
    await dialog.getByRole("button", { name: /^Reader/u }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /^Statements of its own/u }).focus();
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Add resource" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("searchbox", { name: "Add resource" }).waitFor();
    await page.keyboard.type("proj/web-shop:env/staging:flag/*");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: /^Switch, .*: nothing said$/u }).focus();
    await page.keyboard.press("Enter");
    const findings = await axeFindings(page);
    await dialog.getByRole("button", { name: "Create token" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Copy switcher now" }).waitFor();

    expect(findings).toEqual([]);
    expect(await tokenCalled("switcher")).toMatchObject({
      inlineRole: [
        {
          effect: "allow",
          actions: ["updateOn"],
          resources: ["proj/web-shop:env/staging:flag/*"],
        },
      ],
    });
  });
});
