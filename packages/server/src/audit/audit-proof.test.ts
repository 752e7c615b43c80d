import { stat } from "node:fs/promises";
import { sql } from "kysely";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import type { AuditVerification } from "./audit-verification.ts";

let now = 1_700_000_000_000;
let server: TemporaryServer;

beforeEach(async () => {
  server = await TemporaryServer.start({ now: () => now });
  onTestFinished(() => server[Symbol.asyncDispose]());
  await server.running.runDueWork();
});

async function anotherFlag(key: string): Promise<void> {
  expect((await server.ask("POST", "/api/v2/flags/default", { key, name: key })).statusCode).toBe(
    201,
  );
}

async function verify(body: object = {}): Promise<AuditVerification> {
  const answer = await server.ask("POST", "/api/v2/audit/verification", body);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

/** As somebody would who has the database in hand. */
async function tamper(statement: string): Promise<void> {
  const { db } = server.running;
  for (const trigger of ["change_is_not_updated", "change_is_not_deleted"]) {
    await sql.raw(`drop trigger if exists ${trigger}`).execute(db);
  }
  await sql.raw(statement).execute(db);
}

async function testEnvironment(): Promise<{ id: string; version: number }> {
  return server.running.db
    .selectFrom("environment")
    .select(["id", "version"])
    .where("key", "=", "test")
    .executeTakeFirstOrThrow();
}

describe("the audit log", () => {
  it("is whole as it was written, and signed within the hour", async () => {
    await anotherFlag("one");
    await server.running.runDueWork();
    const before = (await verify()).checkpoints;
    now += 3_600_000;
    await server.running.runDueWork();

    expect(await verify()).toMatchObject({ isWhole: true, checkpoints: before + 1, problems: [] });
  });

  it("names the first row that is not what was written", async () => {
    await anotherFlag("one");
    await anotherFlag("two");
    const { id, version } = await testEnvironment();

    await tamper(
      `update change set comment = 'never' where history = '${id}' and version = ${version - 1}`,
    );

    expect((await verify()).problems).toMatchObject([{ history: id, version: version - 1 }]);
  });

  it("shows by its checkpoints that the end of a history was cut off, even where its version was set back", async () => {
    await anotherFlag("one");
    now += 3_600_000;
    await server.running.runDueWork();
    const { id, version } = await testEnvironment();

    await tamper(`delete from change where history = '${id}' and version = ${version}`);
    await tamper(`update environment set version = ${version - 1} where id = '${id}'`);

    expect((await verify()).problems).toMatchObject([
      { history: id, version, message: expect.stringContaining("cut off") },
    ]);
  });

  it("is held against a checkpoint that was kept elsewhere, also where all of its own are gone", async () => {
    await anotherFlag("one");
    now += 3_600_000;
    await server.running.runDueWork();
    const kept = (await server.ask("GET", "/api/v2/audit/checkpoint")).json();
    expect(kept.publicKey).toContain("BEGIN PUBLIC KEY");
    const { id, version } = await testEnvironment();
    await tamper("drop trigger audit_checkpoint_is_not_deleted");
    await tamper("delete from audit_checkpoint");
    await tamper(`delete from change where history = '${id}' and version = ${version}`);
    await tamper(`update environment set version = ${version - 1} where id = '${id}'`);

    expect((await verify()).isWhole).toBe(true);
    expect((await verify({ checkpoint: kept })).problems).toMatchObject([{ history: id, version }]);
    const forged = { ...kept, statement: kept.statement.replace('"id":', '"id": ') };
    expect((await verify({ checkpoint: forged })).problems[0]?.message).toContain("not signed");
  });

  it("is signed again after a thousand entries", async () => {
    const before = (await verify()).checkpoints;
    await sql`insert into audit_entry (change_id, history, version, at, method)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000)
      select 'made-' || i, 'none', 1, 1, 'system' from n`.execute(server.running.db);

    await server.running.runDueWork();

    expect((await verify()).checkpoints).toBe(before + 1);
  });

  it("keeps the key for its owner's eyes", async () => {
    const { mode } = await stat(server.fileOf("audit-signing-key.pem"));

    expect(mode & 0o777).toBe(0o600);
  });

  it("is exported as JSON lines, of what the caller may see", async () => {
    await anotherFlag("one");
    const inlineRole = [{ effect: "deny", actions: ["view*"], resources: ["acct"] }];
    const { token } = await newToken(server, { inlineRole });
    const url = `${server.url}/api/v2/audit/export`;
    const read = async (authorization: string) =>
      (await (await fetch(url, { headers: { authorization } })).text())
        .split("\n")
        .filter((line) => line !== "")
        .map((line): { name: string; kind: string } => JSON.parse(line));

    const [all, some] = [await read(TemporaryServer.ownerToken), await read(token)];

    expect(all.at(-1)).toMatchObject({ kind: "token" });
    expect(some.at(-1)).toMatchObject({ kind: "flag", name: "one" });
    const refused = await server.ask("POST", "/api/v2/audit/verification", {}, token);
    expect(refused.statusCode).toBe(403);
  });
});
