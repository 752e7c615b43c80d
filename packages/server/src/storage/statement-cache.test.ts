import Sqlite from "better-sqlite3";
import { expect, it } from "vitest";
import { StatementCache } from "./statement-cache.ts";

it("prepares a statement once, until hundreds of others were asked for since", () => {
  const cache = new StatementCache(new Sqlite(":memory:"));
  const one = cache.prepare("select 1 as number");

  const again = cache.prepare("select 1 as number");
  for (let other = 0; other < 499; other += 1) cache.prepare(`select ${other} as other`);
  const still = cache.prepare("select 1 as number");
  for (let other = 0; other < 500; other += 1) cache.prepare(`select ${other} as another`);
  const anew = cache.prepare("select 1 as number");

  expect([again === one, still === one, anew === one]).toEqual([true, true, false]);
  expect(anew.all([])).toEqual([{ number: 1 }]);
  cache.close();
});

it("answers with what is there now, not what was there when it was prepared", () => {
  const cache = new StatementCache(new Sqlite(":memory:"));
  cache.prepare("create table flag (key text)").run([]);
  const keys = () => cache.prepare("select key from flag where key > ?").all(["b"]);
  const before = keys();

  cache.prepare("insert into flag values ('a'), ('c')").run([]);

  expect([before, keys()]).toEqual([[], [{ key: "c" }]]);
  cache.close();
});
