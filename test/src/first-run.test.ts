import { init } from "@halyard/sdk";
import { afterAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { ServerProcess } from "./server-process.ts";

const browser = await launchBrowser();
afterAll(() => browser.close());

it("takes a stranger from the printed link to a flag flipped in a running app", async () => {
  await using server = await ServerProcess.start({ seed: "demo", owner: "link" });
  const page = await browser.newPage();

  await page.goto(server.welcomeLink);
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Password").fill("correct horse battery staple");
  await page.getByRole("button", { name: /^create/iu }).click();
  await page.waitForURL("**/flags");
  await page.goto(`${server.url}/p/web-shop/keys`);
  const shown = await page
    .getByText(/sdk-[0-9a-f]{40}/u)
    .first()
    .textContent();
  const key = /sdk-[0-9a-f]{40}/u.exec(shown ?? "");
  await using app = init(key?.[0] ?? "", { baseUri: server.url, sendEvents: false });
  await app.waitForInitialization({ timeout: 10 });
  const ada = { kind: "user", key: "ada" };
  const before = app.variation("dark-mode", ada, false);
  await page.goto(`${server.url}/p/web-shop/flags`);
  const heard = new Promise((resolve) => {
    app.on("change:dark-mode", resolve);
  });
  await page.getByRole("switch", { name: /dark mode.*development/iu }).click({ force: true });
  await heard;

  expect(app.variation("dark-mode", ada, before)).toBe(!before);
});
