import type { FastifyInstance } from "fastify";
import { hasToken, insertSetupLink, saveToken } from "./access/access-queries.ts";
import { hashSecret, newSecret } from "./access/password.ts";
import { buildApp } from "./app.ts";
import type { Changes } from "./changes/changes.ts";
import { openEngine, startWorks } from "./engine.ts";
import { newId } from "./environments/environment-key.ts";
import { ChangeMemory } from "./live/change-memory.ts";
import { LiveChannel } from "./live/live-channel.ts";
import { hasMember } from "./members/member-queries.ts";
import { createProject, isEmpty } from "./projects/creation.ts";
import { seedDemo } from "./projects/demo.ts";
import type { Settings } from "./settings.ts";
import type { Db } from "./storage/database.ts";

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
  const onError = (error: unknown): void => app.log.error(error);
  const engine = await openEngine(settings, now, onError);
  const { db, changes, delivery, intake, lastUse } = engine;
  const memory = new ChangeMemory(now());
  const app = buildApp({ ...settings, ...engine, newestChange: () => memory.seq });
  const live = new LiveChannel(app.server, { ...settings, ...engine, memory, onError });
  const setupToken = await prepare(db, changes, settings);
  const works = startWorks(engine, settings, onError);
  await app.listen({ port: settings.port, host: settings.host });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  const url = settings.baseUrl ?? `http://${settings.host}:${port}`;
  const close = async (): Promise<void> => {
    await works.close();
    live.close();
    await app.close();
    await lastUse.write();
    await intake.close();
    await db.destroy();
  };
  return {
    app,
    db,
    runDueWork: () => works.runDue(),
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
