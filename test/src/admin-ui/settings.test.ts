import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

const settings = "/p/web-shop/settings";

describe("every page of the settings", () => {
  it.each(["general", "environments", "webhooks"])(
    "is accessible, translated and fits: %s",
    async (name) => {
      await using opened = await ui.open(`${settings}/${name}?locale=pseudo`, { width: 390 });

      expect(await axeFindings(opened.page)).toEqual([]);
      expect(await hardCodedTexts(opened.page)).toEqual([]);
      expect(await overflow(opened.page)).toBe(0);
    },
  );
});

describe("environments", () => {
  it("are made with the flags of another one, and what they ask for", async () => {
    await using opened = await ui.open(`${settings}/environments`);
    const { page } = opened;

    await page.getByRole("button", { name: "Create environment" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Name", { exact: true }).fill("Canary");
    await sheet.getByRole("button", { name: /Begins with/u }).click();
    await page.getByRole("option", { name: "The flags and segments of Production" }).click();
    await sheet.getByText("Critical", { exact: true }).click();
    await sheet.getByText("Require approval", { exact: true }).click();
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Create environment" }).click();
    await page.getByText("Canary is there.").waitFor();

    const made = await ui.management.ask("GET", "/api/v2/projects/web-shop/environments/canary");
    expect(made).toMatchObject({
      name: "Canary",
      critical: true,
      approvalSettings: { required: true, minNumApprovals: 1 },
    });
    const flag = await ui.management.ask("GET", "/api/v2/flags/web-shop/checkout?env=canary");
    expect(flag).toMatchObject({ environments: { canary: { on: true } } });
  });

  it("are edited by keyboard alone", async () => {
    await using opened = await ui.open(`${settings}/environments`);
    const { page } = opened;
    const row = page.getByRole("listitem").filter({ hasText: "staging" });

    await row.getByRole("button", { name: "Edit" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Rehearsal");
    await page.getByLabel("Require comments").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Save changes" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Rehearsal is saved.").waitFor();

    const saved = await ui.management.ask("GET", "/api/v2/projects/web-shop/environments/staging");
    expect(saved).toMatchObject({ name: "Rehearsal", requireComments: true });
  });

  it("are deleted when their key has been typed", async () => {
    const path = "/api/v2/projects/web-shop/environments";
    await ui.management.ask("POST", path, { key: "old-one", name: "Old one", color: "417505" });
    await using opened = await ui.open(`${settings}/environments`);
    const { page } = opened;
    const row = page.getByRole("listitem").filter({ hasText: "old-one" });

    await row.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("alertdialog");
    const button = dialog.getByRole("button", { name: "Delete Old one" });
    expect(await button.isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("old-one");
    await button.click();
    await page.getByText("Old one is deleted.").waitFor();

    const gone = await ui.management.request("GET", `${path}/old-one`);
    expect(gone.status).toBe(404);
  });
});

describe("the project", () => {
  it("gets another name, which is everywhere at once", async () => {
    await using opened = await ui.open(`${settings}/general`);
    const { page } = opened;

    await page.getByLabel("Name", { exact: true }).fill("The web shop");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("The project is saved.").waitFor();

    await page.getByRole("button", { name: /The web shop/u }).waitFor();
  });
});

describe("webhooks", () => {
  const server = createServer((request, response) => {
    request.resume();
    response.statusCode = request.url === "/broken" ? 500 : 204;
    response.end();
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterAll(() => void server.close());
  function receiver(): string {
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  }

  it("are made, tested, and tell how each delivery went", async () => {
    await using opened = await ui.open(`${settings}/webhooks`, { expected: [/400/u] });
    const { page } = opened;

    await page.getByRole("button", { name: "Create webhook" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Name").fill("Chat");
    await sheet.getByLabel("URL").fill("http://10.0.0.1/hook");
    await sheet.getByRole("button", { name: "Create webhook" }).click();
    await sheet.getByRole("alert").waitFor();
    expect(await sheet.getByRole("alert").textContent()).toContain("not on the public internet");
    await sheet.getByLabel("URL").fill(`${receiver()}/hook`);
    await sheet.getByRole("button", { name: "Create webhook" }).click();
    await page.getByRole("heading", { level: 1, name: "Chat" }).waitFor();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("The test arrived: 204.").waitFor();
    await page.getByRole("row").filter({ hasText: "delivered" }).waitFor();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByRole("row").filter({ hasText: "delivered" }).nth(1).waitFor();

    await page.getByRole("button", { name: "Edit webhook" }).click();
    await page.getByRole("dialog").getByLabel("URL").fill(`${receiver()}/broken`);
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Chat is saved.").waitFor();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByRole("row").filter({ hasText: "failed" }).waitFor();

    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });

  it("say what is wrong with a policy before it is sent", async () => {
    await using opened = await ui.open(`${settings}/webhooks`);
    const { page } = opened;

    await page.getByRole("button", { name: "Create webhook" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByText("Those under a policy").click();
    await sheet.getByLabel("Policy", { exact: true }).fill("{");

    await sheet.getByText("This is no JSON list of statements").waitFor();
  });
});
