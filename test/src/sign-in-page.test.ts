import { generateSync } from "otplib";
import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { launchBrowser } from "./browser.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const browser = await launchBrowser();
afterAll(() => browser.close());

it("takes somebody from the invitation to a second factor, and in again with its code", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const management = new Management(server.url);
  const invited = await management.ask("POST", "/api/v2/members", [{ email: "ada@example.com" }]);
  const Invited = z.object({ items: z.array(z.object({ invitation: z.string() })).length(1) });
  const link = Invited.parse(invited).items[0]?.invitation ?? "";
  await management.ask("PATCH", "/api/v2/account/security", { requiresSecondFactor: true });
  const page = await browser.newPage();

  await page.goto(`${server.url}${link}`);
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Join" }).click();
  await page.waitForURL("**/second-factor");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Go on" }).click();
  const secret = (await page.locator("code").textContent()) ?? "";
  await page.getByLabel("Code", { exact: true }).fill(generateSync({ secret }));
  await page.getByRole("button", { name: "Confirm" }).click();
  const recoveryCode = (await page.getByRole("listitem").first().textContent()) ?? "";
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.waitForURL("**/flags");
  await page.context().clearCookies();
  await page.goto(`${server.url}/login`);
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Code").fill(recoveryCode);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.waitForURL("**/flags");
  await page.close();
});

it("shows the way through the identity provider where there is one", async () => {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  const page = await browser.newPage();
  const link = page.getByRole("link", { name: "Sign in with single sign-on" });
  await page.goto(`${server.url}/login`);
  await page.waitForLoadState("networkidle");
  const before = await link.count();

  const provider = { issuer: "https://idp.example", clientId: "halyard", clientSecret: "secret" };
  await management.ask("PUT", "/api/v2/account/sso", provider);
  await page.reload();
  await link.waitFor();

  expect(before).toBe(0);
  expect(await link.getAttribute("href")).toBe("/api/sso/start");
  await page.close();
});
