import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

const importing = "/p/web-shop/settings/import";

const configuration = {
  on: true,
  salt: "salt",
  rules: [],
  fallthrough: { variation: 0 },
  offVariation: 1,
};
function flag(key: string, environments: object) {
  const variations = [
    { _id: "a", value: "old" },
    { _id: "b", value: "new" },
  ];
  return { key, name: key, variations, environments };
}
const flags = {
  items: [
    flag("gift-wrapping", { staging: configuration, production: configuration }),
    flag("new-header", { staging: configuration, production: { on: true, _summary: {} } }),
    flag("in-qa", { qa: { ...configuration, _environmentName: "Quality" } }),
    flag("checkout", { staging: configuration }),
  ],
};
const parent = { href: "/api/v2/segments/shop/production" };
const segments = {
  items: [
    { key: "vip", included: ["ada"], _links: { parent } },
    { key: "everybody", included: [], unbounded: true, _links: { parent } },
  ],
};
const flagd = `
flags:
  slow-network:
    state: ENABLED
    variants: { "on": true, "off": false }
    defaultVariant: "on"
  shaped:
    state: ENABLED
    variants: { a: 1, b: 2 }
    defaultVariant: a
    targeting: { "fractional": [["a", 50], ["b", 50]] }
`;

async function chooseFiles(page: Page, files: Readonly<Record<string, unknown>>): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Choose files" }).click(),
  ]);
  await chooser.setFiles(
    Object.entries(files).map(([name, document]) => ({
      name,
      mimeType: "application/json",
      buffer: Buffer.from(typeof document === "string" ? document : JSON.stringify(document)),
    })),
  );
}

async function status(path: string): Promise<number> {
  return (await ui.management.request("GET", path)).status;
}

describe("the import", () => {
  it("is accessible, translated and fits, before files are chosen", async () => {
    await using opened = await ui.open(`${importing}?locale=pseudo`, { width: 390 });

    expect(await axeFindings(opened.page)).toEqual([]);
    expect(await hardCodedTexts(opened.page)).toEqual([]);
    expect(await overflow(opened.page)).toBe(0);
  });

  it("says of each flag and segment what becomes of it, and then does that", async () => {
    await using opened = await ui.open(importing, { expected: [/404/u] });
    const { page } = opened;

    await chooseFiles(page, { "flags.json": flags, "segments.json": segments });
    await page.getByText("An export of LaunchDarkly with 4 flags and 2 segments.").waitFor();
    const row = (key: string) =>
      page.getByRole("listitem").filter({ has: page.getByText(key, { exact: true }) });
    await row("gift-wrapping").getByText("As it is").waitFor();
    expect(await row("new-header").textContent()).toContain("begins off in production");
    expect(await row("checkout").textContent()).toContain("The project has a flag of this key");
    expect(await row("everybody").textContent()).toContain("big segment");
    expect(await row("in-qa").textContent()).toContain('no environment "qa"');
    expect(await axeFindings(page)).toEqual([]);
    expect(await status("/api/v2/flags/web-shop/gift-wrapping")).toBe(404);

    await page.getByRole("button", { name: "Create this environment" }).click();
    await row("in-qa").getByText("As it is").waitFor();
    await page.getByRole("tab", { name: /Stays behind/u }).click();
    expect(await page.getByRole("tabpanel").getByRole("listitem").count()).toBeGreaterThan(1);
    await page.getByRole("button", { name: "Import 3 flags and 1 segment" }).click();
    await page.getByText("3 flags and 1 segment are here").waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const made = await ui.management.ask("GET", "/api/v2/flags/web-shop/gift-wrapping");
    expect(made).toMatchObject({ environments: { staging: { on: true }, qa: { on: false } } });
    expect(await status("/api/v2/segments/web-shop/production/vip")).toBe(200);
    await page.getByRole("link", { name: "gift-wrapping" }).click();
    await page.getByRole("heading", { level: 1, name: "gift-wrapping" }).waitFor();
  });

  it("takes a pasted YAML file for an environment, by keyboard alone", async () => {
    await using opened = await ui.open(importing);
    const { page } = opened;
    await page.evaluate((text) => navigator.clipboard.writeText(text), flagd);

    await tabTo(page, "Paste text");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByLabel("JSON or YAML").waitFor();
    await tabTo(page, "JSON or YAML");
    await page.keyboard.press("ControlOrMeta+v");
    await tabTo(page, "Read it");
    await page.keyboard.press("Enter");
    await page.getByText("An export of flagd with 2 flags.").waitFor();
    await tabTo(page, "Choose an environment");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "Development" }).waitFor();
    await page.keyboard.type("Dev");
    await page.keyboard.press("Enter");
    await page.getByText("Its targeting has no exact counterpart").waitFor();
    await tabTo(page, "Import 1 flag");
    await page.keyboard.press("Enter");
    await page.getByText("1 flag is here").waitFor();

    const made = await ui.management.ask("GET", "/api/v2/flags/web-shop/slow-network");
    expect(made).toMatchObject({ environments: { development: { on: true } } });
    await tabTo(page, "Import something else");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Choose files" }).waitFor();
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ "broken.json": "{" }, "broken.json cannot be read"],
    [
      { "shopping.yaml": "milk: 2\neggs: 12" },
      "shopping.yaml: this is nothing that can be imported",
    ],
    [{ "a.yaml": flagd, "b.yaml": flagd }, "a.yaml and b.yaml cannot be imported together"],
  ])("says what is wrong with a file: %#", async (files, words) => {
    await using opened = await ui.open(importing);
    const { page } = opened;

    await chooseFiles(page, files);

    await page.getByRole("alert").getByText(words).waitFor();
    await page.getByRole("button", { name: "Choose files" }).waitFor();
  });

  it("takes what is dropped on it", async () => {
    await using opened = await ui.open(importing);
    const { page } = opened;
    const folder = await mkdtemp(path.join(tmpdir(), "halyard-drop-"));
    const file = path.join(folder, "dropped.json");
    await writeFile(file, JSON.stringify(flags));
    const box = await page.getByText("Drop files here").boundingBox();
    const at = { x: (box?.x ?? 0) + 5, y: (box?.y ?? 0) + 5 };
    const browser = await page.context().newCDPSession(page);

    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      const data = { items: [], files: [file], dragOperationsMask: 1 };
      await browser.send("Input.dispatchDragEvent", { type, ...at, data });
    }

    await page.getByText("dropped.json").waitFor();
    await page.getByText("An export of LaunchDarkly with 4 flags.").waitFor();
    await rm(folder, { recursive: true });
  });
});

describe("the export", () => {
  it("is a file that an import takes", async () => {
    await using opened = await ui.open(importing);
    const { page } = opened;

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download web-shop.json" }).click(),
    ]);

    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose files" }).click(),
    ]);
    await chooser.setFiles(await download.path());
    await page.getByText(/An export of Halyard with \d+ flags/u).waitFor();
    await page.getByText(/^Behind stays: /u).waitFor();
  });
});
