import type { FastifyPluginAsync } from "fastify";
import { compilePolicy, permits } from "../access/policy.ts";
import { resourcesAt } from "../access/resource-facts.ts";
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
import { findRelay, policyOf } from "./relay-queries.ts";

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
    const first = await configurationFor(db, key, now());
    if (first === undefined) {
      throw new DomainError(
        "unauthorized",
        "send the relay's configuration key in the Authorization header; an admin makes one",
      );
    }
    reply.hijack();
    const socket = new EventSocket(request.raw, reply.raw, reply.getHeaders());
    const say = (text: string) => socket.write(frameOf(text));
    say(eventText("put", first));
    /** Ends the stream of a key that is none any more. */
    const check = (tell: (configuration: object) => void): void => {
      configurationFor(db, key, now()).then(
        (configuration) => (configuration === undefined ? socket.end() : tell(configuration)),
        (error: unknown) => {
          request.log.error(error);
          socket.destroy();
        },
      );
    };
    // The whole again, because it is small and changes seldom.
    const unsubscribe = feed.onNotice(({ resources }) => {
      if (resources.some((resource) => concernsRelays.test(resource)))
        check((configuration) => say(eventText("put", configuration)));
    });
    const beat = setInterval(() => check(() => say(":\n\n")), heartbeatMs);
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

const concernsRelays = /^(proj\/[^:]*(:env\/[^:]*)?|relay-proxy-config\/.*)$/u;

/** What a relay is told; undefined where the key is none. */
async function configurationFor(db: Db, key: string, now: number): Promise<object | undefined> {
  const relay = await findRelay(db, key, now);
  if (relay === undefined) return undefined;
  const policy = compilePolicy(policyOf(relay));
  const environments: Record<string, object> = {};
  for (const project of await listProjects(db)) {
    for (const environment of await listEnvironments(db, project.id)) {
      const steps = [
        ["proj", project.key],
        ["env", environment.key],
      ] as const;
      const resources = await resourcesAt(db, steps, policy.asksForFacts);
      if (!resources.every((resource) => permits(policy, "viewEnvironment", resource))) continue;
      environments[environment.id] = await environmentFor(db, { project, environment, now });
    }
  }
  return { path: "/", data: { environments, filters: {} } };
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
