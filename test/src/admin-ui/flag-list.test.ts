import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const flags = "/p/web-shop/flags";
const list = "/api/v2/flags/web-shop";

beforeAll(async () => {
  for (const [key, tags] of [
    ["alpha", ["beta", "web"]],
    ["bravo", ["beta"]],
    ["charlie", []],
  ] as const) {
    const body = { key, name: `Made ${key}`, tags, temporary: key !== "charlie" };
    await ui.management.ask("POST", list, body);
  }
});

const row = (page: Page, key: string) => page.locator(`[data-key="${key}"]`);
const rows = (page: Page) => page.locator("[data-row]");
const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter flags" });
const keys = (page: Page) =>
  rows(page).evaluateAll((found) => found.map((one) => one.getAttribute("data-key")));

interface FlagState {
  readonly archived: boolean;
  readonly tags: readonly string[];
  readonly environments: Readonly<Record<string, { readonly on: boolean }>>;
}

async function stored(key: string): Promise<FlagState> {
  return (await ui.management.ask("GET", `${list}/${key}`)) as FlagState;
}

describe("the matrix of flags", () => {
  it.each([390, 1440])("fits %i pixels, and axe finds nothing", async (width) => {
    await using opened = await ui.open(flags, { width });

    expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
    expect(await axeFindings(opened.page)).toEqual([]);
  });

  it("fits windows of every width", async () => {
    await using opened = await ui.open(flags);

    for (const width of [768, 1024, 1920]) {
      await opened.page.setViewportSize({ width, height: 900 });
      expect(await overflow(opened.page), `at ${width}`).toBeLessThanOrEqual(0);
    }
  });

  it("takes its texts from its catalogue", async () => {
    await using opened = await ui.open(`${flags}?locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });

  it("says in each environment what is served, and where it differs from the one before", async () => {
    await using opened = await ui.open(flags);

    const cells = row(opened.page, "checkout").getByRole("cell");
    await expect.poll(() => cells.nth(3).textContent()).toContain("rules, else old");
    expect(await cells.nth(1).textContent()).toContain("everyone → new");
    expect(await cells.nth(3).textContent()).toContain("Differs from Staging");
    expect(await cells.nth(2).textContent()).not.toContain("Differs");
  });

  it("turns a flag on at once, says so, and takes it back", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;
    const knob = row(page, "alpha").getByRole("switch", { name: /Development/u });

    await knob.click();
    await page.getByText("Made alpha is on in Development").waitFor();
    await expect
      .poll(async () => (await stored("alpha")).environments["development"]?.on)
      .toBe(true);
    expect(await knob.getAttribute("aria-checked")).toBe("true");
    await page.getByRole("button", { name: "Undo" }).click();

    await expect.poll(() => knob.getAttribute("aria-checked")).toBe("false");
    expect((await stored("alpha")).environments["development"]?.on).toBe(false);
  });

  it("goes back where the server refuses, and says why", async () => {
    await using opened = await ui.open(flags, { expected: [/503/u] });
    const { page } = opened;
    await page.route(`**${list}/alpha`, (route) =>
      route.fulfill({ status: 503, json: { code: "busy", message: "The store is busy." } }),
    );
    const knob = row(page, "alpha").getByRole("switch", { name: /Development/u });

    await knob.click();

    await page.getByText("The store is busy.").waitFor();
    await expect.poll(() => knob.getAttribute("aria-checked")).toBe("false");
  });

  it("asks before a critical environment changes, and shows it when the server has it, by keys alone", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;
    const knob = row(page, "bravo").getByRole("switch", { name: /Production/u });

    await knob.focus();
    await page.keyboard.press("Space");
    const dialog = page.getByRole("alertdialog", { name: "Turn on Made bravo in Production" });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect((await stored("bravo")).environments["production"]?.on).toBe(false);
    await page.keyboard.type("Production");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    await expect.poll(() => knob.getAttribute("aria-checked")).toBe("true");
    expect((await stored("bravo")).environments["production"]?.on).toBe(true);
  });

  it("shows a change that comes from elsewhere", async () => {
    await using opened = await ui.open(flags);
    const knob = row(opened.page, "charlie").getByRole("switch", { name: /Staging/u });

    await ui.management.instruct("web-shop", "charlie", "staging", [{ kind: "turnFlagOn" }]);

    await expect.poll(() => knob.getAttribute("aria-checked")).toBe("true");
  });
});

describe("the filter of flags", () => {
  it("narrows as one types, stands in the address, and is taken away by its chip", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;

    await page.keyboard.press("/");
    await page.keyboard.type("made tag:beta tag:web");
    await expect.poll(() => keys(page)).toEqual(["alpha"]);
    expect(new URL(page.url()).searchParams.get("q")).toBe("made tag:beta tag:web");
    await page.getByRole("button", { name: "Remove the filter tag:web" }).click();
    await expect.poll(() => keys(page)).toEqual(["alpha", "bravo"]);

    expect(await filter(page).inputValue()).toBe("made tag:beta");
  });

  it("is the same from a link, and says what it cannot read", async () => {
    await using opened = await ui.open(`${flags}?q=${encodeURIComponent("made type:permanent")}`);
    const { page } = opened;
    expect(await keys(page)).toEqual(["charlie"]);

    await filter(page).fill("tga:beta");
    await page.getByText("There is no filter tga:beta. Did you mean tag?").waitFor();
    await filter(page).fill("changed:soon");

    await page.getByText("changed:soon needs a time such as 12h, 7d or 4w.").waitFor();
  });

  it("has views, and keeps one's own", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;

    await page.getByRole("button", { name: "Off everywhere" }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("view")).toBe("off");
    await expect.poll(() => keys(page)).not.toContain("checkout");
    await filter(page).fill("tag:beta");
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByLabel("Name").fill("Betas");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "All", exact: true }).click();
    await expect.poll(() => keys(page)).toContain("checkout");
    await page.reload();
    await page.getByRole("button", { name: "Betas", exact: true }).click();

    await expect.poll(() => keys(page)).toEqual(["alpha", "bravo"]);
  });

  it("says that nothing fits, and what is near", async () => {
    await using opened = await ui.open(`${flags}?q=chekcout`);
    const { page } = opened;

    await page.getByRole("button", { name: "Did you mean checkout?" }).click();

    await expect.poll(() => keys(page)).toEqual(["checkout"]);
  });
});

describe("many flags at once", () => {
  it("are chosen and tagged by keys alone, and it is taken back", async () => {
    await using opened = await ui.open(`${flags}?q=made`);
    const { page } = opened;

    await page.getByRole("heading", { level: 1 }).evaluate((heading) => heading.focus());
    for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
    await page.getByText("2 flags selected").waitFor();
    await page.getByRole("button", { name: "Add tags" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Tags").focus();
    await page.keyboard.type("spring");
    await page.keyboard.press("Enter");
    await dialog.getByText("Made alpha").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Add tags to 2 flags" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("2 flags are tagged").waitFor();
    expect((await stored("bravo")).tags).toEqual(["beta", "spring"]);
    await page.getByRole("button", { name: "Undo" }).click();

    await expect.poll(async () => (await stored("bravo")).tags).toEqual(["beta"]);
    expect((await stored("alpha")).tags).toEqual(["beta", "web"]);
  });

  it("tells which could not be changed, and why, and tries these again", async () => {
    await using opened = await ui.open(`${flags}?q=made`, { expected: [/409/u] });
    const { page } = opened;
    await page.route(`**${list}/bravo`, (route) =>
      route.fulfill({ status: 409, json: { code: "conflict", message: "Bravo is needed." } }),
    );

    await page.getByRole("checkbox", { name: "Select all flags that fit" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("3 flags selected").waitFor();
    await page.getByRole("button", { name: "Archive", exact: true }).click();
    await page.getByRole("button", { name: "Archive 3 flags" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 flag was not changed; the others are.").waitFor();
    await dialog.getByText("Bravo is needed.").waitFor();
    await page.unroute(`**${list}/bravo`);
    await dialog.getByRole("button", { name: "Try these again" }).click();

    await expect.poll(async () => (await stored("bravo")).archived).toBe(true);
    await expect.poll(() => keys(page)).toEqual([]);
  });

  it("can be restored from the archive", async () => {
    await using opened = await ui.open(`${flags}?view=archived`);
    const { page } = opened;

    await page.getByRole("checkbox", { name: "Select all flags that fit" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Restore", exact: true }).click();
    await page.getByRole("button", { name: "Restore 3 flags" }).click();

    await page.getByText("3 flags are restored").waitFor();
    expect((await stored("alpha")).archived).toBe(false);
  });
});

describe("how flags are shown", () => {
  it("can be denser, with other columns, and stays so", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;
    const height = () =>
      rows(page)
        .first()
        .evaluate((one) => one.getBoundingClientRect().height);
    expect(await height()).toBe(48);

    await page.getByRole("button", { name: "Display" }).click();
    await page.getByText("Compact").click();
    await page.getByText("Staging").last().click();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.waitForSelector("[data-row]");

    expect(await height()).toBe(36);
    expect(await page.getByRole("columnheader", { name: "Staging" }).count()).toBe(0);
  });

  it("is exported as a table", async () => {
    await using opened = await ui.open(`${flags}?q=made`);
    const { page } = opened;

    await page.getByRole("button", { name: "More" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Export as CSV" }).click();
    const stream = await (await download).createReadStream();
    const text = (await stream.toArray()).join("");

    expect(text.split("\r\n")[0]).toMatch(/^key,name,kind,lifetime,state,tags/u);
    expect(text).toContain("\r\nalpha,Made alpha,boolean,temporary,live,beta web,");
  });

  it("keeps stars, and lists the starred flags alone, by mouse and by keys", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;
    const star = (name: string) => page.getByRole("button", { name: `Star Made ${name}` });
    await row(page, "bravo").hover();
    await star("bravo").click();
    await star("charlie").focus();
    await page.keyboard.press("Space");

    await page.reload();
    await page.getByRole("button", { name: "Starred", exact: true }).click();

    await expect.poll(() => keys(page)).toEqual(["bravo", "charlie"]);
    expect(new URL(page.url()).searchParams.get("view")).toBe("starred");
    expect(await axeFindings(page)).toEqual([]);
    await star("bravo").focus();
    await page.keyboard.press("Space");
    await expect.poll(() => keys(page)).toEqual(["charlie"]);
  });

  it("is a card for each flag on a phone, with the same switches", async () => {
    await using opened = await ui.open(`${flags}?q=charlie`, { width: 390 });
    const { page } = opened;

    await row(page, "charlie")
      .getByRole("switch", { name: /Development/u })
      .click();

    await page.getByText("Made charlie is on in Development").waitFor();
  });
});
