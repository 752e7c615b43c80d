import { afterAll, describe, expect, it } from "vitest";
import { tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedSettings } from "./seed-settings.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await seedSettings(ui.management);

const project = "/api/v2/projects/web-shop";
const settings = "/p/web-shop/settings";

describe("every page of what a project has set", () => {
  it.each(["flag-defaults", "context-kinds", "lifecycle"])(
    "is accessible, translated and fits: %s",
    async (name) => {
      await using opened = await ui.open(`${settings}/${name}?locale=pseudo`, { width: 390 });

      expect(await axeFindings(opened.page)).toEqual([]);
      expect(await hardCodedTexts(opened.page)).toEqual([]);
      expect(await overflow(opened.page)).toBe(0);
    },
  );

  it("is found in the palette", async () => {
    await using opened = await ui.open("/p/web-shop/flags");
    const { page } = opened;

    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").getByRole("searchbox").waitFor();
    await page.keyboard.type("context kinds");
    await page.getByRole("menuitem", { name: /Context kinds/u }).waitFor();
    await page.keyboard.press("Enter");

    await page.getByRole("heading", { level: 1, name: "Context kinds" }).waitFor();
  });
});

describe("the flag defaults", () => {
  it("are set, and a new flag begins with them", async () => {
    await using opened = await ui.open(`${settings}/flag-defaults`);
    const { page } = opened;

    await page.getByText("For settings and switches that stay.").click();
    await page.getByText("Browsers, by the client-side ID").click();
    await page.getByLabel("Name of true").fill("Enabled");
    await page.getByRole("button", { name: /Serves when off/u }).click();
    await page.getByRole("option", { name: "Enabled (true)" }).click();
    await page.getByRole("button", { name: "Save flag defaults" }).click();
    await page.getByText("The flag defaults are saved.").waitFor();

    expect(await ui.management.ask("GET", `${project}/flag-defaults`)).toMatchObject({
      temporary: false,
      tags: ["shop"],
      defaultClientSideAvailability: { usingEnvironmentId: true },
      booleanDefaults: { trueDisplayName: "Enabled", onVariation: 0, offVariation: 0 },
    });
    await page.goto(`${ui.url}/p/web-shop/flags/new`);
    await page.getByText("More", { exact: false }).first().waitFor();
    expect(await page.getByText("shop", { exact: true }).count()).toBeGreaterThan(0);
  });

  it("are set by keyboard alone", async () => {
    await using opened = await ui.open(`${settings}/flag-defaults`);
    const { page } = opened;

    await tabTo(page, "Tags");
    await page.keyboard.type("checkout");
    await page.keyboard.press("Enter");
    await tabTo(page, "Save flag defaults");
    await page.keyboard.press("Enter");
    await page.getByText("The flag defaults are saved.").waitFor();

    expect(await ui.management.ask("GET", `${project}/flag-defaults`)).toMatchObject({
      tags: ["shop", "checkout"],
    });
  });
});

describe("the form of keys", () => {
  it("is chosen, shown in an example, and taken away again by keyboard alone", async () => {
    await using opened = await ui.open(`${settings}/flag-defaults`);
    const { page } = opened;

    await page.getByRole("button", { name: /Form/u }).click();
    await page.getByRole("option", { name: "dark_mode snakeCase" }).click();
    await page.getByLabel("Begins with").fill("web_");
    await page.getByText("A key would be web_dark_mode.").waitFor();
    await page.getByRole("button", { name: "Save form of keys" }).click();
    await page.getByText("The form of keys is saved.").waitFor();
    expect(await ui.management.ask("GET", project)).toMatchObject({
      namingConvention: { case: "snakeCase", prefix: "web_" },
    });

    await page.getByRole("button", { name: "Save form of keys" }).waitFor();
    await tabTo(page, "Begins with");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "Any" }).waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await tabTo(page, "Save form of keys");
    await page.keyboard.press("Enter");
    await page.getByText("A key would be dark-mode.").waitFor();
    await expect
      .poll(() => ui.management.ask("GET", project))
      .not.toHaveProperty("namingConvention");
  });
});

describe("the context kinds", () => {
  it("are made, edited, archived, and taken back", async () => {
    await using opened = await ui.open(`${settings}/context-kinds`);
    const { page } = opened;

    await page.getByRole("button", { name: "Create kind" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Delivery van");
    expect(await dialog.getByLabel("Key").inputValue()).toBe("delivery-van");
    await dialog.getByLabel("Key").fill("user");
    await dialog.getByText("There is a kind of this key already.").waitFor();
    await dialog.getByLabel("Key").fill("van");
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Create kind" }).click();
    await page.getByText("Delivery van is there.").waitFor();

    const row = page.getByRole("listitem").filter({ hasText: "Delivery van" });
    await row.getByRole("button", { name: "Edit" }).click();
    await dialog.getByText("Offered in rules").click();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await row.getByText("not offered").waitFor();
    await row.getByRole("button", { name: "Archive" }).click();
    await row.getByText("archived", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await row.getByText("not offered").waitFor();

    const { items } = (await ui.management.ask("GET", `${project}/context-kinds`)) as {
      readonly items: readonly { readonly key: string }[];
    };
    expect(items.find(({ key }) => key === "van")).toMatchObject({
      name: "Delivery van",
      hideInTargeting: true,
      archived: false,
    });
  });

  it("are made by keyboard alone, and then offered in rules", async () => {
    await using opened = await ui.open(`${settings}/context-kinds`);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Warehouse");
    await page.keyboard.press("Enter");
    await page.getByText("Warehouse is there.").waitFor();

    await page.goto(`${ui.url}/p/web-shop/flags/checkout/targeting?env=production`);
    await page
      .getByRole("button", { name: /^Kind of context: /u })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "warehouse" }).waitFor();
    expect(await page.getByRole("menuitem", { name: "session" }).count()).toBe(0);
  });
});

describe("the lifecycle", () => {
  it("is set by mouse and by keyboard alone", async () => {
    await using opened = await ui.open(`${settings}/lifecycle`);
    const { page } = opened;

    await page.getByRole("textbox", { name: "Never used" }).fill("30");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Save rules" }).click();
    await page.getByText("The rules are saved").waitFor();
    expect(await ui.management.ask("GET", `${project}/lifecycle`)).toMatchObject({
      servedDays: 7,
      unusedDays: 30,
    });

    await page.getByRole("textbox", { name: "Never used" }).waitFor();
    await tabTo(page, "Ready to remove");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await tabTo(page, "Save rules");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => ui.management.ask("GET", `${project}/lifecycle`))
      .toMatchObject({ servedDays: 9, unusedDays: 30 });
  });
});
