import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import {
  bar,
  everyoneElse,
  give,
  idOf,
  newFlag,
  patience,
  save,
  served,
  sheet,
  targeting,
} from "./drafting.ts";
import { focusOn, tabTo } from "./keyboard.ts";
import { AdminUi, axeFindings } from "./page.ts";

const ui = await AdminUi.start();
const { management } = ui;
afterAll(() => ui[Symbol.asyncDispose]());

describe("two people who change a flag at once", () => {
  it("lose nothing where they change different parts, whoever saves first", async () => {
    const key = await newFlag(management);
    await using one = await ui.open(targeting(key, "development"));
    await using two = await ui.open(targeting(key, "development"));
    await give(one.page, "Everyone else", "new");
    await give(two.page, "When off", "new");
    await save(one.page);
    await bar(two.page).getByText("your edit still fits").waitFor();
    await save(two.page);
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["new", "new"]);
    await everyoneElse(two.page).getByText("new", { exact: true }).waitFor();
  });

  it("are asked whose it shall be where they change the same part", async () => {
    const key = await newFlag(management);
    await using one = await ui.open(targeting(key, "development"));
    await using two = await ui.open(targeting(key, "development"));
    await give(one.page, "Everyone else", "new");
    await give(two.page, "Everyone else", "other");
    await give(two.page, "When off", "old");
    await save(one.page);

    const asked = everyoneElse(two.page).getByRole("region", {
      name: "Somebody changed the same meanwhile",
    });
    await asked.getByText("gets other", { exact: true }).waitFor();
    await asked.getByText("gets new", { exact: true }).waitFor();
    expect(await axeFindings(two.page)).toEqual([]);
    expect(
      await two.page.getByRole("button", { name: "Review & save" }).getAttribute("aria-disabled"),
    ).toBe("true");
    await asked.getByRole("button", { name: "Take theirs" }).click();
    await asked.waitFor({ state: "detached" });
    await save(two.page);
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["new", "old"]);
  }, 60_000);

  it("are asked at the rule and at the individuals, and choose by keys alone", async () => {
    const key = await newFlag(management);
    const [old, other] = [await idOf(management, key, "old"), await idOf(management, key, "other")];
    const ruleId = randomUUID();
    await management.instruct("web-shop", key, "development", [
      { kind: "addRule", ruleId, clauses: [], variationId: old },
    ]);
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    const rule = page.locator(`[data-rule="${ruleId}"]`);
    await rule.getByRole("button", { name: /^What they get/u }).click();
    await page.getByRole("menuitem", { name: "new" }).click();
    await page.getByRole("button", { name: /^Individuals/u }).click();
    await page.getByRole("combobox", { name: "Keys of user that get new" }).fill("ada");
    await page.keyboard.press("Enter");
    await bar(page).getByText("2 changes").waitFor();
    await management.instruct("web-shop", key, "development", [
      { kind: "updateRuleVariationOrRollout", ruleId, variationId: other },
      { kind: "addTargets", variationId: other, contextKind: "user", values: ["ada"] },
    ]);

    const title = "Somebody changed the same meanwhile";
    await rule.getByRole("region", { name: title }).waitFor();
    const card = page.getByRole("region", { name: "Individuals" });
    await card.getByRole("region", { name: title }).waitFor();
    await tabTo(page, "Decide");
    await page.keyboard.press("Enter");
    // Mine cannot be kept where it cannot be done any more.
    await focusOn(page, "Take theirs");
    await page.keyboard.press("Enter");
    await card.getByRole("region", { name: title }).waitFor({ state: "detached" });
    await tabTo(page, "Keep mine");
    await page.keyboard.press("Enter");
    await rule.getByRole("region", { name: title }).waitFor({ state: "detached" });
    await save(page);

    const found = JSON.stringify(
      await management.ask("GET", `/api/v2/flags/web-shop/${key}?env=development`),
    );
    expect(found).toContain('"variation":2,"values":["ada"]');
    expect(found).toMatch(/"clauses":\[\][^{}]*"variation":1|"variation":1[^{}]*"clauses":\[\]/u);
  }, 60_000);

  it("keep what was typed when the link is lost meanwhile, and save it when it is back", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"), {
      expected: [/WebSocket/u, /ERR_/u],
    });
    const { page } = opened;
    await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
    await give(page, "When off", "new");
    await page.context().setOffline(true);
    await management.instruct("web-shop", key, "development", [
      {
        kind: "updateFallthroughVariationOrRollout",
        variationId: await idOf(management, key, "new"),
      },
    ]);
    await page.context().setOffline(false);
    await everyoneElse(page).getByText("new", { exact: true }).waitFor();
    await save(page);
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["new", "new"]);
  });
});

describe("a change by a script", () => {
  it("shows in an open page within a second, and is told", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
    await everyoneElse(page).waitFor();
    const variationId = await idOf(management, key, "new");
    await management.instruct("web-shop", key, "development", [
      { kind: "updateFallthroughVariationOrRollout", variationId },
    ]);
    await everyoneElse(page).getByText("new", { exact: true }).waitFor({ timeout: 1_000 });
    await page.getByText(/changed draft-\d+ in development: Change the default/u).waitFor();
  });

  it("that archives the flag keeps the draft, which restores it and is saved", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"));
    const { page } = opened;
    await give(page, "Everyone else", "new");
    await management.instruct("web-shop", key, "development", [{ kind: "archiveFlag" }]);
    await page.getByRole("button", { name: "Restore flag and save" }).click();
    await sheet(page).getByRole("button", { name: "Save changes" }).click();
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["new", "other"]);
  });

  it("that deletes the flag keeps what is shown and the draft, which can be saved once it is back", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"), { expected: [/404/u] });
    const { page } = opened;
    await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
    await give(page, "Everyone else", "new");
    await bar(page).waitFor();
    await management.ask("DELETE", `/api/v2/flags/web-shop/${key}`);

    await page.getByText("This flag has been deleted. You see it as it was.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const review = page.getByRole("button", { name: "Review & save" });
    expect(await review.getAttribute("aria-disabled")).toBe("true");
    await tabTo(page, "Restore flag and save");
    await page.keyboard.press("Enter");
    await sheet(page).getByRole("button", { name: "Save changes" }).click();
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["new", "other"]);
  });
});
