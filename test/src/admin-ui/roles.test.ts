import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedAccount } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await seedAccount(ui.management);
const path = "/account/roles";
const checkout = "proj/web-shop:env/production:flag/checkout";
const critical = [{ op: "replace", path: "/critical", value: true }];
await ui.management.ask("PATCH", "/api/v2/projects/web-shop/environments/production", critical);

async function roleCalled(key: string): Promise<unknown> {
  return (await ui.management.request("GET", `/api/v2/roles/${key}`)).body;
}

describe("the roles", () => {
  it("fit a phone, take their texts from catalogues, and axe finds nothing", async () => {
    await using opened = await ui.open(`${path}?locale=pseudo`, { width: 390 });
    const { page } = opened;
    await page.getByRole("combobox").first().waitFor();

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe("asking whether somebody may", () => {
  it("names the statement that denies it", async () => {
    await using opened = await ui.open(`${path}?who=role:deployer`);
    const { page } = opened;

    await page.getByLabel("On", { exact: true }).fill(checkout);
    await page.getByRole("button", { name: "Ask" }).click();

    await page.getByText("No", { exact: true }).waitFor();
    await page.getByText("Decided by this statement of the role deployer:").waitFor();
    await page.getByText("every environment that is critical of every project").last().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is reached from a member, and answers by keys alone", async () => {
    await using opened = await ui.open("/account/members");
    const { page } = opened;

    await page.getByRole("button", { name: "Alan Turing", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Can Alan Turing do something?" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("On", { exact: true }).focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("proj/web-shop:env/development:flag/checkout");
    await page.keyboard.press("Enter");

    await page.getByText("Yes", { exact: true }).waitFor();
    await page.getByText(/^Alan Turing may updateOn/u).waitFor();
  });
});

describe("a custom role", () => {
  it("is made by its words, tried before it is kept, and kept", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Create role" }).click();
    await page.getByRole("heading", { level: 1, name: "New role" }).waitFor();
    await page.getByLabel("Name").fill("Segment keeper");
    await page.getByRole("button", { name: "Create role" }).click();
    await page.getByText("Give at least one action and one resource.").waitFor();
    await page.getByLabel("Actions", { exact: true }).fill("createSegment");
    await page.keyboard.press("Enter");
    await page.getByLabel("Resources", { exact: true }).fill("proj/web-shop:env/*:segment/*");
    await page.keyboard.press("Enter");
    await page
      .getByText("May create segments: every segment in every environment of the project web-shop.")
      .waitFor();
    await page.getByLabel("On", { exact: true }).fill(checkout);
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText("No statement speaks of it").waitFor();
    const findings = await axeFindings(page);
    await page.getByRole("button", { name: "Create role" }).click();
    await page.getByRole("heading", { level: 1, name: "Segment keeper" }).waitFor();

    expect(findings).toEqual([]);
    expect(await roleCalled("segment-keeper")).toMatchObject({
      basePermissions: "reader",
      policy: [
        {
          effect: "allow",
          actions: ["createSegment"],
          resources: ["proj/web-shop:env/*:segment/*"],
        },
      ],
    });
  });

  it("is changed with a way back, and deleted where nobody holds it", async () => {
    await using opened = await ui.open(`${path}/segment-keeper`);
    const { page } = opened;

    await page.getByText("Deny", { exact: true }).click();
    await page.getByRole("button", { name: "Save role" }).click();
    await page.getByText("Segment keeper is saved").waitFor();
    const changed = await roleCalled("segment-keeper");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect
      .poll(() => roleCalled("segment-keeper"))
      .toMatchObject({ policy: [{ effect: "allow" }] });
    await page.getByRole("button", { name: "Delete role" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete role" }).click();
    await page.getByRole("heading", { level: 1, name: "Roles" }).waitFor();

    expect(changed).toMatchObject({ policy: [{ effect: "deny" }] });
    expect(await roleCalled("segment-keeper")).toMatchObject({ code: "not_found" });
  });

  it("cannot be deleted while somebody holds it, and says who", async () => {
    await using opened = await ui.open(`${path}/deployer`);
    const { page } = opened;

    const button = page.getByRole("button", { name: "Delete role" });

    expect(await button.getAttribute("aria-disabled")).toBe("true");
    await page.getByText("It is held by 1 member and 1 team; take it from them first.").waitFor();
  });
});

describe("the table of a role", () => {
  const changing = "Change, every flag in every environment of every project";

  it("writes statements by mouse, and they are kept", async () => {
    await using opened = await ui.open(`${path}/new`);
    const { page } = opened;

    await page.getByLabel("Name").fill("Flag keeper");
    await page.getByRole("button", { name: "Add resource" }).click();
    await page
      .getByRole("menuitem", { name: /^every flag in every environment of every project/u })
      .first()
      .click();
    await page.getByRole("button", { name: `${changing}: nothing said` }).click();
    await page.getByRole("button", { name: /^Delete, every flag in .*: nothing said$/u }).click();
    await page.getByRole("button", { name: /^Delete, every flag in .*: allowed$/u }).click();
    await page.getByRole("button", { name: /^Switch, .*: allowed by a wider cell$/u }).waitFor();
    const findings = await axeFindings(page);
    await page.getByRole("button", { name: "Create role" }).click();
    await page.getByRole("heading", { level: 1, name: "Flag keeper" }).waitFor();

    expect(findings).toEqual([]);
    expect(await roleCalled("flag-keeper")).toMatchObject({
      policy: [
        { effect: "allow", actions: ["update*"], resources: ["proj/*:env/*:flag/*"] },
        { effect: "deny", actions: ["delete*"], resources: ["proj/*:env/*:flag/*"] },
      ],
    });
  });

  it("takes a resource that is typed, and changes by keys alone", async () => {
    await using opened = await ui.open(`${path}/flag-keeper`);
    const { page } = opened;

    await page.getByRole("button", { name: "Add resource" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("searchbox", { name: "Add resource" }).waitFor();
    await page.keyboard.type("proj/web-shop:env/staging");
    await page.getByRole("menuitem", { name: "Add proj/web-shop:env/staging" }).waitFor();
    await page.keyboard.press("Enter");
    const everything = page.getByRole("button", { name: /^Everything, .*staging.*$/u });
    await everything.focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: `${changing}: allowed` }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Save role" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Flag keeper is saved").waitFor();

    expect(await roleCalled("flag-keeper")).toMatchObject({
      policy: [
        { effect: "deny", actions: ["delete*", "update*"] },
        { effect: "allow", actions: ["*"], resources: ["proj/web-shop:env/staging"] },
      ],
    });
  });

  it("fits a phone, and takes its texts from catalogues", async () => {
    await using opened = await ui.open(`${path}/deployer?locale=pseudo`, { width: 390 });
    const { page } = opened;

    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await hardCodedTexts(page)).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
  });
});
