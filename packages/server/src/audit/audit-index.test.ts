import { sql } from "kysely";
import { expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { indexOldChanges } from "./audit-index.ts";
import { findEntries } from "./audit-queries.ts";

const indexes = [
  "audit_entry",
  "audit_access",
  "audit_entry_access",
  "audit_project",
  "audit_thing",
];

it("finds changes from before there was an index, and from before rows said what they change", async () => {
  await using server = await TemporaryServer.start();
  const { db } = server.running;
  await server.ask("POST", "/api/v2/flags/default", { key: "checkout", name: "Checkout" });
  const whole = await findEntries(db, {}, { limit: 100 });
  for (const table of indexes) await sql.raw(`delete from ${table}`).execute(db);
  await sql`insert into audit_text (audit_text) values ('delete-all')`.execute(db);
  await sql`drop trigger change_is_not_updated`.execute(db);
  await sql`update change set resources = null, words = null, is_first = null`.execute(db);

  await indexOldChanges(db);

  const found = await findEntries(db, {}, { limit: 100 });
  expect(found.map(({ changeId }) => changeId)).toEqual(whole.map(({ changeId }) => changeId));
  expect(await findEntries(db, { text: "checkout" }, { limit: 5 })).toHaveLength(1);
  const spec = "spec=proj/default:env/*:flag/checkout";
  const { items } = (await server.ask("GET", `/api/v2/auditlog?${spec}`)).json();
  expect(items).toMatchObject([{ name: "Checkout", title: expect.stringContaining("created") }]);
});
