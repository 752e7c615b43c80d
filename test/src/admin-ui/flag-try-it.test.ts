import { init } from "@halyard/sdk";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

const project = "web-shop";

interface Representation {
  readonly variations: readonly { readonly _id: string; readonly value: string }[];
}

/** A flag that is on and gives whoever is in Germany "new", and whoever has the plan "pro" a share. */
async function newFlag(key: string): Promise<Readonly<Record<string, string>>> {
  await ui.management.createFlag(project, key, ["old", "new"]);
  const flag = await ui.management.ask("GET", `/api/v2/flags/${project}/${key}`);
  const { variations } = flag as Representation; // The server's own shape, held by its tests.
  const ids = Object.fromEntries(variations.map(({ value, _id }) => [value, _id]));
  const clause = (attribute: string, value: string) => [
    { contextKind: "user", attribute, op: "in", values: [value] },
  ];
  await ui.management.instruct(project, key, "development", [
    { kind: "turnFlagOn" },
    { kind: "addRule", clauses: clause("country", "DE"), variationId: ids["new"] },
    {
      kind: "addRule",
      clauses: clause("plan", "pro"),
      rolloutContextKind: "user",
      rolloutWeights: { [ids["old"] ?? ""]: 30_000, [ids["new"] ?? ""]: 70_000 },
    },
  ]);
  return ids;
}

const targeting = (key: string) => `/p/${project}/flags/${key}/targeting?env=development`;
const pane = (page: Page) => page.getByRole("region", { name: "What would they get?" });
const steps = (page: Page) =>
  pane(page).getByRole("list", { name: "The way there" }).getByRole("listitem");

async function typeContext(page: Page, context: string): Promise<void> {
  await pane(page).getByRole("textbox", { name: "Context" }).fill(context);
}

