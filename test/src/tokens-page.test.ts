import { afterAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { ServerProcess } from "./server-process.ts";
import { signedInPage } from "./signed-in-page.ts";

const browser = await launchBrowser();
afterAll(() => browser.close());

it("makes an access token that is shown once, works, and is gone when it is deleted", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const { page } = await signedInPage(browser, server.url);
  const status = async (token: string) =>
    (await fetch(`${server.url}/api/v2/projects`, { headers: { authorization: token } })).status;
  await page.goto(`${server.url}/account/tokens`);

  await page.getByLabel("Name").fill("deploy script");
  await page.getByRole("button", { name: "Create token" }).click();
  const shown = await page.getByText(/^api-[0-9a-f]{40}$/u).textContent();
  const token = shown ?? "";
  expect(await status(token)).toBe(200);
  const folder = process.env["HALYARD_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/tokens.png` });
  await page.reload();
  await page.getByText("deploy script").waitFor();
  expect(await page.getByText(token).count()).toBe(0);
  page.once("dialog", (dialog) => void dialog.accept());
  await page.getByRole("button", { name: "Delete deploy script" }).click();
  await page.getByText("deploy script").waitFor({ state: "detached" });

  expect(await status(token)).toBe(401);
  await page.close();
});
