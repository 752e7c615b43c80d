import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AdminUi } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const flags = "/p/web-shop/flags";

beforeAll(async () => {
  await ui.management.createProject("long", ["production"]);
  for (let at = 0; at < 60; at += 1)
    await ui.management.createFlag("long", `flag-${at}`, ["old", "new"]);
});

/** The paths that the page asks the API for, from its next navigation on. */
function askedBy(page: Page): (start: string) => number {
  const paths: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (request.method() === "GET") paths.push(pathname + search);
  });
  return (start) => paths.filter((path) => path.startsWith(start)).length;
}

const list = "/api/v2/flags/web-shop?";

it("asks once for what it shows, and after a change for what that touches", async () => {
  await using opened = await ui.open("/p/web-shop/keys");
  const { page } = opened;
  const asked = askedBy(page);
  await page.goto(ui.url + flags);
  await page.getByText("Live", { exact: true }).first().waitFor();
  const knob = page.locator('[data-key="checkout"]').getByRole("switch", { name: /Staging/u });
  const before = await knob.getAttribute("aria-checked");

  await ui.management.instruct("web-shop", "checkout", "staging", [
    { kind: before === "true" ? "turnFlagOff" : "turnFlagOn" },
  ]);
  await expect.poll(() => knob.getAttribute("aria-checked")).not.toBe(before);

  expect(asked(list)).toBe(2);
  expect(asked("/api/v2/caller-identity")).toBe(1);
  expect(asked("/api/v2/projects/web-shop/environments")).toBe(1);
  expect(asked("/api/v2/projects/web-shop/cleanup")).toBe(1);
});

it("asks for the names of all flags when somebody looks for one", async () => {
  await using opened = await ui.open(flags);
  const { page } = opened;
  const asked = askedBy(page);
  const names = "/api/v2/projects/web-shop/flag-names";
  await page.reload();
  await page.locator("[data-row]").first().waitFor();
  const unasked = asked(names);

  await page.keyboard.press("Control+k");
  await page.getByRole("searchbox", { name: "Search or jump to" }).fill("checkout");
  await page.getByRole("menuitem", { name: /Checkout redesign/u }).waitFor();

  expect([unasked, asked(names)]).toEqual([0, 1]);
});

it("begins at the top where a list that was scrolled is narrowed", async () => {
  await using opened = await ui.open("/p/long/flags");
  const { page } = opened;
  const table = page.getByRole("region", { name: "Flags" });
  await page.locator("[data-row]").first().waitFor();
  await table.evaluate((section) => section.scrollTo({ top: section.scrollHeight }));
  await page.locator('[data-key="flag-59"]').waitFor();

  await page.getByRole("searchbox", { name: "Filter flags" }).fill("flag-");

  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("flag-");
  await expect.poll(() => table.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
});
