import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, expect, it } from "vitest";
import { killed, prepare, startOn, statesOf } from "../testing/pending-work.ts";

let now = Date.parse("2026-11-01T00:00:00Z");
const start = (folder: string) => startOn(folder, () => now);
const base = await mkdtemp(path.join(tmpdir(), "halyard-"));
afterAll(() => rm(base, { recursive: true, force: true }));

// Whether it is on, and how many targets it has: scheduled, approved, triggered, staged, expiring, and the segment.
const asWaiting = [
  [false, 0],
  [false, 0],
  [false, 0],
  [false, 0],
  [false, 1],
  [false, 1],
];
const asDone = [
  [true, 0],
  [true, 0],
  [true, 0],
  [true, 0],
  [false, 0],
  [false, 0],
];

it("does what was to be done once, wherever the server is killed in between", async () => {
  const at = now + 60_000;
  const first = await start(path.join(base, "first"));
  const trigger = await prepare(first, at);
  const waiting = await statesOf(first);
  const before = await killed(path.join(base, "first"), "before");
  await first.close();

  now = at;
  const second = await start(before);
  await second.runDueWork();
  const called = await second.app.inject({ method: "POST", url: trigger, payload: {} });
  const done = await statesOf(second);
  const after = await killed(before, "after");
  await second.close();

  now = at + 60_000;
  const third = await start(after);
  await third.runDueWork();
  const still = await statesOf(third);
  await third.close();

  expect(called.statusCode).toBe(200);
  expect(waiting.map(({ on, targets }) => [on, targets])).toEqual(asWaiting);
  expect(done.map(({ on, targets }) => [on, targets])).toEqual(asDone);
  // Not even an attempt at doing it again leaves a trace.
  expect(still).toEqual(done);
});

it("leaves nothing of what it could not mark as done, and does it once after the next start", async () => {
  const at = now + 60_000;
  const folder = path.join(base, "torn");
  const first = await start(folder);
  const trigger = await prepare(first, at);
  const waiting = await statesOf(first);
  const marks = ["scheduled_change", "approval_request", "workflow", "trigger"];
  for (const mark of marks) {
    const body = sql`begin select raise(abort, 'the server ends here'); end`;
    const name = sql.ref(`torn_${mark}`);
    await sql`create trigger ${name} before insert on ${sql.table(mark)} ${body}`.execute(first.db);
  }

  now = at;
  await first.runDueWork();
  const refused = await first.app.inject({ method: "POST", url: trigger, payload: {} });
  const torn = await statesOf(first);
  for (const mark of marks) await sql`drop trigger ${sql.ref(`torn_${mark}`)}`.execute(first.db);
  const image = await killed(folder, "torn-image");
  await first.close();
  const second = await start(image);
  await second.runDueWork();
  await second.runDueWork();
  const called = await second.app.inject({ method: "POST", url: trigger, payload: {} });
  const done = await statesOf(second);
  await second.close();

  expect([refused.statusCode, called.statusCode]).toEqual([500, 200]);
  // Ends of targets are marked by the change itself: they are done already.
  expect(torn.slice(0, 4)).toEqual(waiting.slice(0, 4));
  expect(done.map(({ on, targets }) => [on, targets])).toEqual(asDone);
  const steps = done.map(({ version }, index) => version - (waiting[index]?.version ?? 0));
  expect(steps).toEqual([1, 1, 1, 1, 1, 1]);
});
