import { init } from "@halyard/sdk";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
const app = init(await ui.management.sdkKey("web-shop", "development"), {
  baseUri: ui.url,
  flushIntervalMs: 200,
  tags: { applicationId: "checkout-api" },
});
await app.waitForInitialization({ timeout: 10 });
await ui.management.instruct("web-shop", "checkout", "development", [
  { kind: "updateTrackEvents", trackEvents: true },
]);
afterAll(async () => {
  await app.close();
  await ui[Symbol.asyncDispose]();
});
const live = "/p/web-shop/live";

/** Until something of it is on screen: a page hears only what is reported after it has come. */
async function until(done: () => Promise<boolean>, act: () => void): Promise<void> {
  await expect
    .poll(
      async () => {
        act();
        return done();
      },
      { interval: 100, timeout: 15_000 },
    )
    .toBe(true);
}

describe("the live page", () => {
  it("shows who is connected with the version it has, and who comes and goes", async () => {
    await using opened = await ui.open(live);
    const { page } = opened;
    const table = page.getByRole("region", { name: "Connected SDKs" });

    await table.getByRole("row", { name: /halyard-node .* checkout-api .* up to date/u }).waitFor();
    const other = init(await ui.management.sdkKey("web-shop", "production"), {
      baseUri: ui.url,
      tags: { applicationId: "pricing" },
    });
    await table.getByRole("row", { name: /pricing .* Production/u }).waitFor();
    await other.close();

    await table.getByRole("row", { name: /pricing/u }).waitFor({ state: "detached" });
  });

  it("shows evaluations as they come in, filters them, and tells all of one", async () => {
    await using opened = await ui.open(`${live}?env=development`);
    const { page } = opened;
    const ada = { kind: "user", key: "ada", country: "DE" };
    const line = page.getByRole("row", { name: /checkout .*"new".* ada halyard-node/u }).first();

    await until(
      () => line.isVisible(),
      () => {
        app.variationDetail("checkout", ada, "none");
        app.variation("dark-mode", ada, false);
      },
    );
    await page.getByRole("searchbox", { name: "Filter evaluations" }).fill("nobody");
    await page.getByText(/None of the last \d+ evaluations fits/u).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("combobox", { name: "Flag" }).fill("Checkout");
    await page.getByRole("option", { name: /Checkout redesign/u }).click();
    await until(
      () => line.isVisible(),
      () => app.variationDetail("checkout", ada, "none"),
    );
    await line.getByRole("button").click();
    const details = page.getByRole("dialog", { name: "Evaluation of checkout" });
    await details.getByText('"country": "DE"').waitFor();
    await details.getByText("no rule matched: everyone else").waitFor();
    const findings = await axeFindings(page);

    expect(new URL(page.url()).searchParams.get("flag")).toBe("checkout");
    expect(findings).toEqual([]);
  });

  it("waits while it is paused, hides context keys, and opens a line by keys alone", async () => {
    await using opened = await ui.open(`${live}?env=development&flag=checkout`);
    const { page } = opened;
    const evaluate = (key: string) => () =>
      void app.variationDetail("checkout", { kind: "user", key }, "none");
    const rows = page.getByRole("region", { name: "Evaluations" }).getByRole("row");
    const grace = page.getByRole("row", { name: /grace/u }).first();

    await until(() => grace.isVisible(), evaluate("grace"));
    await page.keyboard.press("p");
    await page.getByText(/Paused; \d+ came since/u).waitFor();
    const waiting = await page.getByText(/Paused; \d+ came since/u).textContent();
    await until(
      async () => (await page.getByText(/Paused; \d+ came since/u).textContent()) !== waiting,
      evaluate("alan"),
    );
    const alanWhilePaused = await page.getByRole("row", { name: /alan/u }).count();
    await page.keyboard.press("p");
    await page.getByRole("row", { name: /alan/u }).first().waitFor();
    await page.getByRole("checkbox", { name: "Hide context keys" }).focus();
    await page.keyboard.press("Space");
    await grace.waitFor({ state: "detached" });
    await rows.filter({ hasText: "hidden" }).first().getByRole("button").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("hidden").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(alanWhilePaused).toBe(0);
  });

  it("shows who else looks at the project", async () => {
    const invited = await ui.management.ask("POST", "/api/v2/members", [
      { email: "grace@example.com", firstName: "Grace", lastName: "Hopper", role: "writer" },
    ]);
    const [, token] = /\/invite\/([^"]+)"/u.exec(JSON.stringify(invited)) ?? [];
    await using opened = await ui.open(live);
    await using hers = await ui.open("/login", { isSignedIn: false, expected: [/401/u] });
    const data = { token, password: "correct horse battery staple" };
    await hers.page.request.post(`${ui.url}/api/invitation`, { data });

    await hers.page.goto(ui.url + live);

    await opened.page.getByRole("img", { name: "Grace Hopper" }).waitFor();
    await hers.page.getByRole("img", { name: "Ada Lovelace" }).waitFor();
  });

  it("fits a phone and a tablet, and axe finds nothing in either theme", async () => {
    for (const width of [390, 768]) {
      await using opened = await ui.open(live, { width });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
      if (width === 390) expect(await axeFindings(opened.page)).toEqual([]);
    }
  });

  it("takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${live}?locale=pseudo&env=development`);
    const { page } = opened;

    await until(
      async () => (await page.getByText("dark-mode").count()) > 0,
      () => app.variation("dark-mode", { kind: "user", key: "ada" }, false),
    );

    expect(await hardCodedTexts(page)).toEqual([]);
  });
});
