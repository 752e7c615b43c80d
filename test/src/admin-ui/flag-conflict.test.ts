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
  targeting,
} from "./drafting.ts";
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

    const asked = two.page.getByRole("region", { name: "Somebody changed the same meanwhile" });
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
  });

  it("keep what was typed when the link is lost meanwhile, and save it when it is back", async () => {
    const key = await newFlag(management);
    await using opened = await ui.open(targeting(key, "development"), {
      expected: [/WebSocket/u, /ERR_/u],
    });
    const { page } = opened;
    await page.getByText("Live", { exact: true }).waitFor();
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
    await page.getByText("Live", { exact: true }).waitFor();
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
    await page.getByRole("button", { name: "Restore the flag with the draft" }).click();
    await save(page);
    await expect
      .poll(() => served(management, key, "development"), patience)
      .toEqual(["new", "other"]);
  });
});
