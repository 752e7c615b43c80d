import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, it } from "vitest";
import { migrations } from "../migrations.ts";

it("fills the columns of flags that were made before", async () => {
  const sqlite = new Sqlite(":memory:");
  const db = new Kysely<never>({ dialect: new SqliteDialect({ database: sqlite }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  await migrator.migrateTo("0010-idempotency");
  sqlite.exec("insert into project values ('p', 'shop', 'Shop', '[]', 1, 0)");
  const insert = sqlite.prepare("insert into flag values ('p', ?, 1, 1, 9, ?, null)");
  const flag = {
    name: "Old",
    tags: ["a"],
    archived: false,
    deprecated: true,
    temporary: true,
    maintainerId: "ada",
    clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
  };
  const requiring = { prerequisites: [{ key: "base", variationId: "x" }] };
  insert.run("BIG", JSON.stringify({ ...flag, environments: { a: requiring, b: requiring } }));
  insert.run("gone", JSON.stringify({ ...flag, archived: true, environments: {} }));

  const { error } = await migrator.migrateToLatest();

  const rows = sqlite.prepare("select * from flag order by key").all();
  await db.destroy();
  expect(error).toBeUndefined();
  expect(rows).toMatchObject([
    {
      words: "big old",
      tags: '["a"]',
      state: "deprecated",
      temporary: 1,
      maintainer_id: "ada",
      maintainer_team_key: null,
      for_browsers: 1,
      for_mobiles: 0,
      requires: '["base"]',
      archived_at: null,
      deprecated_at: 9,
    },
    { state: "archived", requires: "[]", archived_at: 9 },
  ]);
});

it("finds a page of flags in an index, and reads no other row", () => {
  // What a list asks: narrowed, in the order of making, a page of keys.
  const plan = async () => {
    const sqlite = new Sqlite(":memory:");
    const db = new Kysely<never>({ dialect: new SqliteDialect({ database: sqlite }) });
    await new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
    }).migrateToLatest();
    const steps = sqlite
      .prepare(
        `explain query plan select key from flag where project_id = 'p'
         and state in ('live', 'deprecated') and instr(words, 'dark') > 0
         order by created_at, key limit 20`,
      )
      .all();
    await db.destroy();
    return JSON.stringify(steps);
  };

  return expect(plan()).resolves.toMatch(/USING COVERING INDEX flag_listed/u);
});
