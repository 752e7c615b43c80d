import { sql } from "kysely";
import { afterAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { type AuditSearch, idsNewestFirst } from "./audit-queries.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const cursor = { at: 1_700_000_000_000, id: 5_000 };
const few = [{ id: 1, entries: 10 }];
const many = [{ id: 1, entries: 500_000 }];
const visible = { projectKeys: ["default"], isAccountSeen: false };

it.each<[string, AuditSearch]>([
  ["everything", {}],
  ["a time", { after: 1, before: 2 }],
  ["a text", { text: "checkout sale" }],
  ["a text in a time", { text: "checkout", after: 1, before: 2 }],
  ["a resource with few entries", { accesses: few }],
  ["a resource with many entries", { accesses: many }],
  ["a member", { memberId: "1" }],
  ["a way to act", { method: "token" }],
  ["what may be seen", { visible }],
])("finds entries by indexes, asked for %s", async (_, search) => {
  for (const behind of [undefined, cursor]) {
    const { rows } = await sql<{ detail: string }>`
      explain query plan ${idsNewestFirst(search, behind)} limit 20`.execute(server.running.db);

    const plan = rows.map(({ detail }) => detail);
    // Walking an index in the order that is asked for stops at the limit.
    const scans = plan.filter(
      (step) =>
        step.startsWith("SCAN") && !/USING (COVERING )?INDEX|VIRTUAL TABLE|json_each/u.test(step),
    );
    expect(scans, plan.join("\n")).toEqual([]);
    const sorts = plan.filter((step) => step.includes("TEMP B-TREE FOR ORDER BY"));
    expect(sorts, plan.join("\n")).toHaveLength(search.accesses === few ? 1 : 0);
  }
});
