import { afterAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { ServerProcess } from "./server-process.ts";
import { SnippetProcess } from "./snippet-process.ts";

const browser = await launchBrowser();
afterAll(() => browser.close());

it("takes a stranger from the printed link to code that follows a flag", async () => {
  await using server = await ServerProcess.start({ seed: "demo", owner: "link" });
  const context = await browser.newContext({
    permissions: ["clipboard-read", "clipboard-write"],
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();

  await page.goto(server.welcomeLink);
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Password").fill("correct horse battery staple");
  await page.getByRole("button", { name: /^create/iu }).click();
  await page.getByRole("heading", { level: 1, name: "Your first flag" }).waitFor();
  await page.getByRole("button", { name: "Create flag" }).click();
  await page.getByText("Listening for an SDK in Development").waitFor();
  await page.getByRole("button", { name: "Copy Code" }).click();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  await using app = new SnippetProcess(code);
  await page.getByText(/Connected: halyard-node .* from 127\.0\.0\.1/u).waitFor();
  await expect.poll(() => app.said).toContain("first-flag false");
  await page.getByText("First evaluation: first-flag gave false").waitFor();
  await page.getByRole("switch", { name: "First flag in Development, off" }).click();
  await expect.poll(() => app.said).toContain("first-flag true");

  await page.getByText("Your code followed the switch: it gets true").waitFor();
});
