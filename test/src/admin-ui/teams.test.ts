import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedAccount } from "./seed-account.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await seedAccount(ui.management);
const path = "/account/teams";

async function teamCalled(key: string): Promise<unknown> {
  const expand = "expand=members,roles,maintainers,roleAttributes";
  return (await ui.management.request("GET", `/api/v2/teams/${key}?${expand}`)).body;
}
async function addressesIn(key: string): Promise<readonly string[]> {
  const found = await ui.management.ask("GET", `/api/v2/members?filter=team:${key}&limit=100`);
  const { items } = found as { readonly items: readonly { readonly email: string }[] };
  return items.map(({ email }) => email).sort();
}
const paste = (page: Page, text: string) =>
  page.evaluate(async (copied) => navigator.clipboard.writeText(copied), text);

describe("the teams", () => {
  it.each([path, `${path}?create=true`, `${path}/platform`])(
    "fit a phone, take their texts from catalogues, and axe finds nothing: %s",
    async (address) => {
      const query = address.includes("?") ? "&" : "?";
      await using opened = await ui.open(`${address}${query}locale=pseudo`, { width: 390 });
      const { page } = opened;
      if (address.includes("create")) await page.getByRole("dialog").waitFor();

      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await hardCodedTexts(page)).toEqual([]);
      expect(await axeFindings(page)).toEqual([]);
    },
  );

  it("are narrowed by words, which the address keeps", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("/");
    await page.keyboard.type("project keeper");
    await page.getByText("1 of 4 teams").waitFor();
    await page.reload();
    await page.getByText("1 of 4 teams").waitFor();
    await page.getByRole("searchbox").fill("nothing is called so");
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText("4 teams", { exact: true }).waitFor();
  });

  it("say where there is none of a name", async () => {
    await using opened = await ui.open(`${path}/nowhere`, { expected: [/404/u] });

    await opened.page.getByRole("heading", { name: "There is no such team" }).waitFor();
  });
});

