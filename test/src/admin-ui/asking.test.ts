import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, type Session } from "./page.ts";
import { seedWebShop } from "./seed.ts";

const ui = await AdminUi.start();
const { management } = ui;
await seedWebShop(management, ui.url);
afterAll(() => ui[Symbol.asyncDispose]());
let writer: Session;

interface Asked {
  readonly items: readonly { readonly description: string; readonly resourceId: string }[];
}

async function requests(): Promise<readonly string[]> {
  const { items } = (await management.ask("GET", "/api/v2/approval-requests")) as Asked;
  return items.map(({ description, resourceId }) => `${description} @ ${resourceId}`);
}

beforeAll(async () => {
  writer = await ui.join({
    email: "will@example.com",
    role: "writer",
    firstName: "Will",
    lastName: "Writer",
  });
  await management.createFlag("web-shop", "guarded", ["a", "b"]);
  await management.instruct("web-shop", "guarded", "production", [{ kind: "turnFlagOn" }]);
  for (const resourceKind of ["flag", "segment"])
    await management.ask("PATCH", "/api/v2/approval-requests/projects/web-shop/settings", {
      environmentKey: "production",
      resourceKind,
      required: true,
    });
});

describe("where production takes changes only with others' word", () => {
  it("a revert that is refused is asked for instead, by keys alone", async () => {
    await using opened = await ui.open("/p/web-shop/flags/guarded/history", {
      session: writer,
      expected: [/403/u],
    });
    const { page } = opened;

    await page.getByRole("button", { name: /turned guarded on/u, expanded: false }).click();
    await page.getByRole("button", { name: "Revert this change" }).waitFor();
    await tabTo(page, "Revert this change");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Comment" }).waitFor();
    await tabTo(page, "Revert in Production");
    await page.keyboard.press("Enter");
    await page.getByText("Production takes changes only when others have approved them.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await focusOn(page, "Request approval instead");
    await page.keyboard.press("Enter");
    await page.getByText(/^Approval requested: /u).waitFor();

    expect((await requests()).join()).toContain("@ proj/web-shop:env/production:flag/guarded");
  });

  it("a segment's changes are asked for from its review, with a moment to make them", async () => {
    await using opened = await ui.open("/p/web-shop/segments/beta-testers?env=production", {
      session: writer,
      expected: [/403/u],
    });
    const { page } = opened;
    const included = page.getByLabel("Keys of kind user that are included");
    await included.fill("asked-for");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Remove asked-for" }).waitFor();
    await page.keyboard.press("Control+Enter");
    const sheet = page.getByRole("dialog", { name: /^Review the changes/u });
    await sheet.waitFor();
    await sheet.getByLabel("Type Production to confirm").fill("Production");
    await sheet.getByRole("button", { name: /^Save/u }).click();
    await sheet
      .getByText("Production takes changes only when others have approved them.")
      .waitFor();
    await sheet.getByRole("button", { name: "Request approval", exact: true }).click();
    await sheet.getByLabel("What is asked for").fill("Let asked-for in");
    await sheet.getByLabel("Make it at").fill("2031-05-01T12:00");
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Request approval" }).click();
    await page.getByText("Approval requested").waitFor();

    expect(await requests()).toContain(
      "Let asked-for in @ proj/web-shop:env/production:segment/beta-testers",
    );
  });

  it("the request says whom it would give something else", async () => {
    const path =
      "/api/v2/projects/web-shop/flags/checkout/environments/production/approval-requests";
    const made = (await management.ask("POST", path, {
      description: "Turn checkout off",
      instructions: [{ kind: "turnFlagOff" }],
    })) as { readonly _id: string };
    await using opened = await ui.open(`/p/web-shop/approvals/${made._id}`);
    const { page } = opened;

    await page.getByRole("heading", { name: "Impact" }).waitFor();
    await page.getByText(/contexts seen in 24 hours|No context was seen/u).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});
