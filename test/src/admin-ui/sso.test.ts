import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedAccount } from "./seed-account.ts";
import { SmallProvider } from "./small-provider.ts";

const ui = await AdminUi.start();
const provider = await SmallProvider.start();
afterAll(async () => {
  await ui[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});
await seedAccount(ui.management);
const path = "/account/sso";
const rest = "/api/v2/account/sso";
const { issuer, clientId, clientSecret } = provider;

async function settings(): Promise<unknown> {
  return (await ui.management.request("GET", rest)).body;
}

describe("single sign-on", () => {
  it("tells what the provider needs before anything is set up", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByText("People sign in with a password.").waitFor();
    await page.getByRole("button", { name: `Copy ${ui.url}/api/sso/callback` }).click();
    const copied = await page.evaluate(async () => navigator.clipboard.readText());
    const required = page.getByRole("switch", { name: /^Single sign-on for everybody/u });

    expect(copied).toBe(`${ui.url}/api/sso/callback`);
    expect(await required.getAttribute("aria-disabled")).toBe("true");
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is tested, set up and asked of everybody by mouse", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByLabel("Issuer").fill(issuer);
    await page.getByLabel("Client ID").fill(clientId);
    await page.getByLabel("Client secret").fill("guessed");
    await page.getByRole("button", { name: "Test the connection" }).click();
    await page.getByText("People would not get in").waitFor();
    await page.getByText(/check the client ID, the client secret/u).waitFor();
    const findings = await axeFindings(page);
    await page.getByLabel("Client secret").fill(clientSecret);
    await page.getByRole("button", { name: "Test the connection" }).click();
    await page.getByText("People would get in").waitFor();
    await page.getByLabel("Claim for roles").fill("groups");
    await page.getByRole("button", { name: "Add a value for a role" }).click();
    await page.getByLabel("Value 1", { exact: true }).fill("engineering");
    await page.getByRole("button", { name: /Role for value 1/u }).click();
    await page.getByRole("option", { name: "Writer" }).click();
    await page.getByRole("button", { name: "Turn single sign-on on" }).click();
    await page.getByText("Single sign-on is set up").waitFor();
    const required = page.getByRole("switch", { name: /^Single sign-on for everybody/u });
    await required.click();
    await page.getByText("Everybody but owners comes by single sign-on").waitFor();

    expect(findings).toEqual([]);
    expect(await settings()).toMatchObject({
      issuer,
      clientId,
      roleClaim: "groups",
      roles: { engineering: "writer" },
      isRequired: true,
    });
    await ui.management.ask("PATCH", rest, { isRequired: false });
  });

  it("fits a phone, and takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
    const { page } = opened;

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is changed without the secret, tested, and turned off by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;
    const press = async (name: string) => {
      await page.getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };

    await press("Test the connection");
    await page.getByText("People would get in").waitFor();
    await page.getByLabel("Domains of email addresses").focus();
    await page.keyboard.type("example.com");
    await page.keyboard.press("Enter");
    await press("Save settings");
    await page.getByText("Single sign-on is set up").waitFor();
    const changed = await settings();
    await press("Turn single sign-on off");
    const asked = page.getByRole("alertdialog", { name: "Turn single sign-on off" });
    await asked.getByRole("button", { name: "Turn single sign-on off" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Single sign-on is off").waitFor();

    expect(changed).toMatchObject({ issuer, allowedDomains: ["example.com"] });
    expect(await settings()).toMatchObject({ code: "not_found" });
  });

  it("says by the fields what is missing", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByLabel("Issuer").fill("id.example.com");
    await page.keyboard.press("Enter");

    await page.getByText("Give an address with https.").waitFor();
    await page.getByText("Give the client ID.").waitFor();
    await page.getByText("Give the client secret.").waitFor();
  });
});

describe("provisioning", () => {
  it("is given a token, which is shown once and works, by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Create SCIM token" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "The token of your directory" });
    await dialog.waitFor();
    const token =
      (await dialog.getByRole("region", { name: "Token", exact: true }).textContent()) ?? "";
    const findings = await axeFindings(page);
    await dialog.getByRole("button", { name: "Done" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("list", { name: "Tokens" }).getByText("Never used").waitFor();
    const users = await fetch(`${ui.url}/scim/v2/Users`, { headers: { authorization: token } });
    const security = await fetch(`${ui.url}/api/v2/account/security`, {
      headers: { authorization: token },
    });

    expect(findings).toEqual([]);
    expect([users.status, security.status]).toEqual([200, 403]);
    await page.getByRole("button", { name: "Delete the token SCIM" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete token" }).click();
    await page.getByText("No directory has a token yet.").waitFor();
  });
});
