import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FlagInstruction } from "@halyard/instructions";
import { newFlagConfiguration, newFlagState } from "@halyard/instructions";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Changes } from "../changes/changes.ts";
import { type ChangeNotice, Feed } from "../changes/feed.ts";
import { createProject } from "../projects/creation.ts";
import type { Project } from "../projects/project-queries.ts";
import { type Db, openDatabase } from "../storage/database.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { changeFlag, createFlag, decideFlag } from "./flag-changes.ts";
import { getFlag } from "./flag-queries.ts";
import { removeExpiredTargets } from "./target-expiry.ts";

const ada = { kind: "member", id: "1", name: "Ada" } as const;
let folder: string;
let db: Db;
let now = 1000;
let changes: Changes;
let notices: ChangeNotice[] = [];
let project: Project;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  db = await openDatabase(folder);
  const feed = new Feed();
  notices = [];
  feed.onNotice((notice) => notices.push(notice));
  changes = new Changes({ db, feed, now: () => now });
  project = await changes.write(ada, (tx, record) =>
    createProject(tx, record, { input: { key: "shop", name: "Shop" }, at: now }),
  );
  await changes.write(ada, async (tx, record) => {
    const variations = ["old", "new"].map((value) => ({ _id: value, value }));
    const flag = newFlagState({ key: "checkout", name: "Checkout", variations }, () => "id");
    if (flag === undefined) throw new Error("the flag has no defaults");
    const environments = { test: newFlagConfiguration(flag, "salt") };
    return createFlag(tx, record, { project, flag: { ...flag, environments }, at: now });
  });
});

afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

async function instruct(instructions: readonly FlagInstruction[]): Promise<void> {
  await changes.write(ada, async (tx, record) => {
    const { state: before } = await getFlag(tx, project, "checkout");
    const patch = { instructions, environmentKey: "test" };
    const after = await decideFlag(tx, project, before, patch);
    await changeFlag(tx, record, { project, before, after, patch, at: now });
  });
}

async function targets(): Promise<unknown> {
  return (await getFlag(db, project, "checkout")).state.environments["test"]?.targets;
}

it("takes a target off when its time has come, and not before", async () => {
  const all = { contextKind: "user", variationId: "new", values: ["ada", "grace"] };
  await instruct([
    { kind: "addTargets", ...all },
    { kind: "addExpiringTarget", contextKey: "ada", variationId: "new", value: 2000 },
  ]);

  now = 1999;
  await removeExpiredTargets(db, changes);
  expect(await targets()).toEqual([all]);

  now = 2000;
  await removeExpiredTargets(db, changes);
  expect(await targets()).toEqual([{ ...all, values: ["grace"] }]);
  expect(notices.at(-1)).toMatchObject({
    actor: { kind: "system", name: "Halyard's clock" },
    resources: ["proj/shop:env/test:flag/checkout"],
  });
});

it("is set, shown and refused over REST", async () => {
  await using server = await TemporaryServer.start();
  const flags = "/api/v2/flags/default";
  const { variations } = (await server.ask("POST", flags, { key: "beta", name: "Beta" })).json();
  const variationId = variations[0]._id;
  const url = `${flags}/beta/expiring-targets/test`;
  const patch = (instruction: object) => server.ask("PATCH", url, { instructions: [instruction] });
  const add = { kind: "addExpiringTarget", contextKey: "ada", contextKind: "user", variationId };
  const refused = await patch({ ...add, value: 2_000_000_000_000 });
  expect([refused.statusCode, refused.json().message]).toEqual([
    400,
    expect.stringContaining("use addTargets first"),
  ]);
  await server.ask("PATCH", `${flags}/beta`, {
    environmentKey: "test",
    instructions: [{ kind: "addTargets", values: ["ada"], variationId }],
  });

  await patch({ ...add, value: 2_000_000_000_000 });

  expect((await server.ask("GET", url)).json().items).toMatchObject([
    { contextKey: "ada", contextKind: "user", variationId, expirationDate: 2_000_000_000_000 },
  ]);
  expect((await patch({ kind: "turnFlagOn" })).json().message).toContain(
    "turnFlagOn is not about expiring targets",
  );
});

it("of a user can be said in the older words too", async () => {
  await using server = await TemporaryServer.start();
  const flags = "/api/v2/flags/default";
  const { variations } = (await server.ask("POST", flags, { key: "beta", name: "Beta" })).json();
  const variationId = variations[0]._id;
  const url = `${flags}/beta/expiring-user-targets/test`;
  const patch = async (instruction: object, query = "") =>
    (await server.ask("PATCH", url + query, { instructions: [instruction] })).json();
  await server.ask("PATCH", `${flags}/beta`, {
    environmentKey: "test",
    instructions: [{ kind: "addTargets", values: ["ada"], variationId }],
  });
  const of = { userKey: "ada", variationId };
  const add = { kind: "addExpireUserTargetDate", ...of, value: 2_000_000_000_000 };
  const change = { kind: "updateExpireUserTargetDate", ...of, value: 2_100_000_000_000 };
  const remove = { kind: "removeExpireUserTargetDate", ...of };

  // Whoever asks has been let in for the environment of the path.
  const elsewhere = await patch({ ...add, environmentKey: "production" });
  const dry = await patch(add, "?dryRun=true");
  const untouched = (await server.ask("GET", url)).json();
  const added = await patch(add);
  const changed = await patch(change);
  const removed = await patch(remove);

  const dates = [dry, untouched, added, changed, removed].map(({ items }) =>
    items.map(({ expirationDate }: { expirationDate: number }) => expirationDate),
  );
  expect(dates).toEqual([[2_000_000_000_000], [], [2_000_000_000_000], [2_100_000_000_000], []]);
  expect(elsewhere.message).toContain("leave environmentKey out");
  expect(added).toMatchObject({
    items: [{ userKey: "ada", variationId }],
    totalInstructions: 1,
    successfulInstructions: 1,
  });
});
