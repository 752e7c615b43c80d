import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

interface Flag {
  readonly variations: readonly {
    readonly _id: string;
    readonly value: unknown;
    readonly name?: string;
  }[];
  readonly defaults: { readonly onVariation: number; readonly offVariation: number };
}

/** A flag of its own for each test, on in production, where it is split. */
async function newFlag(key: string, values: readonly unknown[]): Promise<string> {
  const variations = values.map((value) => ({ value }));
  await ui.management.ask("POST", "/api/v2/flags/web-shop", { key, name: key, variations });
  await ui.management.instruct("web-shop", key, "production", [{ kind: "turnFlagOn" }]);
  return `/p/web-shop/flags/${key}/variations?env=production`;
}

async function stored(key: string): Promise<Flag> {
  return (await ui.management.ask("GET", `/api/v2/flags/web-shop/${key}`)) as Flag;
}

const valuesOf = async (key: string) =>
  (await stored(key)).variations.map(({ value, name }) =>
    name === undefined ? value : [name, value],
  );

describe("the variations of a flag", () => {
  it("fit every width, with nothing for axe in either theme", async () => {
    const path = await newFlag("axe", [{ max: 3, steps: [1, 2] }, { max: 9 }]);

    for (const width of [390, 768]) {
      await using narrow = await ui.open(path, { width });
      expect(await overflow(narrow.page)).toBeLessThanOrEqual(0);
    }
    await using opened = await ui.open(path);
    expect(await axeFindings(opened.page)).toEqual([]);
  });

  it("take their texts from the catalogue", async () => {
    const path = await newFlag("pseudo", ["a", "b"]);
    await using opened = await ui.open(`${path}&locale=pseudo`);

    expect(await hardCodedTexts(opened.page)).toEqual([]);
  });

  it("say where each is used", async () => {
    const path = await newFlag("uses", ["old", "new"]);
    await using opened = await ui.open(path);

    const row = opened.page.getByRole("row", { name: /old/u });
    expect(await row.getByRole("listitem").allTextContents()).toEqual([
      "Developmenteveryone",
      "Stagingeveryone",
      "Productioneveryone",
    ]);
  });
});

describe("a variation", () => {
  it("is added by mouse, and taken away again by Undo", async () => {
    const path = await newFlag("by-mouse", [1, 2]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Add variation" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a variation" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("three");
    await dialog.getByRole("textbox", { name: "Value" }).fill("three");
    await dialog.getByText("This is no number.").waitFor();
    await dialog.getByRole("textbox", { name: "Value" }).fill("3");
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Add variation" }).click();
    await page.getByText("three is added").waitFor();
    expect(await valuesOf("by-mouse")).toEqual([1, 2, ["three", 3]]);

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("row", { name: /three/u }).waitFor({ state: "detached" });
    expect(await valuesOf("by-mouse")).toEqual([1, 2]);
  });

  it("is added by keys alone", async () => {
    const path = await newFlag("by-keys", ["a", "b"]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: "Add a variation" }).waitFor();
    await page.keyboard.type("The third");
    await page.keyboard.press("Tab");
    await page.keyboard.type("third");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");

    await page.getByText("The third is added").waitFor();
    expect(await valuesOf("by-keys")).toEqual(["a", "b", ["The third", "third"]]);
  });

  it("says where its JSON goes wrong, and that a value is there already", async () => {
    const path = await newFlag("json", [{ max: 3 }, { max: 9 }]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Add variation" }).click();
    const value = page.getByRole("textbox", { name: "Value" });
    await value.fill('{"max": 3,}');
    await page.getByText("This is no JSON: look at line 1, column 11.").waitFor();
    await value.fill('{"max":9}');
    await page.getByText(/has this value already/u).waitFor();
    await page.getByRole("button", { name: "Format" }).click();

    expect(await value.inputValue()).toBe('{\n  "max": 9\n}');
  });

  it("warns that apps in production get a changed value at once, and is given back by Undo", async () => {
    const path = await newFlag("served", ["old", "new"]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Edit old" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit the variation old" });
    await dialog.getByRole("textbox", { name: "Value" }).fill("older");
    await dialog.getByText("Served in Production now").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("textbox", { name: "Comment" }).fill("The service was renamed.");
    await dialog.getByRole("button", { name: "Save to Production" }).click();
    await page.getByRole("cell", { name: "older" }).first().waitFor();
    expect(await valuesOf("served")).toEqual(["older", "new"]);

    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("cell", { name: "older" }).first().waitFor({ state: "detached" });
    expect(await valuesOf("served")).toEqual(["old", "new"]);
  });

  it("cannot be removed while it is used: what uses it is said, and led to", async () => {
    const path = await newFlag("blocked", ["a", "b"]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Remove a" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove the variation a" });
    await dialog.getByText("everyone").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole("link", { name: "Open targeting in Production" }).click();

    await page.waitForURL(/targeting\?env=production/u);
  });

  it("is removed by keys alone where nothing uses it", async () => {
    const path = await newFlag("unused", ["a", "b", "c"]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Remove b" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").getByText("Nothing uses it.").waitFor();
    await page.getByRole("button", { name: "Remove variation" }).focus();
    await page.keyboard.press("Enter");

    await page.getByText("b is removed").waitFor();
    expect(await valuesOf("unused")).toEqual(["a", "c"]);
  });
});

describe("the defaults for new environments", () => {
  it("are chosen by keys alone, and taken back by Undo", async () => {
    const path = await newFlag("defaults", ["a", "b", "c"]);
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: /When off/u }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "c" }).waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByText("New environments begin with a when on and b when off").waitFor();
    expect((await stored("defaults")).defaults).toEqual({ onVariation: 0, offVariation: 1 });

    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(async () => (await stored("defaults")).defaults)
      .toEqual({ onVariation: 0, offVariation: 2 });
  });
});
