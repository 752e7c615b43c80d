import { afterAll, describe, expect, it } from "vitest";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
const { management } = ui;
const inbox = "/p/web-shop/approvals";
let number = 0;

interface Made {
  readonly _id: string;
}

/** Somebody else asks to turn a flag of its own on in production. */
async function ask(): Promise<{
  readonly id: string;
  readonly title: string;
  readonly flag: string;
}> {
  number += 1;
  const flag = `asked-${number}`;
  const title = `Turn number ${number} on`;
  await management.createFlag("web-shop", flag, ["a", "b"]);
  const path = `/api/v2/projects/web-shop/flags/${flag}/environments/production/approval-requests`;
  const instructions = [{ kind: "turnFlagOn" }];
  const made = (await management.ask("POST", path, { description: title, instructions })) as Made;
  return { id: made._id, title, flag };
}

async function isOn(flag: string): Promise<boolean> {
  const found = (await management.ask("GET", `/api/v2/flags/web-shop/${flag}`)) as {
    readonly environments: Readonly<Record<string, { readonly on: boolean }>>;
  };
  return found.environments["production"]?.on === true;
}

describe("the approvals", () => {
  it("are listed by whose word they wait for, and counted in the sidebar", async () => {
    const { title } = await ask();
    await using opened = await ui.open(inbox);
    const { page } = opened;

    await page.getByRole("link", { name: new RegExp(title, "u") }).waitFor();
    await page
      .getByRole("navigation")
      .getByText(/waiting/u)
      .first()
      .waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("tab", { name: "Mine" }).click();
    await page.getByText("You have no open requests.").waitFor();

    expect(new URL(page.url()).search).toBe("?view=mine");
  });

  it("are reviewed, approved and applied by mouse", async () => {
    const { id, title, flag } = await ask();
    await using opened = await ui.open(`${inbox}/${id}`);
    const { page } = opened;

    await page.getByText("Everyone else gets a").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Comment").fill("Looks right");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Looks right").waitFor();
    await page.getByText("You approved", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Apply in Production" }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: "Apply in Production" })
      .click();
    await page.getByText(`Applied: ${title}`).waitFor();

    expect(await isOn(flag)).toBe(true);
    await page.getByText(/^Applied by Ada Lovelace/u).waitFor();
  });

  it("are found, approved and applied by keys alone", async () => {
    const { title, flag } = await ask();
    await using opened = await ui.open(inbox);
    const { page } = opened;

    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.getByRole("button", { name: "Approve" }).waitFor();
    await tabTo(page, "Approve");
    await page.keyboard.press("Enter");
    await page.getByText("Ada Lovelace approved").waitFor();
    await page.getByRole("heading", { level: 1 }).focus();
    await tabTo(page, "Apply in Production");
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog", { name: /^Apply:/u }).waitFor();
    await tabTo(page, "Apply in Production");
    await page.keyboard.press("Enter");

    await expect.poll(() => isOn(flag)).toBe(true);
  });

  it("cannot be applied before they are approved, and say why", async () => {
    const { id } = await ask();
    await using opened = await ui.open(`${inbox}/${id}`);
    const { page } = opened;

    await page.getByRole("button", { name: "Decline" }).click();
    await page.getByText("Ada Lovelace declined").waitFor();
    const apply = page.getByRole("button", { name: "Apply in Production" });
    await apply.hover();

    await page.getByRole("tooltip", { name: /It was declined/u }).waitFor();
    expect(await apply.getAttribute("aria-disabled")).toBe("true");
  });

  it("tell that the flag has moved since, and whether they still fit", async () => {
    const { id, flag } = await ask();
    await management.instruct("web-shop", flag, "production", [{ kind: "turnFlagOn" }]);
    await using opened = await ui.open(`${inbox}/${id}`);

    await opened.page.getByText("It would change nothing today").waitFor();
    await opened.page.getByText("1 change has been made since").waitFor();
  });

  it("are withdrawn after a question", async () => {
    const { id, title } = await ask();
    await using opened = await ui.open(`${inbox}/${id}`);
    const { page } = opened;

    await page.getByRole("button", { name: "Withdraw request" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw request" }).click();
    await page.getByText(`Withdrawn: ${title}`).waitFor();

    const found = await management.request("GET", `/api/v2/approval-requests/${id}`);
    expect(found.status).toBe(404);
  });

  it("are commented on, declined and withdrawn by keys alone", async () => {
    const { id, title } = await ask();
    await using opened = await ui.open(`${inbox}/${id}`);
    const { page } = opened;

    await page.getByRole("button", { name: "Decline" }).waitFor();
    await tabTo(page, "Comment");
    await page.keyboard.type("After the sale");
    await tabTo(page, "Decline");
    await page.keyboard.press("Enter");
    await page.getByText("Ada Lovelace declined").waitFor();
    await page.getByText("After the sale").waitFor();
    await focusOn(page, "Decline");
    await tabTo(page, "Withdraw request", "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog").getByRole("heading").waitFor();
    await tabTo(page, "Withdraw request");
    await page.keyboard.press("Enter");
    await page.getByText(`Withdrawn: ${title}`).waitFor();

    const found = await management.request("GET", `/api/v2/approval-requests/${id}`);
    expect(found.status).toBe(404);
  });

  it("take their texts from catalogues, and say that there is none", async () => {
    const { id } = await ask();
    await using opened = await ui.open(`${inbox}/${id}?locale=pseudo`);
    expect(await hardCodedTexts(opened.page)).toEqual([]);

    await using missing = await ui.open(`${inbox}/nothing`, { expected: [/404/u] });
    await missing.page.getByRole("heading", { name: "There is no such request" }).waitFor();
  });
});
