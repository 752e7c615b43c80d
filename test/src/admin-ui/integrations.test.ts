import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings, hardCodedTexts, overflow } from "./page.ts";
import { seedSettings } from "./seed-settings.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());
await seedSettings(ui.management);

const integrations = "/p/web-shop/settings/integrations";

/** A chat that takes what it is sent, but for what is sent to `/broken`. */
const texts: string[] = [];
const chat = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    texts.push(Buffer.concat(chunks).toString());
    response.statusCode = request.url === "/broken" ? 500 : 200;
    response.end();
  });
});
beforeAll(async () => {
  await new Promise<void>((listening) => chat.listen(0, "127.0.0.1", listening));
});
afterAll(() => void chat.close());
function address(): string {
  const bound = chat.address();
  return `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
}

async function subscriptions(kind: string): Promise<readonly object[]> {
  const list = await ui.management.ask("GET", `/api/v2/integrations/${kind}`);
  return (list as { readonly items: readonly object[] }).items;
}

describe("the integrations", () => {
  it("are accessible, translated and fit", async () => {
    await using opened = await ui.open(`${integrations}?locale=pseudo`, { width: 390 });

    expect(await axeFindings(opened.page)).toEqual([]);
    expect(await hardCodedTexts(opened.page)).toEqual([]);
    expect(await overflow(opened.page)).toBe(0);
  });

  it("are added, tried, edited, paused and deleted", async () => {
    await using opened = await ui.open(integrations, { expected: [/400/u] });
    const { page } = opened;

    await page.getByRole("button", { name: "Add Slack" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Name").fill("#releases");
    await sheet.getByLabel("Address").fill("http://10.0.0.1/hook");
    await sheet.getByText("Flags and segments of one environment").click();
    expect(await axeFindings(page)).toEqual([]);
    await sheet.getByRole("button", { name: "Add Slack" }).click();
    await sheet.getByRole("alert").getByText("not on the public internet").waitFor();
    await sheet.getByLabel("Address").fill(`${address()}/hook`);
    await sheet.getByRole("button", { name: "Add Slack" }).click();
    await page.getByRole("heading", { level: 1, name: "#releases" }).waitFor();
    await page.getByText("production", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("The test arrived: 200.").waitFor();
    expect(texts.at(-1)).toContain("Test #releases");
    await page.getByRole("row").filter({ hasText: "delivered" }).waitFor();
    await page.getByRole("button", { name: "Send again" }).click();
    await page.getByRole("row").filter({ hasText: "delivered" }).nth(1).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole("button", { name: "Edit" }).click();
    await sheet.getByLabel("Address").fill(`${address()}/broken`);
    await sheet.getByText("Those of this project").click();
    await sheet.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("#releases is saved.").waitFor();
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("The test did not arrive").waitFor();
    await page.getByRole("row").filter({ hasText: "failed" }).waitFor();

    await page.getByRole("switch").click();
    await page.getByText("#releases is paused.").waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete integration" }).click();
    await page.getByText("#releases is deleted.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Integrations" }).waitFor();
    await page.getByRole("link", { name: "#releases", exact: true }).waitFor({ state: "detached" });
  });

  it("are added and paused by keyboard alone", async () => {
    await using opened = await ui.open(integrations);
    const { page } = opened;

    await tabTo(page, "Add Datadog");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Keys alone");
    await page.keyboard.press("Tab");
    await page.keyboard.type("0123456789");
    await page.keyboard.press("Tab");
    await page.keyboard.type(address());
    await tabTo(page, "Add Datadog");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Keys alone" }).waitFor();
    await tabTo(page, "Keys alone is told of changes");
    await page.keyboard.press("Space");
    await page.getByText("Keys alone is paused.").waitFor();

    expect(await subscriptions("datadog")).toContainEqual(
      expect.objectContaining({ name: "Keys alone", on: false }),
    );
  });

  it("tell a chat of a change as soon as it is made", async () => {
    const made = (await ui.management.ask("POST", "/api/v2/integrations/slack", {
      name: "Told",
      on: true,
      config: { url: `${address()}/hook` },
    })) as { readonly _id: string };
    await using opened = await ui.open(`${integrations}/slack/${made._id}`);
    const { page } = opened;
    await page.getByText("Nothing has been sent yet.").waitFor();

    await ui.management.instruct("web-shop", "checkout", "staging", [{ kind: "turnFlagOff" }]);
    await expect.poll(() => texts.at(-1)).toContain("Turn the flag off");
    await page.reload();

    await page.getByRole("row").filter({ hasText: "Turn the flag off" }).waitFor();
  });
});