describe("a team", () => {
  it("is created with members and a role by mouse", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("button", { name: "Create team" }).click();
    const dialog = page.getByRole("dialog", { name: "Create team" });
    await dialog.getByLabel("Name").fill("Mobile apps");
    await dialog.getByLabel("Members").fill("nobody@example.com");
    await page.keyboard.press("Enter");
    await dialog.getByText("No member has this address: nobody@example.com.").waitFor();
    await dialog.getByRole("button", { name: "Remove nobody@example.com" }).click();
    await dialog.getByLabel("Members").fill("Grace <grace@example.com>");
    await page.keyboard.press("Enter");
    await dialog.getByText("Deployer").click();
    await dialog.getByRole("button", { name: "Create team" }).click();
    await page.getByRole("heading", { level: 1, name: "Mobile apps" }).waitFor();

    expect(await teamCalled("mobile-apps")).toMatchObject({
      name: "Mobile apps",
      members: { totalCount: 1 },
      roles: { items: [{ key: "deployer" }] },
    });
  });

  it("is created, filled and deleted by keys alone", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.keyboard.press("c");
    await page.getByRole("dialog", { name: "Create team" }).waitFor();
    await page.keyboard.type("Data");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
    await page.getByRole("button", { name: "Add members" }).focus();
    await page.keyboard.press("Enter");
    const adding = page.getByRole("dialog", { name: "Add members to Data" });
    await adding.waitFor();
    await page.keyboard.type("alan@example.com");
    await page.keyboard.press("Enter");
    await adding.getByRole("button", { name: "Add 1 member" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("1 member added to Data").waitFor();
    await page.getByRole("link", { name: "Alan Turing" }).waitFor();
    const filled = await addressesIn("data");
    await page.getByRole("button", { name: "Delete team" }).focus();
    await page.keyboard.press("Enter");
    const asked = page.getByRole("alertdialog", { name: "Delete Data" });
    await asked.getByRole("button", { name: "Delete team" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Data is deleted").waitFor();

    expect(filled).toEqual(["alan@example.com"]);
    expect(await teamCalled("data")).toMatchObject({ code: "not_found" });
  });

  it("is renamed, with a way back", async () => {
    await using opened = await ui.open(`${path}/payments`);
    const { page } = opened;

    await page.getByLabel("Name", { exact: true }).fill("Money");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Money" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { level: 1, name: "Payments" }).waitFor();

    expect(await teamCalled("payments")).toMatchObject({ name: "Payments" });
  });
});

describe("the members of a team", () => {
  it("are pasted as a list; who is not here is invited into the team", async () => {
    await using opened = await ui.open(`${path}/search`);
    const { page } = opened;
    await paste(page, "alan@example.com, grace@example.com\nedsger@example.com; new@example.com");

    await page.getByRole("button", { name: "Add members" }).click();
    const dialog = page.getByRole("dialog", { name: "Add members to Search" });
    await dialog.getByLabel("Email addresses").focus();
    await page.keyboard.press("Control+v");
    await dialog.getByText("1 is in already.").waitFor();
    await dialog.getByText("1 address is of nobody here: new@example.com.").waitFor();
    const findings = await axeFindings(page);
    await dialog.getByRole("button", { name: "Add 2 members" }).click();
    await page.getByText("2 members added to Search").waitFor();
    await dialog.getByRole("button", { name: "Invite 1 person" }).click();
    await page.getByRole("button", { name: "Invite 1 member" }).click();
    await page.getByRole("dialog", { name: "Pass this link on" }).waitFor();

    expect(findings).toEqual([]);
    expect(await addressesIn("search")).toEqual([
      "alan@example.com",
      "edsger@example.com",
      "grace@example.com",
      "new@example.com",
    ]);
  });

  it("are taken out and made maintainers by keys alone, with a way back", async () => {
    await using opened = await ui.open(`${path}/payments`);
    const { page } = opened;
    const openMenu = async (name: string, entry: string) => {
      await page.getByRole("button", { name: `Actions for ${name}` }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: entry }).focus();
      await page.keyboard.press("Enter");
    };

    await openMenu("Alan Turing", "Make maintainer");
    await page.getByText("Alan Turing maintains Payments").waitFor();
    const maintained = await teamCalled("payments");
    await openMenu("Grace Hopper", "Take out of the team");
    await page.getByText("Grace Hopper is out of Payments").waitFor();
    const left = await addressesIn("payments");
    await page
      .getByRole("alertdialog")
      .filter({ hasText: "Grace Hopper is out of Payments" })
      .getByRole("button", { name: "Undo" })
      .focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Grace Hopper" }).waitFor();

    expect(maintained).toMatchObject({ maintainers: { items: [{ firstName: "Alan" }] } });
    expect(left).toEqual(["alan@example.com"]);
    expect(await addressesIn("payments")).toHaveLength(2);
  });

  it("are not changed here where a directory keeps them", async () => {
    await using opened = await ui.open(path);
    const { page } = opened;

    await page.getByRole("link", { name: "Support" }).click();
    await page.getByText("Your directory puts people into this team").waitFor();
    const add = page.getByRole("button", { name: "Add members" });
    await add.focus();

    expect(await add.getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("tooltip", { name: "Your directory decides" }).waitFor();
  });

  it("are led to from a member, and lead back", async () => {
    await using opened = await ui.open("/account/members");
    const { page } = opened;

    await page.getByRole("button", { name: "Edsger Dijkstra", exact: true }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Platform" }).click();
    await page.getByRole("heading", { level: 1, name: "Platform" }).waitFor();
    await page.getByRole("link", { name: "Edsger Dijkstra" }).click();

    await page.getByRole("dialog").getByText("edsger@example.com").first().waitFor();
  });
});

describe("what a team allows", () => {
  it("is given by a check beside the role, with a way back", async () => {
    await using opened = await ui.open(`${path}/platform`);
    const { page } = opened;

    await page.getByRole("checkbox", { name: "Deployer" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("Roles of Platform changed").waitFor();
    const given = await teamCalled("platform");
    await page.getByRole("button", { name: "Undo" }).click();

    expect(given).toMatchObject({ roles: { totalCount: 2 } });
    await expect.poll(() => teamCalled("platform")).toMatchObject({ roles: { totalCount: 1 } });
  });

  it("takes the attributes that its roles ask for", async () => {
    await using opened = await ui.open(`${path}/platform`);
    const { page } = opened;

    await page.getByText("Its roles ask for projects, which has no value yet.").waitFor();
    await page.getByRole("button", { name: "Add attribute" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Values", { exact: true }).focus();
    await page.keyboard.type("web-shop");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByText("Role attributes of Platform changed").waitFor();
    await page.getByRole("button", { name: "Remove regions" }).click();

    await expect
      .poll(() => teamCalled("platform"))
      .toMatchObject({ roleAttributes: { projects: ["web-shop"] } });
  });
});
