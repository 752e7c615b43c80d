import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedFlagParts } from "./seed-flag-parts.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await ui.management.createFlag("web-shop", "search-ranking", ["popularity", "semantic"]);
await seedFlagParts(ui.management);

const path = "/p/web-shop/flags/search-ranking/code?env=production";

describe("the code of a flag", () => {
  it("fits every width, with nothing for axe", async () => {
    for (const width of [390, 768]) {
      await using narrow = await ui.open(path, { width });
      expect(await overflow(narrow.page)).toBeLessThanOrEqual(0);
    }
    await using opened = await ui.open(path);
    await opened.page.getByText("2 places").waitFor();
    expect(await axeFindings(opened.page)).toEqual([]);
  });

  it("takes its texts from catalogues", async () => {
    await using pseudo = await ui.open(`${path}&locale=pseudo`);
    await pseudo.page.getByText("src/search/ranking.ts").waitFor();
    expect(await hardCodedTexts(pseudo.page)).toEqual([]);
  });

  it("asks for the flag with the key of the environment, in the SDK that the address names", async () => {
    const sdkKey = await ui.management.sdkKey("web-shop", "production");
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByText(`init("${sdkKey}"`).waitFor();
    await page.getByRole("tab", { name: "Node" }).focus();
    await page.keyboard.press("ArrowRight");

    await page.waitForURL(/sdk=browser/u);
    await page.getByText("@halyard/sdk/browser").waitFor();
  });

  it("leads to the lines that name it, and to the commit that took it out", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    const line = page.getByRole("link", { name: "Line 12 of src/search/ranking.ts" });
    expect(await line.getAttribute("href")).toBe(
      "https://github.com/acme/shop/blob/8f4e21c0b7d35a9e6612f08a4cc1d97be3304f5a/src/search/ranking.ts#L12",
    );
    const commit = page.getByRole("link", { name: "1b9d6bcd" });
    expect(await commit.getAttribute("href")).toBe(
      "https://github.com/acme/shop/commit/1b9d6bcd4e0f2a7788d1f9c05be1a7d2c3e4f506",
    );
  });

  it("says how to scan where no scanner has found it", async () => {
    await using opened = await ui.open("/p/web-shop/flags/checkout/code?env=production");

    await opened.page.getByText("No scanner has found this flag in code.").waitFor();
    await opened.page.getByText("--projKey web-shop").waitFor();
  });
});
