import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Fastify from "fastify";
import { expect, it } from "vitest";
import { Changes } from "../changes/changes.ts";
import { Feed } from "../changes/feed.ts";
import { openDatabase } from "../storage/database.ts";
import { errorHandler } from "./error-handler.ts";
import { answerRepeatedWrites } from "./idempotency.ts";

it("tells whoever asks again while the write is under way to come back", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  const db = await openDatabase(folder);
  const app = Fastify();
  app.setErrorHandler(errorHandler);
  answerRepeatedWrites(app, { db, changes: new Changes({ db, feed: new Feed(), now: Date.now }) });
  const entered = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  app.post("/", async () => {
    entered.resolve();
    await released.promise;
    return { done: true };
  });
  const ask = () =>
    app.inject({ method: "POST", url: "/", headers: { "idempotency-key": "k" }, payload: {} });

  const first = ask();
  await entered.promise;
  const second = await ask();
  released.resolve();
  const statuses = [(await first).statusCode, second.statusCode, (await ask()).statusCode];

  expect(statuses).toEqual([200, 409, 200]);
  await app.close();
  await db.destroy();
  await rm(folder, { recursive: true });
});
