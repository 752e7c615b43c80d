import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdminUi, overflow } from "./page.ts";
import { signedInPages } from "./pages.ts";
import { seedPayloads } from "./payload-seed.ts";
import { payloads } from "./payloads.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
beforeAll(async () => seedPayloads(ui.management, ui.url), 120_000);

const pages = signedInPages.map((path) =>
  path
    .replaceAll(/(checkout|search-ranking)/gu, "payloads")
    .replace(/teams\/platform/u, "teams/payload-0"),
);

describe("a text that somebody gave", () => {
  it("is one of at least 121", () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(121);
  });

  it.each(pages)(
    "is shown as what it is, and does nothing else: %s",
    async (path) => {
      await using opened = await ui.open(path, { width: 390 });
      const { page } = opened;
      page.on("dialog", (dialog) => {
        void dialog.dismiss();
        throw new Error(`the page asked: ${dialog.message()}`);
      });
      await page.mouse.move(200, 300);
      await page.keyboard.press("Tab");

      const foreign = await page.evaluate(() => ({
        hasRun: "hasRun" in window,
        elements: document.querySelectorAll(
          "body script, iframe, object, embed, marquee, base, [onerror], [onload], [onfocus], [href^='javascript:' i]",
        ).length,
      }));

      expect(foreign).toEqual({ hasRun: false, elements: 0 });
      expect(await overflow(page)).toBe(0);
    },
    60_000,
  );

  it.each([
    "/p/web-shop/flags",
    "/p/web-shop/flags/payloads/targeting?env=production",
    "/p/web-shop/flags/payloads/variations?env=production",
    "/p/web-shop/settings/webhooks",
    "/account/members",
    "/account/teams",
    "/account/teams/payload-0",
    "/account/announcements",
    "/account/relays",
    "/account/tokens",
  ])("stands on the page as it was typed: %s", async (path) => {
    await using opened = await ui.open(path);

    const shown = (await opened.page.textContent("body")) ?? "";

    expect(payloads.slice(0, 12).filter((text) => shown.includes(text))).not.toEqual([]);
  });

  it("is found by the list's filter as it was typed", async () => {
    await using opened = await ui.open("/p/web-shop/flags");
    const { page } = opened;

    await page
      .getByRole("searchbox")
      .first()
      .fill(payloads[0] ?? "");
    const named = page.getByRole("link", { name: payloads[0] ?? "", exact: true });
    await named.first().waitFor();

    expect(await named.count()).toBeGreaterThan(0);
  });
});
