import { afterAll, describe, expect, it } from "vitest";
import { tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const { management } = ui;
const workflows = "/p/web-shop/approvals/workflows";

const approval = { kind: "ld-approval", description: "Turn it on" };
const turnOn = { instructions: [{ kind: "turnFlagOn" }] };
const stages = [{ name: "Turn on", conditions: [approval], action: turnOn }];
await management.ask("POST", "/api/v2/templates", {
  key: "after-approval",
  name: "Turn on after approval",
  stages,
});

/** A flag that a service token wants to turn on in stages. */
async function begin(key: string): Promise<void> {
  await management.createFlag("web-shop", key, ["a", "b"]);
  const path = `/api/v2/projects/web-shop/flags/${key}/environments/staging/workflows`;
  await management.ask("POST", path, { name: `Turn ${key} on`, stages });
}

async function inStaging(key: string): Promise<unknown> {
  const flag = await management.ask("GET", `/api/v2/flags/web-shop/${key}?env=staging`);
  return (flag as { readonly environments: { readonly staging: unknown } }).environments.staging;
}

describe("the workflows", () => {
  it("are accessible, translated and fit", async () => {
    await begin("shown");
    await using opened = await ui.open(`${workflows}?locale=pseudo`, { width: 390 });
    const { page } = opened;
    await page.getByText("Turn the flag on").waitFor();

    expect(await axeFindings(page)).toEqual([]);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it("begin with a gradual rollout, are kept as a template, and end", async () => {
    await management.createFlag("web-shop", "gradual", ["a", "b"]);
    await using opened = await ui.open(workflows);
    const { page } = opened;

    await page.getByRole("button", { name: "Begin a workflow" }).click();
    const sheet = page.getByRole("dialog", { name: "Begin a workflow" });
    await sheet.getByRole("combobox", { name: "Flag" }).fill("gradu");
    await page.getByRole("option", { name: "gradual" }).click();
    await sheet.getByRole("button", { name: /Environment/u }).click();
    await page.getByRole("option", { name: "Staging" }).click();
    await sheet.getByRole("button", { name: /Variation that everyone gets/u }).click();
    await page.getByRole("option", { name: "b" }).click();
    await sheet.getByLabel("Steps, in percent").fill("25");
    await page.keyboard.press("Enter");
    await sheet.getByRole("listitem").filter({ hasText: "25% get b" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Begin workflow" }).click();
    await page.getByText("Roll out gradual has begun.").waitFor();

    const card = page.getByRole("article").filter({ hasText: "Roll out gradual" });
    await card.getByText("Stage 2 of 4").waitFor();
    await card.getByText("waits until").waitFor();
    await expect
      .poll(() => inStaging("gradual"))
      .toMatchObject({
        on: true,
        fallthrough: {
          rollout: {
            variations: [
              { variation: 1, weight: 10_000 },
              { variation: 0, weight: 90_000 },
            ],
          },
        },
      });
    expect(await axeFindings(page)).toEqual([]);

    await card.getByRole("button", { name: "More for Roll out gradual" }).click();
    await page.getByRole("menuitem", { name: /Save as template/u }).click();
    const dialog = page.getByRole("dialog", { name: "Save as a template" });
    await dialog.getByLabel("Name").fill("In four steps");
    await dialog.getByRole("button", { name: "Save template" }).click();
    await page.getByText("In four steps is a template.").waitFor();
    await page.getByRole("listitem").filter({ hasText: "4 stages" }).waitFor();
    await page.getByRole("button", { name: "Delete: In four steps" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete template" }).click();
    await page.getByText("In four steps is deleted.").waitFor();

    await card.getByRole("button", { name: "More for Roll out gradual" }).click();
    await page.getByRole("menuitem", { name: "End workflow" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "End workflow" }).click();
    await page.getByText("Roll out gradual has ended.").waitFor();
    await card.waitFor({ state: "detached" });
  });

  it("keep what is typed while the flags to choose from are still on their way", async () => {
    await management.createFlag("web-shop", "on-its-way", ["a", "b"]);
    await using opened = await ui.open(workflows);
    const { page } = opened;
    const { promise: typed, resolve: go } = Promise.withResolvers<void>();
    await page.route("**/flag-names", (route) => typed.then(() => route.continue()));

    await page.getByRole("button", { name: "Begin a workflow" }).click();
    const flag = page.getByRole("combobox", { name: "Flag" });
    await flag.fill("on-its");
    go();

    await page.getByRole("option", { name: "on-its-way" }).click();
    await expect.poll(() => flag.inputValue()).toBe("on-its-way");
  });

  it("lead to what waits for approval, and go on once it is given", async () => {
    await begin("approved");
    await using opened = await ui.open(workflows);
    const { page } = opened;
    const card = page.getByRole("article").filter({ hasText: "Turn approved on" });

    await card.getByRole("link", { name: "Review it" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByRole("button", { name: "Approve" }).first().click();
    await page
      .getByText(/approved/iu)
      .first()
      .waitFor();
    await expect.poll(() => inStaging("approved"), { timeout: 15_000 }).toMatchObject({ on: true });

    await page.goto(`${ui.url}${workflows}?view=done`);
    await card.getByText("Done", { exact: true }).waitFor();
  });

  it("begin with a template and end, by keyboard alone", async () => {
    await management.createFlag("web-shop", "by-keys", ["a", "b"]);
    await using opened = await ui.open(workflows);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: "Begin a workflow" }).waitFor();
    await tabTo(page, "Flag");
    await page.keyboard.type("by-keys");
    await page.getByRole("option", { name: "by-keys" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(page, "Gradual rollout");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "Choose a template");
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: /Turn on after approval/u }).waitFor();
    await page.keyboard.press("Enter");
    await tabTo(page, "Begin workflow");
    await page.keyboard.press("Enter");
    await page.getByText("Roll out by-keys has begun.").waitFor();

    await tabTo(page, "More for Roll out by-keys");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "End workflow" }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog", { name: "End Roll out by-keys" }).waitFor();
    await tabTo(page, "End workflow");
    await page.keyboard.press("Enter");
    await page.getByText("Roll out by-keys has ended.").waitFor();
  });
});
