import { init } from "@halyard/sdk";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { SnippetProcess } from "../snippet-process.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const page = "/p/web-shop/first-run";
const unheard = () => undefined;
const silent = { error: unheard, warn: unheard, info: unheard, debug: unheard };

async function codeOn(page: Page): Promise<string> {
  return (await page.getByRole("region", { name: "Code", exact: true }).textContent()) ?? "";
}

describe("the first run", () => {
  it("leads from a name to code that runs and follows the switch, by keys alone", async () => {
    await using opened = await ui.open(page);
    const { page: shown } = opened;

    await shown.keyboard.press("Control+A");
    await shown.keyboard.type("Night mode");
    await shown.keyboard.press("Enter");
    await shown.getByText("Listening for an SDK in Development").waitFor();
    await using app = new SnippetProcess(await codeOn(shown));
    await shown.getByText("First evaluation: night-mode gave false").waitFor();
    const tick = shown.getByRole("switch", { name: "Night mode in Development, off" });
    while (!(await tick.evaluate((it) => it === document.activeElement)))
      await shown.keyboard.press("Tab");
    await shown.keyboard.press("Enter");
    await shown.getByText("Your code followed the switch: it gets true").waitFor();

    expect(app.said).toContain("night-mode true");
  });

  it("says that a key is taken, and keeps what was typed", async () => {
    await using opened = await ui.open(page, { expected: [/409/u] });
    const { page: shown } = opened;

    await shown.getByLabel("Name").fill("Checkout");
    await shown.getByRole("button", { name: "Create flag" }).click();
    await shown.getByText(/already/u).waitFor();

    expect(await shown.getByLabel("Name").inputValue()).toBe("Checkout");
  });

  it("begins with a flag that is there, in another environment", async () => {
    await using opened = await ui.open(page);
    const { page: shown } = opened;

    await shown.getByRole("combobox", { name: "A flag that is there" }).fill("check");
    await shown.getByRole("option", { name: /Checkout redesign/u }).click();
    await shown.getByRole("button", { name: /Environment/u }).click();
    await shown.getByRole("option", { name: "Staging" }).click();
    await shown.getByText("Listening for an SDK in Staging").waitFor();

    expect(new URL(shown.url()).search).toBe("?flag=checkout&env=staging");
    expect(await codeOn(shown)).toContain(await ui.management.sdkKey("web-shop", "staging"));
    expect(await codeOn(shown)).toContain('"old"');
  });

  it("fits a phone and a tablet", async () => {
    for (const address of [page, `${page}?flag=checkout`]) {
      await using opened = await ui.open(address, { width: 390 });
      const narrow = await overflow(opened.page);
      await opened.page.setViewportSize({ width: 768, height: 1000 });

      expect(Math.max(narrow, await overflow(opened.page))).toBeLessThanOrEqual(0);
    }
  });

  it("has nothing that axe finds, in either theme", async () => {
    await using opened = await ui.open(`${page}?flag=checkout`);

    expect(await axeFindings(opened.page)).toEqual([]);
  });

  it("takes its texts from catalogues", async () => {
    for (const address of [`${page}?locale=pseudo`, `${page}?locale=pseudo&flag=checkout&sdk=go`]) {
      await using opened = await ui.open(address);

      expect(await hardCodedTexts(opened.page)).toEqual([]);
    }
  });
});

describe("use in code", () => {
  it("shows the code for each runtime, and keeps the choice in the address", async () => {
    await using opened = await ui.open(`${page}?flag=dark-mode`);
    const { page: shown } = opened;

    for (const [name, words] of [
      ["Browser", "@halyard/sdk/browser"],
      ["React", "FlagsProvider"],
      ["Python", "ldclient.get().variation"],
      ["Go", "client.BoolVariation"],
      ["Java", "client.boolVariation"],
      [".NET", "client.BoolVariation"],
      ["curl", "curl -N"],
    ] as const) {
      await shown.getByRole("tab", { name, exact: true }).click();
      await shown.getByRole("region", { name: "Code", exact: true }).getByText(words).waitFor();
    }
    await shown.getByRole("tab", { name: "Ask your assistant" }).click();
    await shown.getByRole("region", { name: "Prompt" }).getByText("Prove it").waitFor();
    await shown.reload();

    await shown.getByRole("region", { name: "Prompt" }).getByText("Prove it").waitFor();
  });

  it("says that browsers do not get a flag, and lets them", async () => {
    await ui.management.createFlag("web-shop", "for-servers", ["a", "b"]);
    await using opened = await ui.open(`${page}?flag=for-servers&sdk=browser`);
    const { page: shown } = opened;

    await shown.getByRole("button", { name: "Let browsers get it" }).click();

    await shown.getByText("Browsers get for-servers").waitFor();
    await expect.poll(() => shown.getByText("Browsers do not get this flag yet").count()).toBe(0);
  });

  it("stands among the parts of each flag, behind its button, and switches nothing critical", async () => {
    await using opened = await ui.open("/p/web-shop/flags/limits/targeting?env=production");
    const { page: shown } = opened;

    await shown.getByRole("link", { name: "Use in code" }).click();
    await shown.getByText("Listening for an SDK in Production").waitFor();
    await shown.getByRole("tab", { name: "Go", exact: true }).click();
    await shown.getByText("client.JSONVariation").waitFor();

    expect(new URL(shown.url()).search).toBe("?env=production&sdk=go");
    expect(await shown.getByText(/Switch the flag/u).count()).toBe(0);
  });

  it("tells of a client-side ID where the SDK key belongs", async () => {
    await using opened = await ui.open(`${page}?flag=banner-text&env=staging`);
    const path = "/api/v2/projects/web-shop/environments/staging";
    const { _id } = (await ui.management.ask("GET", path)) as { readonly _id: string };

    await fetch(`${ui.url}/sdk/stream`, { headers: { authorization: _id } });

    await opened.page.getByText(/with a key that is not for servers/u).waitFor();
  });

  it("tells of an SDK that has come to another environment, and goes there", async () => {
    await using opened = await ui.open(`${page}?flag=limits&env=staging`);
    const { page: shown } = opened;
    await using app = init(await ui.management.sdkKey("web-shop", "production"), {
      baseUri: ui.url,
      logger: silent,
    });
    await app.waitForInitialization({ timeout: 10 });

    await shown.getByRole("button", { name: "Look at production" }).click();

    await shown.getByText(/Connected: halyard-node/u).waitFor();
    expect(new URL(shown.url()).searchParams.get("env")).toBe("production");
  });
});
