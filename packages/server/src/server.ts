import type { FastifyInstance } from "fastify";
import { hasToken, insertSetupLink, saveToken } from "./access/access-queries.ts";
import { hashSecret, newSecret } from "./access/password.ts";
import { buildApp } from "./app.ts";
import { checkTails } from "./changes/change-log.ts";
import { Changes } from "./changes/changes.ts";
import { Feed } from "./changes/feed.ts";
import { Delivery } from "./delivery/delivery.ts";
import { requireComments } from "./environments/comment-rule.ts";
import { newId } from "./environments/environment-key.ts";
import { EventIntake } from "./events/event-intake.ts";
import { removeExpiredTargets } from "./flags/target-expiry.ts";
import { openLiveChannel } from "./live/live-channel.ts";
import { hasMember } from "./members/member-queries.ts";
import { createProject, isEmpty } from "./projects/creation.ts";
import { seedDemo } from "./projects/demo.ts";
import { DueWorker } from "./schedules/due-work.ts";
import { BigSegmentMirror } from "./segments/big-segment-mirror.ts";
import type { Settings } from "./settings.ts";
import { type Db, openDatabase } from "./storage/database.ts";

export interface RunningServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly db: Db;
  /** Does at once what is due, instead of within a second. */
  runDueWork(): Promise<void>;
  readonly url: string;
  /** The one-time link that makes whoever opens it the owner; undefined where there is one. */
  readonly welcomeLink: string | undefined;
  /** Lets the streams go one by one, while everything else is still answered. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

const system = { kind: "system", id: "system", name: "Halyard" } as const;

/** Opens the store, fills an empty one, and listens. */
export async function startServer(
  settings: Settings,
  now: () => number = Date.now,
): Promise<RunningServer> {
  const db = await openDatabase(settings.dataFolder);
  await checkTails(db).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const feed = new Feed();
  const delivery = new Delivery({ db, feed, now });
  const intake = new EventIntake(settings.dataFolder);
  const changes = new Changes({ db, feed, now, rules: [requireComments] });
  const { logLevel, redisUrl, requestsPerSecond } = settings;
  const app = buildApp({ db, feed, changes, delivery, intake, now, logLevel, requestsPerSecond });
  const closeLive = openLiveChannel(app.server, { db, feed, now });
  const onError = (error: unknown) => app.log.error(error);
  const mirror =
    redisUrl === undefined ? undefined : new BigSegmentMirror({ db, feed, url: redisUrl, onError });
  const setupToken = await prepare(db, changes, settings);
  const dueWorker = new DueWorker(
    [{ name: "taking expired targets off", run: () => removeExpiredTargets(db, changes) }],
    onError,
  );
  await app.listen({ port: settings.port, host: settings.host });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  const url = settings.baseUrl ?? `http://${settings.host}:${port}`;
  const close = async (): Promise<void> => {
    await dueWorker.close();
    closeLive();
    await app.close();
    await intake.close();
    await mirror?.close();
    await db.destroy();
  };
  return {
    app,
    db,
    runDueWork: () => dueWorker.runDue(),
    url,
    welcomeLink: setupToken === undefined ? undefined : `${url}/welcome?token=${setupToken}`,
    drain: () => delivery.drain(settings.drainMs),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Fills an empty store; gives the secret of a setup link while no person owns it. */
async function prepare(
  db: Db,
  changes: Changes,
  { seed, bootstrapToken }: Settings,
): Promise<string | undefined> {
  if (await isEmpty(db)) {
    if (seed === "demo") await seedDemo(changes);
    else {
      const input = { key: "default", name: "Default" };
      await changes.write(system, (tx, record) =>
        createProject(tx, record, { input, at: changes.now }),
      );
    }
  }
  if (await hasMember(db)) return undefined;
  const isFirstStart = !(await hasToken(db));
  return changes.write(system, async (tx) => {
    if (bootstrapToken !== undefined && isFirstStart) {
      await saveToken(tx, {
        id: newId(),
        hash: hashSecret(bootstrapToken),
        name: "bootstrap token",
        role: "owner",
        member_id: null,
        created_at: changes.now,
        ending: bootstrapToken.slice(-4),
        service: 1,
        description: "",
        policy: null,
        custom_roles: "[]",
        updated_at: changes.now,
        last_used_at: 0,
        expires_at: null,
        default_api_version: 20_240_415,
      });
    }
    const secret = newSecret();
    await insertSetupLink(tx, hashSecret(secret), changes.now);
    return secret;
  });
}
