import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { findContextSetting } from "../contexts/context-setting-queries.ts";
import type { ConnectedSdks } from "../delivery/connected-sdks.ts";
import { allowAnyOrigin } from "../delivery/cors.ts";
import { type Admitted, admitById, admitByKey, type Door } from "../delivery/credentials.ts";
import { originOf } from "../delivery/stream-origin.ts";
import type { Db } from "../storage/database.ts";
import { inflatedLimitBytes } from "./batch.ts";
import type { EventIntake } from "./event-intake.ts";

export interface EventParts {
  readonly db: Db;
  readonly intake: EventIntake;
  readonly sdks: ConnectedSdks;
  readonly now: () => number;
}

const keyPaths: readonly (readonly [string, Door])[] = [
  ["/bulk", "server"],
  ["/diagnostic", "server"],
  ["/mobile", "mobile"],
  ["/mobile/events", "mobile"],
  ["/mobile/events/bulk", "mobile"],
  ["/mobile/events/diagnostic", "mobile"],
];
/** One transparent pixel. */
const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** Where SDKs report what they evaluated and saw. The answer comes when it is durable. */
export const eventRoutes: FastifyPluginAsync<EventParts> = async (app, parts) => {
  const { db, now } = parts;
  allowAnyOrigin(app, ["/events/*", "/a/*", "/mobile", "/mobile/*"]);
  // Whatever the body is, the SDK must not be told to stop: what cannot be read is not counted.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "*",
    { parseAs: "buffer", bodyLimit: inflatedLimitBytes },
    (_, body, done) => {
      done(null, body);
    },
  );

  for (const [path, door] of keyPaths) {
    app.post(path, { bodyLimit: inflatedLimitBytes }, async (request, reply) => {
      await keep(parts, await admitByKey(db, door, request, now()), request);
      return reply.code(202).send();
    });
  }

  for (const path of ["/events/bulk/:env", "/events/diagnostic/:env"]) {
    app.post<{ Params: { env: string } }>(
      path,
      { bodyLimit: inflatedLimitBytes },
      async (request, reply) => {
        await keep(parts, await admitById(db, request.params.env), request);
        return reply.code(202).send();
      },
    );
  }

  app.get<{ Params: { env: string }; Querystring: { d?: string } }>(
    "/a/:env.gif",
    async (request, reply) => {
      const { environment } = await admitById(db, request.params.env);
      const bytes = Buffer.from(request.query.d ?? "", "base64url");
      const { isKept } = await findContextSetting(db, environment.id);
      const batch = { environmentId: environment.id, isGzip: false, receivedAt: now(), bytes };
      await parts.intake.keep({ ...batch, keepsContexts: isKept });
      return reply.type("image/gif").header("cache-control", "no-store").send(gif);
    },
  );
};

async function keep(
  { db, intake, sdks, now }: EventParts,
  { environment, credential }: Admitted,
  request: FastifyRequest,
): Promise<void> {
  const { headers, body } = request;
  const origin = originOf(request, credential);
  const payloadId = headers["x-launchdarkly-payload-id"];
  const applicationId = applicationIn(headers["x-launchdarkly-tags"]);
  await intake.keep({
    environmentId: environment.id,
    sdk: origin.sdk,
    keepsContexts: (await findContextSetting(db, environment.id)).isKept,
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(typeof payloadId === "string" ? { payloadId } : {}),
    isGzip: headers["content-encoding"] === "gzip",
    receivedAt: now(),
    bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  });
  sdks.noteEvents(environment.id, origin, now());
}

/** Of tags such as `application-id/shop application-version/1`. */
function applicationIn(tags: string | string[] | undefined): string | undefined {
  const [tag] = [tags ?? ""]
    .flat()
    .join(" ")
    .split(/\s+/u)
    .filter((one) => one.startsWith(prefix));
  return tag?.slice(prefix.length);
}

const prefix = "application-id/";
