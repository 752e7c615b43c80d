import Fastify, { type FastifyInstance } from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { accessRoutes } from "./access/access-routes.ts";
import { authenticate, refuseForeignOrigin } from "./access/authentication.ts";
import { admitListedAddresses } from "./access/ip-admission.ts";
import { guardRoutes } from "./access/route-access.ts";
import { secondFactorRoutes } from "./access/second-factor-routes.ts";
import { sessionRoutes } from "./access/session-routes.ts";
import { SignInAttempts } from "./access/sign-in-attempts.ts";
import type { AppParts } from "./app-parts.ts";
import type { Actor } from "./changes/feed.ts";
import { clientRoutes } from "./delivery/client-routes.ts";
import { deliveryRoutes } from "./delivery/delivery-routes.ts";
import { FailedConnects } from "./delivery/failed-connects.ts";
import { relayConfigurationRoutes } from "./delivery/relay-configuration.ts";
import { DomainError } from "./errors.ts";
import { eventRoutes } from "./events/event-routes.ts";
import { serveAdminUi } from "./http/admin-ui.ts";
import { errorHandler } from "./http/error-handler.ts";
import { answerRepeatedWrites } from "./http/idempotency.ts";
import { readJsonBodies, readManagementBodies } from "./http/json-body.ts";
import { listWholeForOlderVersions } from "./http/older-versions.ts";
import { describeApi } from "./http/open-api.ts";
import { limitRates, limitSignIns } from "./http/rate-limit.ts";
import { newRequestId, originOf, sayApiVersion, sayRequestIds } from "./http/request-headers.ts";
import { rootRoutes } from "./http/root-routes.ts";
import { noteRouteMethods } from "./http/route-methods.ts";
import { registerManagement } from "./management.ts";
import { scimDiscoveryRoutes } from "./scim/scim-discovery-routes.ts";
import { scimErrorHandler, scimJson } from "./scim/scim-error.ts";
import { scimGroupRoutes } from "./scim/scim-group-routes.ts";
import { scimUserRoutes } from "./scim/scim-user-routes.ts";
import { ssoRoutes } from "./sso/sso-routes.ts";
import { triggerCallRoutes } from "./triggers/trigger-call-routes.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set before any route of the management API runs. */
    actor: Actor;
  }
}

const bodyLimitBytes = 2 ** 20;
/** Browsers send their context in the path. */
const longestParameter = 16 * 1024;

/** Wires the parts together. Everything with a life of its own comes in from outside. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { db, feed, changes, delivery, intake, now } = parts;
  const app = newApp(parts);
  app.setErrorHandler(errorHandler);
  const methodsOf = noteRouteMethods(app);
  sayRequestIds(app);
  describeApi(app);
  app.removeContentTypeParser("application/json");
  readJsonBodies(app, "application/json");
  app.addHttpMethod("REPORT", { hasBody: true });
  app.addHook("preClose", () => delivery.close());

  answerProbes(app, parts);
  limitSignIns(app, now);
  app.register(rootRoutes);
  app.register((entrance) => enterBy(entrance, parts));
  const failedConnects = new FailedConnects({ db, now });
  app.register(async (sdks) => {
    failedConnects.watch(sdks);
    await sdks.register(deliveryRoutes, { db, delivery, now });
    await sdks.register(clientRoutes, { db, delivery, now });
    await sdks.register(eventRoutes, { db, intake, sdks: delivery.sdks, now });
  });
  app.register(relayConfigurationRoutes, { db, feed, now });
  app.register(triggerCallRoutes, { db, changes, now });
  app.decorate("managementRoutes", []);
  app.register(async (management) => {
    readManagementBodies(management);
    sayApiVersion(management);
    listWholeForOlderVersions(management);
    knowCallers(management, parts);
    sayNewestChange(management, parts);
    answerRepeatedWrites(management, parts);
    await registerManagement(management, { ...parts, failedConnects });
  });
  app.register((scim) => provision(scim, parts));
  app.register(async (ui) => {
    admitListedAddresses(ui, db);
    serveAdminUi(ui, methodsOf);
  });
  return app;
}

/** Says of each request who asks, and checks what they may. */
function knowCallers(app: FastifyInstance, parts: AppParts): void {
  const { db, now, lastUse } = parts;
  admitListedAddresses(app, db);
  limitRates(app, { perSecond: parts.requestsPerSecond, now });
  app.addHook("onRequest", async (request) => {
    const { actor, ...rights } = await authenticate(db, request, now());
    request.actor = { ...actor, origin: originOf(request) };
    request.principal = { ...rights, actor: request.actor };
    lastUse.note(request.principal);
  });
  guardRoutes(app, db);
}

/** A page that has read something can ask the live channel what has changed since. */
function sayNewestChange(app: FastifyInstance, { newestChange }: AppParts): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("x-change-seq", newestChange());
  });
}

/** Members and teams as a directory sends them: SCIM 2.0, for service tokens. */
async function provision(app: FastifyInstance, parts: AppParts): Promise<void> {
  readJsonBodies(app, "application/scim+json");
  app.setErrorHandler(scimErrorHandler);
  knowCallers(app, parts);
  app.addHook("onRequest", async (request, reply) => {
    reply.type(scimJson);
    if (request.principal.credential?.kind === "token" && request.principal.memberId === undefined)
      return;
    throw new DomainError("forbidden", "SCIM is for service tokens; make one that may manageScim");
  });
  const { db, changes } = parts;
  await app.register(scimDiscoveryRoutes);
  await app.register(scimUserRoutes, { db, changes });
  await app.register(scimGroupRoutes, { db, changes });
}

/** How people come in, prove who they are, and go. */
async function enterBy(app: FastifyInstance, parts: AppParts): Promise<void> {
  const { db, changes, now, baseUrl } = parts;
  admitListedAddresses(app, db);
  app.addHook("onRequest", async (request) => refuseForeignOrigin(request));
  const isSecure = baseUrl?.startsWith("https:") === true;
  const session = { db, changes, isSecure, attempts: new SignInAttempts(now) };
  await app.register(accessRoutes, session);
  await app.register(sessionRoutes, session);
  await app.register(secondFactorRoutes, session);
  await app.register(ssoRoutes, { db, changes, isSecure, baseUrl, sso: parts.sso });
}

function newApp({ logLevel, trustedProxies }: AppParts) {
  const app = Fastify({
    logger: { level: logLevel },
    bodyLimit: bodyLimitBytes,
    genReqId: newRequestId,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    routerOptions: { maxParamLength: longestParameter },
    frameworkErrors: (error, request, reply) => void errorHandler(error, request, reply),
    // A HEAD of a stream would never end.
    exposeHeadRoutes: false,
    // SDKs on open streams must not keep the server from closing.
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  return app;
}

/** Whether the server lives, and whether it can be asked, for whoever supervises it. */
function answerProbes(app: FastifyInstance, { db, delivery }: AppParts): void {
  app.get("/healthz", () => ({ status: "alive" }));
  app.get("/readyz", async () => {
    if (delivery.isDraining) throw new DomainError("unavailable", "the server is being stopped");
    await db.selectFrom("project").select("id").limit(1).execute();
    return { status: "ready" };
  });
}
