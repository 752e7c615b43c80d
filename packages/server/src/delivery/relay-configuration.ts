import type { FastifyPluginAsync } from "fastify";
import type { Feed } from "../changes/feed.ts";
import {
  type Environment,
  listEnvironments,
  listFormerSdkKeys,
} from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { listProjects, type Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { EventSocket } from "./event-socket.ts";
import { eventText, frameOf } from "./frames.ts";
import { findRelay } from "./relay-queries.ts";

const heartbeatMs = 20_000;

/** Tells a relay which environments there are, and under which keys: now, and whenever that changes. */
export const relayConfigurationRoutes: FastifyPluginAsync<{
  db: Db;
  feed: Feed;
  now: () => number;
}> = async (app, { db, feed, now }) => {
  const open = new Set<() => void>();
  app.addHook("preClose", async () => {
    for (const close of open) close();
  });

  app.get("/relay_auto_config", async (request, reply) => {
    const key = request.headers.authorization ?? "";
    if ((await findRelay(db, key)) === undefined) {
      throw new DomainError(
        "unauthorized",
        "send the relay's configuration key in the Authorization header; an admin makes one",
      );
    }
    const first = await everything(db, now());
    reply.hijack();
    const socket = new EventSocket(request.raw, reply.raw, reply.getHeaders());
    const say = (text: string) => socket.write(frameOf(text));
    say(eventText("put", { path: "/", data: { environments: first, filters: {} } }));
    // The whole again, because it is small and changes seldom.
    const unsubscribe = feed.onNotice(({ resources }) => {
      if (!resources.some((resource) => /^proj\/[^:]*(:env\/[^:]*)?$/u.test(resource))) return;
      everything(db, now()).then(
        (environments) => say(eventText("put", { path: "/", data: { environments, filters: {} } })),
        (error: unknown) => {
          request.log.error(error);
          socket.destroy();
        },
      );
    });
    const beat = setInterval(() => say(":\n\n"), heartbeatMs);
    const close = () => socket.end();
    open.add(close);
    socket.onceGone(() => {
      unsubscribe();
      clearInterval(beat);
      open.delete(close);
    });
    return reply;
  });
};

async function everything(db: Db, now: number): Promise<Readonly<Record<string, object>>> {
  const found: Record<string, object> = {};
  for (const project of await listProjects(db)) {
    for (const environment of await listEnvironments(db, project.id)) {
      found[environment.id] = await environmentFor(db, { project, environment, now });
    }
  }
  return found;
}

async function environmentFor(
  db: Db,
  { project, environment, now }: { project: Project; environment: Environment; now: number },
): Promise<object> {
  const [former] = await listFormerSdkKeys(db, environment.id, now);
  return {
    envID: environment.id,
    envKey: environment.key,
    envName: environment.name,
    mobKey: environment.mobile_key,
    projKey: project.key,
    projName: project.name,
    sdkKey: {
      value: environment.sdk_key,
      expiring: { value: former?.secret ?? "", timestamp: former?.expires_at ?? 0 },
    },
    defaultTtl: environment.default_ttl,
    secureMode: environment.secure_mode === 1,
    // Grows with every message; a relay takes what has a higher one.
    version: now,
  };
}