describe("what a context would get", () => {
  it("is told with each key press, step by step, and drawn on the page", async () => {
    await newFlag("try-path");
    await using opened = await ui.open(targeting("try-path"));
    const { page } = opened;
    await typeContext(page, '{ kind: "user", key: "ada", country: "FR", plan: "free" }');

    await pane(page).getByText("FALLTHROUGH").waitFor();
    expect(await steps(page).allTextContents()).toEqual([
      "Flag is on",
      "Not targeted individually",
      'Rule 1 did not match: country is "FR"',
      'Rule 2 did not match: plan is "free"',
      "No rule matched: everyone else",
    ]);
    await page.getByText('no match: country is "FR"').waitFor();
    await typeContext(page, '{ kind: "user", key: "ada", country: "DE" }');
    await pane(page).getByText("RULE_MATCH (ruleIndex 0)").waitFor();
    await page.getByText("matched", { exact: true }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  }, 60_000);

  it("is what an SDK gets, be it by a rule, a share, or a segment that the server alone knows", async () => {
    const ids = await newFlag("try-sdk");
    await ui.management.ask("POST", `/api/v2/segments/${project}/development`, {
      key: "a-third",
      name: "A third",
    });
    await ui.management.ask(
      "PATCH",
      `/api/v2/segments/${project}/development/a-third`,
      {
        instructions: [
          {
            kind: "addRule",
            clauses: [{ contextKind: "user", attribute: "country", op: "in", values: ["IT"] }],
            weight: 33_000,
          },
        ],
      },
      "application/json; domain-model=launchdarkly.semanticpatch",
    );
    const inSegment = [{ attribute: "", op: "segmentMatch", values: ["a-third"] }];
    await ui.management.instruct(project, "try-sdk", "development", [
      { kind: "addRule", clauses: inSegment, variationId: ids["new"] },
    ]);
    const sdkKey = await ui.management.sdkKey(project, "development");
    await using app = init(sdkKey, { baseUri: ui.url, eventsUri: ui.url });
    await app.waitForInitialization({ timeout: 10 });
    await using opened = await ui.open(targeting("try-sdk"));
    const { page } = opened;
    for (const key of ["ada", "grace", "alan", "edsger", "barbara", "donald"]) {
      for (const more of [{ plan: "pro" }, { country: "IT" }]) {
        const context = { kind: "user", key, ...more };
        await typeContext(page, JSON.stringify(context));
        const value = app.variation("try-sdk", context, "none");
        await pane(page).getByText(`"${value}"`, { exact: true }).waitFor();
      }
    }
  });

  it("reads regular expressions, which are fetched when a flag has one", async () => {
    const ids = await newFlag("try-pattern");
    const clauses = [
      { contextKind: "user", attribute: "email", op: "matches", values: ["^[^@]+@example\\.com$"] },
    ];
    await ui.management.instruct(project, "try-pattern", "development", [
      { kind: "addRule", clauses, variationId: ids["new"] },
    ]);
    await using opened = await ui.open(targeting("try-pattern"));
    const { page } = opened;

    await typeContext(page, '{ kind: "user", key: "ada", email: "ada@example.com" }');
    await pane(page).getByText("RULE_MATCH (ruleIndex 2)").waitFor();
    await typeContext(page, '{ kind: "user", key: "ada", email: "ada@elsewhere.com" }');
    await pane(page).getByText("FALLTHROUGH").waitFor();
  });

  it("says what it was before the edit, and what it would be for everyone who was seen", async () => {
    const key = "try-edit";
    await newFlag(key);
    const sdkKey = await ui.management.sdkKey(project, "development");
    await using app = init(sdkKey, { baseUri: ui.url, eventsUri: ui.url });
    await app.waitForInitialization({ timeout: 10 });
    for (const at of [1, 2, 3, 4]) app.variation(key, { kind: "user", key: `seen-${at}` }, "none");
    await app.flush();
    await using opened = await ui.open(targeting(key));
    const { page } = opened;
    await typeContext(page, '{ kind: "user", key: "ada" }');
    await pane(page)
      .getByRole("button", { name: "Run over the contexts seen in 24 hours" })
      .click();
    await pane(page)
      .getByText(/^\d+ contexts, 0 get another value$/u)
      .waitFor();
    const card = page.getByRole("region", { name: "Everyone else" });
    await card.getByRole("button").first().click();
    await page.getByRole("menuitem", { name: "new" }).click();

    await pane(page).getByText("was old before your edit").waitFor();
    await pane(page)
      .getByText(/^\d+ contexts, (?!0 )\d+ get another value$/u)
      .waitFor();
  });

  it("is found by keyboard, from contexts that were saved under a name, in all environments", async () => {
    await newFlag("try-keys");
    await using opened = await ui.open(targeting("try-keys"));
    const { page } = opened;
    await pane(page).getByRole("textbox", { name: "Context" }).waitFor();
    await page.keyboard.press("t");
    await page.keyboard.press("Control+a");
    await page.keyboard.type('{ kind: "user", key: "eva", country: "DE" }');
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    const picker = page.getByRole("dialog", { name: "Pick a context" });
    await picker.getByRole("textbox", { name: "Name of the persona" }).focus();
    await page.keyboard.type("Eva in Berlin");
    await page.keyboard.press("Enter");
    await picker.getByRole("button", { name: "Eva in Berlin", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await typeContext(page, "{ key: ada }");
    await pane(page).getByText("Line 1: expected a value: texts stand in quotes.").waitFor();

    await pane(page).getByRole("button", { name: "Pick a context" }).focus();
    await page.keyboard.press("Enter");
    await picker.getByRole("button", { name: "Eva in Berlin", exact: true }).focus();
    await page.keyboard.press("Enter");
    await pane(page).getByText("RULE_MATCH (ruleIndex 0)").waitFor();
    await pane(page).getByRole("checkbox", { name: "All environments" }).focus();
    await page.keyboard.press("Space");
    const rows = pane(page).getByRole("list", { name: "All environments" }).getByRole("listitem");
    await rows.first().getByText("new", { exact: true }).waitFor();
    expect(await rows.count()).toBe(3);
  });

  it("opens as a sheet where the window is narrow", async () => {
    await newFlag("try-narrow");
    await using opened = await ui.open(targeting("try-narrow"), { width: 390 });
    const { page } = opened;
    await page.getByRole("button", { name: "What would they get?" }).click();
    const sheet = page.getByRole("dialog", { name: "What would they get?" });
    await sheet.getByText("FALLTHROUGH").waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});
