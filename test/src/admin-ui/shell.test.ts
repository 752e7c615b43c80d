import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

describe("the shell", () => {
  it.each([390, 768, 1440])(
    "fits %i pixels, and axe finds nothing in either theme",
    async (width) => {
      await using opened = await ui.open("/p/web-shop/flags", { width });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
      expect(await axeFindings(opened.page)).toEqual([]);
    },
  );
});
