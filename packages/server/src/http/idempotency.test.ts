import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, expect, it } from "vitest";
import { Changes } from "../changes/changes.ts";
import { Feed } from "../changes/feed.ts";
import { openDatabase } from "../storage/database.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { errorHandler } from "./error-handler.ts";
import { answerRepeatedWrites } from "./idempotency.ts";
import { WriteAttempts } from "./write-attempts.ts";

const base = await mkdtemp(path.join(tmpdir(), "halyard-"));
afterAll(() => rm(base, { recursive: true, force: true }));
const actor = { kind: "system", id: "system", name: "A test" } as const;

interface Counting extends AsyncDisposable {
  readonly ask: () => Promise<number>;
  /** How often the write was done. */
  readonly count: () => Promise<number>;
}

/** A server whose only write is counted, and which does `then` before it answers. */
async function counting(folder: string, then: () => Promise<void>): Promise<Counting> {
  const db = await openDatabase(folder);
  const attempts = new WriteAttempts(Date.now);
  const alongside = attempts.mark.bind(attempts);
  const changes = new Changes({ db, feed: new Feed(), now: Date.now, alongside });
  const app: FastifyInstance = Fastify();
  app.setErrorHandler(errorHandler);
  answerRepeatedWrites(app, { db, changes, attempts });
  app.post("/", async () => {
    await changes.write(actor, (tx) =>
      tx
        .updateTable("account")
        .set((eb) => ({ version: eb("version", "+", 1) }))
        .execute(),
    );
    await then();
    return { done: true };
  });
  const headers = { "idempotency-key": "k" };
  return {
    ask: async () =>
      (await app.inject({ method: "POST", url: "/", headers, payload: {} })).statusCode,
    count: async () =>
      (await db.selectFrom("account").select("version").executeTakeFirstOrThrow()).version,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await db.destroy();
    },
  };
}

it("tells whoever asks again while the write is under way to come back", async () => {
  const entered = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await using server = await counting(path.join(base, "under-way"), () => {
    entered.resolve();
    return released.promise;
  });

  const first = server.ask();
  await entered.promise;
  const second = await server.ask();
  released.resolve();

  expect([await first, second, await server.ask()]).toEqual([200, 409, 200]);
});

it("does not do again what was done when the server was killed before it answered", async () => {
  const folder = path.join(base, "first");
  const image = path.join(base, "killed");
  await using first = await counting(folder, () =>
    cp(folder, image, { recursive: true, filter: (file) => !file.endsWith("halyard.lock") }),
  );
  const before = await first.count();
  const answered = await first.ask();
  await using second = await counting(image, () => Promise.resolve());
  const repeated = await second.ask();

  expect([answered, repeated]).toEqual([200, 409]);
  expect((await second.count()) - before).toBe(1);
});

it("lets be tried again what failed after a part of it was written", async () => {
  let failures = 1;
  await using server = await counting(path.join(base, "failing"), async () => {
    failures -= 1;
    if (failures >= 0) throw new Error("it was not to be");
  });

  expect([await server.ask(), await server.ask()]).toEqual([500, 200]);
});

it("says that a flag was made of which the answer was lost", async () => {
  await using server = await TemporaryServer.start();
  const { db } = server.running;
  await sql`create trigger lost before update on idempotency begin select raise(abort, 'lost'); end`.execute(
    db,
  );
  const headers = { "idempotency-key": "k" };
  const make = () =>
    server.ask("POST", "/api/v2/flags/default", { key: "once", name: "Once" }, headers);

  const first = await make();
  const again = await make();

  expect([first.statusCode, again.statusCode]).toEqual([500, 409]);
  expect(again.json().code).toBe("idempotent_answer_lost");
  expect((await server.ask("GET", "/api/v2/flags/default/once")).statusCode).toBe(200);
});
