import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { afterEach, beforeEach, expect, it } from "vitest";
import { settingsOf } from "../environments/environment.ts";
import { flagDefaultsOf } from "../projects/flag-defaults.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import { findMembershipsOf } from "../segments/big-segment-queries.ts";
import { openDatabase } from "./database.ts";
import { migrations } from "./migrations.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A store as it was before the migration of a number, with what the statement puts into it. */
async function storeBefore(number: string, ...statements: readonly string[]): Promise<void> {
  const database = new Sqlite(path.join(folder, "halyard.sqlite"));
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const earlier = Object.entries(migrations).filter(([name]) => name < number);
  const provider = { getMigrations: async () => Object.fromEntries(earlier) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  for (const statement of statements) await sql.raw(statement).execute(db);
  await db.destroy();
}

it("gives projects and environments of before settings that change nothing for them", async () => {
  await storeBefore(
    "0011",
    "insert into project values ('p', 'shop', 'Shop', '[]', 7, 0)",
    `insert into environment (id, project_id, key, name, color, epoch, version, sdk_key, mobile_key,
       critical, created_at) values ('e', 'p', 'live', 'Live', '417505', 'x', 0, 's', 'm', 1, 7)`,
  );

  const db = await openDatabase(folder);
  const { project, environment } = await getEnvironment(db, "shop", "live");
  const kinds = await db.selectFrom("context_kind").select(["project_id", "key"]).execute();
  await db.destroy();

  expect(settingsOf(environment)).toMatchObject({
    critical: true,
    confirmChanges: true,
    requireComments: false,
    defaultTtl: 0,
    tags: [],
  });
  expect(flagDefaultsOf(project)).toMatchObject({ temporary: true, tags: [] });
  expect(kinds).toEqual([{ project_id: "p", key: "user" }]);
});

it("keeps who is in big segments of before, in their first generation", async () => {
  await storeBefore(
    "0013",
    "insert into project (id, key, name, tags, created_at, version) values ('p', 's', 'S', '[]', 7, 0)",
    `insert into environment (id, project_id, key, name, color, epoch, version, sdk_key, mobile_key,
       critical, created_at) values ('e', 'p', 'live', 'Live', '417505', 'x', 0, 's', 'm', 1, 7)`,
    "insert into segment values ('e', 'big', 1, 7, 7, '{}')",
    "insert into big_segment_member values ('e', 'big', 'ada', 1, 0)",
  );

  const db = await openDatabase(folder);
  const members = await findMembershipsOf(db, "e", "ada");
  await db.deleteFrom("segment").execute();
  const left = await findMembershipsOf(db, "e", "ada");
  await db.destroy();

  expect([members, left]).toEqual([{ "big.g1": true }, {}]);
});
