import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow, owner } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const flags = "/p/web-shop/flags";
const path = (url: string) => new URL(url).pathname;

describe("the shell", () => {
  it.each([390, 768, 1440])(
    "fits %i pixels, and axe finds nothing in either theme",
    async (width) => {
      await using opened = await ui.open(flags, { width });

      expect(await overflow(opened.page)).toBeLessThanOrEqual(0);
      expect(await axeFindings(opened.page)).toEqual([]);
    },
  );

  it("takes its texts from catalogues", async () => {
    await using opened = await ui.open("/p/web-shop/keys?locale=pseudo");

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });

  it("leads to a page by its link, names it and gives its heading the focus", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;

    await page.getByRole("link", { name: "Keys & SDKs" }).click();
    const heading = page.getByRole("heading", { level: 1, name: "Keys & SDKs" });
    await expect.poll(() => heading.evaluate((it) => it === document.activeElement)).toBe(true);

    expect(await page.title()).toBe("Keys & SDKs · Halyard");
    expect(await page.getByRole("navigation", { name: "Where you are" }).textContent()).toBe(
      "Keys & SDKs",
    );
  });

  it("lets the keyboard skip to the content", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;

    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
  });

  it("says that a page is not there", async () => {
    await using opened = await ui.open(flags);

    await opened.page.goto(`${ui.url}/nowhere`);

    await opened.page.getByRole("heading", { name: "There is no such page" }).waitFor();
  });

  it("shows all pages behind More on a phone", async () => {
    await using opened = await ui.open(flags, { width: 390 });
    const { page } = opened;

    await page.getByRole("navigation").getByRole("button", { name: "More" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Account" }).click();

    await page.getByRole("heading", { level: 1, name: "Members" }).waitFor();
  });
});

describe("the theme", () => {
  it("is chosen in the menu of one's name, by keys alone, and there before anything is drawn", async () => {
    await using opened = await ui.open(flags, { expected: [/ERR_FAILED/u] });
    const { page } = opened;

    await page.getByRole("button", { name: "You: Ada Lovelace" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Dark" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("html[data-theme=dark]");
    await page.route("**/assets/*.js", (route) => route.abort());
    await page.goto(ui.url + flags, { waitUntil: "commit" });

    await page.waitForSelector("html[data-theme=dark]", { state: "attached" });
  });
});

describe("the palette", () => {
  it("goes to a flag by some letters of its key, by keys alone", async () => {
    await using opened = await ui.open("/p/web-shop/keys");
    const { page } = opened;

    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox").waitFor();
    await page.keyboard.type("chkout");
    await page.getByRole("menuitem", { name: /Checkout redesign/u }).waitFor();
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "Checkout redesign" }).waitFor();
  });

  it("does what is pressed, and shows it first the next time", async () => {
    await using opened = await ui.open(flags);
    const { page } = opened;
    const open = () => page.getByRole("button", { name: /Search or jump to/u }).click();

    await open();
    await page.getByRole("searchbox").fill(">dark");
    await page.getByRole("menuitem", { name: "Switch to the dark theme" }).click();
    await page.waitForSelector("html[data-theme=dark]");
    await open();

    const first = page.getByRole("group", { name: "Recently used" }).getByRole("menuitem").first();
    expect(await first.textContent()).toBe("Switch to the dark theme");
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("shortcuts", () => {
  it("lead to pages, open the filter, and are listed by ?", async () => {
    await using opened = await ui.open("/p/web-shop/keys");
    const { page } = opened;

    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.getByRole("heading", { level: 1, name: "Flags" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("c?");
    const typed = await page.getByRole("searchbox").inputValue();
    await page.getByRole("heading", { level: 1 }).evaluate((heading) => heading.focus());
    await page.keyboard.press("?");

    expect(typed).toBe("c?");
    await page.getByRole("dialog", { name: "Keys on this page" }).waitFor();
    expect(await page.getByRole("dialog").textContent()).toContain("Go to Flags");
  });

  it("can be turned off", async () => {
    await using opened = await ui.open("/p/web-shop/keys");
    const { page } = opened;

    await page.getByRole("button", { name: "You: Ada Lovelace" }).click();
    await page.getByRole("menuitem", { name: "Single-key shortcuts" }).click();
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox").waitFor();

    expect(path(page.url())).toBe("/p/web-shop/keys");
  });
});

describe("the session's end", () => {
  it("asks for the password over the page, keeps what is typed, and then does what was asked", async () => {
    await using opened = await ui.open("/p/web-shop/flags/new", { expected: [/401/u] });
    const { page } = opened;
    await page.context().clearCookies();

    // The page asks whether the key is free while one types, and so finds out.
    await page.getByLabel("Name", { exact: true }).fill("Night mode");
    const sheet = page.getByRole("dialog", { name: "Your session has ended" });
    await sheet.getByLabel("Password").fill(owner.password);
    await page.keyboard.press("Enter");
    await sheet.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Create", exact: true }).click();

    await page.getByRole("heading", { level: 1, name: "Night mode" }).waitFor();
  });

  it("sends who is not signed in to the sign-in, and back to where they wanted to go", async () => {
    await using opened = await ui.open("/p/web-shop/keys", {
      isSignedIn: false,
      expected: [/401/u],
    });
    const { page } = opened;

    await page.getByLabel("Email").fill(owner.email);
    await page.getByLabel("Password").fill(owner.password);
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "Keys & SDKs" }).waitFor();
  });
});
