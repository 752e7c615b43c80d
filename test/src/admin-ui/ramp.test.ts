import { afterAll, describe, expect, it } from "vitest";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, overflow } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
const { management } = ui;
await seedWebShop(management, ui.url);
afterAll(() => ui[Symbol.asyncDispose]());

const address = "/p/web-shop/flags/checkout/targeting?env=production";

interface Planned {
  readonly items: readonly {
    readonly executionDate: number;
    readonly instructions: readonly { readonly rolloutWeights?: Record<string, number> }[];
  }[];
}

/** The shares that are planned, in the order of time. */
async function planned(): Promise<readonly (readonly number[])[]> {
  const path = "/api/v2/projects/web-shop/flags/checkout/environments/production/scheduled-changes";
  const { items } = (await management.ask("GET", path)) as Planned;
  return items
    .toSorted((a, b) => a.executionDate - b.executionDate)
    .map(({ instructions }) => Object.values(instructions[0]?.rolloutWeights ?? {}));
}

describe("a ramp", () => {
  it("plans a step each morning as scheduled changes, by mouse, and takes them back", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await page.getByRole("button", { name: "Ramp…" }).click();
    const dialog = page.getByRole("dialog", { name: "Ramp in Production" });
    await dialog.getByLabel("Step 1: new, %").fill("40");
    await dialog.getByRole("button", { name: "Schedule 2 steps" }).click();
    await dialog.getByText("Type the environment’s name.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByLabel("Type Production to confirm").fill("Production");
    await dialog.getByRole("button", { name: "Schedule 2 steps" }).click();
    await page.getByText("2 steps are scheduled in Production").waitFor();

    // Who has the largest share gives first.
    expect((await planned()).map(([first]) => first)).toEqual([40_000, 100_000]);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(planned).toEqual([]);
  });

  it("is planned by keys alone, and says what is wrong with a step", async () => {
    await using opened = await ui.open(address);
    const { page } = opened;

    await tabTo(page, "Ramp…");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Ramp in Production" }).waitFor();
    await tabTo(page, "Remove step 2");
    await page.keyboard.press("Enter");
    await tabTo(page, "Step 1: new, %");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("150");
    await tabTo(page, "Type Production to confirm");
    await page.keyboard.type("Production");
    await page.keyboard.press("Enter");
    await page.getByText("From 0 to 100.").waitFor();
    await tabTo(page, "Step 1: new, %");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("60");
    await page.keyboard.press("Enter");
    await page.getByText("1 step is scheduled in Production").waitFor();
    await focusOn(page, "Ramp…");

    expect((await planned()).map(([first]) => first)).toEqual([60_000]);
  });

  it("fits a phone", async () => {
    await using opened = await ui.open(address, { width: 390 });
    const { page } = opened;

    await page.getByRole("button", { name: "Ramp…" }).click();
    await page.getByRole("dialog", { name: "Ramp in Production" }).waitFor();

    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
