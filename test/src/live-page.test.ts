import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";
import { signedInPage } from "./signed-in-page.ts";

const browser = await launchBrowser();
afterAll(() => browser.close());

describe("an open flag list", () => {
  it("shows without reload what a script has flipped", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    const { page, trouble } = await signedInPage(browser, server.url);
    await page.goto(`${server.url}/p/web-shop/flags`);
    const toggle = page.getByRole("switch", { name: /dark mode.*development/iu });
    const before = await toggle.isChecked();

    const kind = before ? "turnFlagOff" : "turnFlagOn";
    await new Management(server.url).instruct("web-shop", "dark-mode", "development", [{ kind }]);

    await expect.poll(() => toggle.isChecked()).toBe(!before);
    expect(trouble).toEqual([]);
  });
});

describe.each([
  "/login",
  "/p/web-shop/flags",
  "/p/web-shop/flags/checkout/targeting?env=production",
])("the page %s", (path) => {
  it.each([
    { width: 1440, colorScheme: "light" as const },
    { width: 1440, colorScheme: "dark" as const },
    { width: 390, colorScheme: "light" as const },
    { width: 390, colorScheme: "dark" as const },
  ])("fits $width pixels in $colorScheme and asks nobody else for anything", async (look) => {
    await using server = await ServerProcess.start({ seed: "demo" });
    const viewport = { width: look.width, height: 900 };
    const options = { viewport, colorScheme: look.colorScheme };
    const { page, trouble } = await signedInPage(browser, server.url, options);

    await page.goto(server.url + path);
    await page.waitForSelector("[data-ready]");

    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(look.width);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(trouble).toEqual([]);
    const folder = process.env["HALYARD_SCREENSHOTS"];
    if (folder !== undefined) {
      const name = `${path.replaceAll(/\W+/gu, "-")}-${look.width}-${look.colorScheme}.png`;
      await page.screenshot({ path: `${folder}/${name}`, fullPage: true });
    }
  });
});
