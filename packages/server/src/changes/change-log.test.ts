import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createProject } from "../projects/creation.ts";
import { type Db, openDatabase } from "../storage/database.ts";
import { checkTails, firstBrokenVersion } from "./change-log.ts";
import { Changes } from "./changes.ts";
import { Feed } from "./feed.ts";

const ada = { kind: "member", id: "1", name: "Ada" } as const;
let folder: string;
let db: Db;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  db = await openDatabase(folder);
});

afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** Three changes of a project's settings; gives the id of their history. */
async function threeChanges(): Promise<string> {
  const changes = new Changes({ db, feed: new Feed(), now: () => 1 });
  return changes.write(ada, async (tx, record) => {
    const { id } = await createProject(tx, record, { input: { key: "shop", name: "Shop" }, at: 1 });
    return id;
  });
}

it("is whole as it was written", async () => {
  const history = await threeChanges();

  expect(await firstBrokenVersion(db, history)).toBeUndefined();
  expect(
    await db.selectFrom("change").select("version").where("history", "=", history).execute(),
  ).toHaveLength(3);
});

it("cannot be changed or cut through the store", async () => {
  await threeChanges();

  await expect(db.updateTable("change").set({ actor: "{}" }).execute()).rejects.toThrow(
    "append-only",
  );
  await expect(db.deleteFrom("change").execute()).rejects.toThrow("append-only");
});

it("names the first row that was tampered with behind its back", async () => {
  const history = await threeChanges();
  await sql`drop trigger change_is_not_updated`.execute(db);

  await db
    .updateTable("change")
    .set({ comment: "it was not me" })
    .where("version", "=", 2)
    .execute();

  expect(await firstBrokenVersion(db, history)).toBe(2);
});

it("is checked at the start, where its end was cut off or changed", async () => {
  const history = await threeChanges();
  await checkTails(db);
  await sql`drop trigger change_is_not_deleted`.execute(db);

  await db.deleteFrom("change").where("history", "=", history).where("version", "=", 3).execute();

  await expect(checkTails(db)).rejects.toThrow(`of ${history} is damaged at version 3`);
});

it("refuses a second server on the same folder, and says whose it is", async () => {
  await expect(openDatabase(folder)).rejects.toThrow("set HALYARD_DATA to another folder");
});

it("takes over a folder whose server was killed, also where it had the same process id", async () => {
  await db.destroy();
  await writeFile(path.join(folder, "halyard.lock"), `${process.pid} 1`);

  db = await openDatabase(folder);

  expect(await db.selectFrom("project").selectAll().execute()).toEqual([]);
});
