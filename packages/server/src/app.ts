import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import Fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyReply } from "fastify";
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import { accessCheckRoutes } from "./access/access-check-routes.ts";
import { accessRoutes } from "./access/access-routes.ts";
import { authenticate, refuseForeignOrigin } from "./access/authentication.ts";
import { callerRoutes } from "./access/caller-routes.ts";
import { admitListedAddresses } from "./access/ip-admission.ts";
import { ipAllowListRoutes } from "./access/ip-allow-list-routes.ts";
import { guardRoutes } from "./access/route-access.ts";
import { secondFactorRoutes } from "./access/second-factor-routes.ts";
import { securityRoutes } from "./access/security-routes.ts";
import { sessionRoutes } from "./access/session-routes.ts";
import { SignInAttempts } from "./access/sign-in-attempts.ts";
import { tokenRoutes } from "./access/token-routes.ts";
import { announcementRoutes } from "./announcements/announcement-routes.ts";
import { approvalRoutes } from "./approvals/approval-routes.ts";
import { approvalSettingsRoutes } from "./approvals/approval-settings-routes.ts";
import { flagApprovalRoutes } from "./approvals/flag-approval-routes.ts";
import { auditProofRoutes } from "./audit/audit-proof-routes.ts";
import { auditRoutes } from "./audit/audit-routes.ts";
import type { Actor } from "./changes/feed.ts";
import { cleanupRoutes } from "./cleanup/cleanup-routes.ts";
import { branchRoutes } from "./code-references/branch-routes.ts";
import { repositoryRoutes } from "./code-references/repository-routes.ts";
import { statisticRoutes } from "./code-references/statistic-routes.ts";
import { contextKindRoutes } from "./context-kinds/context-kind-routes.ts";
import { contextAttributeRoutes } from "./contexts/context-attribute-routes.ts";
import { contextFlagRoutes } from "./contexts/context-flag-routes.ts";
import { contextRoutes } from "./contexts/context-routes.ts";
import { contextSettingRoutes } from "./contexts/context-setting-routes.ts";
import { userExpiringTargetRoutes } from "./contexts/user-expiring-target-routes.ts";
import { userRoutes } from "./contexts/user-routes.ts";
import { clientRoutes } from "./delivery/client-routes.ts";
import { connectedSdkRoutes } from "./delivery/connected-sdk-routes.ts";
import { deliveryRoutes } from "./delivery/delivery-routes.ts";
import { failedConnectRoutes } from "./delivery/failed-connect-routes.ts";
import { FailedConnects } from "./delivery/failed-connects.ts";
import { payloadFilterRoutes } from "./delivery/payload-filter-routes.ts";
import { relayConfigurationRoutes } from "./delivery/relay-configuration.ts";
import { relayRoutes } from "./delivery/relay-routes.ts";
import type { Engine } from "./engine.ts";
import { environmentKeyRoutes } from "./environments/environment-key-routes.ts";
import { environmentRoutes } from "./environments/environment-routes.ts";
import { DomainError } from "./errors.ts";
import { evaluationCountRoutes } from "./events/evaluation-count-routes.ts";
import { eventRoutes } from "./events/event-routes.ts";
import { unknownFlagRoutes } from "./events/unknown-flag-routes.ts";
import { usageRoutes } from "./events/usage-routes.ts";
import { dependentFlagRoutes } from "./flags/dependent-flag-routes.ts";
import { evaluationRoutes } from "./flags/evaluation-routes.ts";
import { expiringTargetRoutes } from "./flags/expiring-target-routes.ts";
import { flagCopyRoutes } from "./flags/flag-copy-routes.ts";
import { flagNameRoutes } from "./flags/flag-name-routes.ts";
import { flagRoutes } from "./flags/flag-routes.ts";
import { flagStatusRoutes } from "./flags/flag-status-routes.ts";
import { followerRoutes } from "./flags/follower-routes.ts";
import { impactRoutes } from "./flags/impact-routes.ts";
import { migrationSafetyRoutes } from "./flags/migration-safety-routes.ts";
import { errorHandler, notFoundHandler } from "./http/error-handler.ts";
import { answerRepeatedWrites } from "./http/idempotency.ts";
import { readJsonBodies, readManagementBodies } from "./http/json-body.ts";
import { listWholeForOlderVersions } from "./http/older-versions.ts";
import { describeApi } from "./http/open-api.ts";
import { limitRates, limitSignIns } from "./http/rate-limit.ts";
import { newRequestId, originOf, sayApiVersion, sayRequestIds } from "./http/request-headers.ts";
import { rootRoutes } from "./http/root-routes.ts";
import { type MethodsOfPath, noteRouteMethods } from "./http/route-methods.ts";
import { importRoutes } from "./import/import-routes.ts";
import { integrationRoutes } from "./integrations/integration-routes.ts";
import { bulkMemberRoutes } from "./members/bulk-member-routes.ts";
import { credentialRoutes } from "./members/credential-routes.ts";
import { memberRoutes } from "./members/member-routes.ts";
import { suspensionRoutes } from "./members/suspension-routes.ts";
import { flagDefaultsRoutes } from "./projects/flag-defaults-routes.ts";
import { projectRoutes } from "./projects/project-routes.ts";
import { releasePipelineRoutes } from "./release-pipelines/release-pipeline-routes.ts";
import { releaseRoutes } from "./release-pipelines/release-routes.ts";
import { restoreRoutes } from "./restore/restore-routes.ts";
import { roleRoutes } from "./roles/role-routes.ts";
import { scheduleRoutes } from "./schedules/schedule-routes.ts";
import { scimDiscoveryRoutes } from "./scim/scim-discovery-routes.ts";
import { scimErrorHandler, scimJson } from "./scim/scim-error.ts";
import { scimGroupRoutes } from "./scim/scim-group-routes.ts";
import { scimUserRoutes } from "./scim/scim-user-routes.ts";
import { bigSegmentJobRoutes } from "./segments/big-segment-job-routes.ts";
import { bigSegmentRoutes } from "./segments/big-segment-routes.ts";
import { expiringSegmentTargetRoutes } from "./segments/expiring-segment-target-routes.ts";
import { segmentEvaluationRoutes } from "./segments/segment-evaluation-routes.ts";
import { segmentImpactRoutes } from "./segments/segment-impact-routes.ts";
import { segmentRoutes } from "./segments/segment-routes.ts";
import { ssoRoutes } from "./sso/sso-routes.ts";
import type { SsoSettings } from "./sso/sso-settings.ts";
import { ssoSettingsRoutes } from "./sso/sso-settings-routes.ts";
import { tagRoutes } from "./tags/tag-routes.ts";
import { bulkTeamRoutes } from "./teams/bulk-team-routes.ts";
import { partsOfTeamRoutes } from "./teams/team-parts-routes.ts";
import { teamRoutes } from "./teams/team-routes.ts";
import { triggerCallRoutes } from "./triggers/trigger-call-routes.ts";
import { triggerRoutes } from "./triggers/trigger-routes.ts";
import { deliveryLogRoutes } from "./webhooks/delivery-routes.ts";
import { webhookRoutes } from "./webhooks/webhook-routes.ts";
import { templateRoutes } from "./workflows/template-routes.ts";
import { workflowRoutes } from "./workflows/workflow-routes.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; set before any route of the management API runs. */
    actor: Actor;
  }
}

export interface AppParts extends Engine {
  /** How people reach the server, where that is set. */
  readonly baseUrl: string | undefined;
  /** Proxies whose word about addresses counts, as addresses or CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** The identity provider as the environment names it. */
  readonly sso: SsoSettings | undefined;
  readonly logLevel: string;
  /** Requests a second that a token or session may make of the management API; 0 is no limit. */
  readonly requestsPerSecond: number;
}

const bodyLimitBytes = 2 ** 20;
/** Browsers send their context in the path. */
const longestParameter = 16 * 1024;
const adminUi = fileURLToPath(new URL("../../admin-ui/dist", import.meta.url));

/** Wires the parts together. Everything with a life of its own comes in from outside. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { db, feed, changes, delivery, intake, outbound, deliverer, now } = parts;
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
    answerRepeatedWrites(management, parts);
    await management.register((identity) => identify(identity, parts));
    await registerProjects(management, parts);
    await management.register(payloadFilterRoutes, { db, changes, delivery });
    await management.register(relayRoutes, { db, changes });
    await registerFlags(management, parts);
    await serveContextsAndSegments(management, parts);
    await management.register(evaluationRoutes, { db, delivery });
    await management.register(evaluationCountRoutes, { db, intake });
    await management.register((usage) => showUsage(usage, parts));
    await management.register(failedConnectRoutes, { db, failedConnects });
    await management.register(importRoutes, { db, changes });
    await registerPendingChanges(management, parts);
    await registerAudit(management, parts);
    await management.register(integrationsWithOthers, { db, changes, outbound, deliverer });
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

/** Who there is, and what they may. */
async function identify(
  app: FastifyInstance,
  { db, changes, sso, baseUrl }: AppParts,
): Promise<void> {
  await app.register(tokenRoutes, { db, changes });
  await app.register(callerRoutes, { db });
  await app.register(securityRoutes, { db, changes });
  await app.register(ipAllowListRoutes, { db, changes });
  await app.register(ssoSettingsRoutes, { db, changes, sso, baseUrl });
  await app.register(roleRoutes, { db, changes });
  await app.register(accessCheckRoutes, { db });
  await app.register(memberRoutes, { db, changes });
  await app.register(bulkMemberRoutes, { db, changes });
  await app.register(credentialRoutes, { db, changes });
  await app.register(suspensionRoutes, { db, changes });
  await app.register(teamRoutes, { db, changes });
  await app.register(partsOfTeamRoutes, { db });
  await app.register(bulkTeamRoutes, { changes });
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

async function registerFlags(management: FastifyInstance, parts: AppParts): Promise<void> {
  const { db, changes, intake, now } = parts;
  await management.register(flagRoutes, { db, changes, intake });
  await management.register(flagCopyRoutes, { db, changes, intake });
  await management.register(dependentFlagRoutes, { db });
  await management.register(flagStatusRoutes, { db, intake, now });
  await management.register(flagNameRoutes, { db });
  await management.register(followerRoutes, { db, changes });
  await management.register(migrationSafetyRoutes, { db, changes });
  await management.register(expiringTargetRoutes, { db, changes });
}

/** What code does with flags, and what follows from it. */
async function showUsage(app: FastifyInstance, parts: AppParts): Promise<void> {
  const { db, delivery, intake, now } = parts;
  await app.register(usageRoutes, { db, intake, now });
  await app.register(unknownFlagRoutes, { db, intake, now });
  await app.register(cleanupRoutes, { db, intake, now });
  await app.register(impactRoutes, { db, delivery, intake, now });
  await app.register(segmentImpactRoutes, { db, delivery, intake, now });
  await app.register(connectedSdkRoutes, { db, delivery, now });
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

/** Who is told of changes, and what other tools tell us. */
const integrationsWithOthers: FastifyPluginAsync<
  Pick<AppParts, "db" | "changes" | "outbound" | "deliverer">
> = async (management, { db, changes, outbound, deliverer }) => {
  await management.register(webhookRoutes, { db, changes, outbound });
  await management.register(deliveryLogRoutes, { db, changes, deliverer });
  await management.register(integrationRoutes, { db, changes, outbound });
  await management.register(announcementRoutes, { db, changes });
  await management.register(repositoryRoutes, { db, changes });
  await management.register(branchRoutes, { db, changes });
  await management.register(statisticRoutes, { db });
};

/** What was done, and how it is undone. */
async function registerAudit(
  management: FastifyInstance,
  { db, changes, signingKey }: AppParts,
): Promise<void> {
  await management.register(auditRoutes, { db, changes });
  await management.register(restoreRoutes, { db, changes });
  await management.register(auditProofRoutes, { db, signingKey });
}

/** Projects and environments, and what belongs to a whole one. */
async function registerProjects(management: FastifyInstance, parts: AppParts): Promise<void> {
  const { db, changes, feed, delivery, intake } = parts;
  await management.register(projectRoutes, { db, changes, feed, intake });
  await management.register(flagDefaultsRoutes, { db, changes });
  await management.register(contextKindRoutes, { db, changes });
  await management.register(tagRoutes, { db, changes });
  await management.register(environmentRoutes, { db, changes, feed, delivery, intake });
  await management.register(environmentKeyRoutes, { db, changes, feed });
}

/** Segments, the contexts that are in them, and what flags give to one context. */
async function serveContextsAndSegments(
  management: FastifyInstance,
  { db, changes, feed, jobs, delivery, intake }: AppParts,
): Promise<void> {
  await management.register(contextRoutes, { db, changes, intake });
  await management.register(contextAttributeRoutes, { db, intake });
  await management.register(contextSettingRoutes, { db, changes, intake });
  await management.register(contextFlagRoutes, { db, changes, delivery, intake });
  await management.register(userRoutes, { db, changes, intake });
  await management.register(userExpiringTargetRoutes, { db, changes });
  await management.register(segmentRoutes, { db, changes, feed });
  await management.register(bigSegmentRoutes, { db, changes, feed });
  await management.register(bigSegmentJobRoutes, { db, jobs });
  await management.register(expiringSegmentTargetRoutes, { db, changes, feed });
  await management.register(segmentEvaluationRoutes, { db, delivery });
}

/** What is changed when others approve, when its time comes, when something calls. */
async function registerPendingChanges(
  management: FastifyInstance,
  { db, changes, feed }: AppParts,
): Promise<void> {
  await management.register(approvalSettingsRoutes, { db, changes });
  await management.register(approvalRoutes, { db, changes, feed });
  await management.register(flagApprovalRoutes, { db, changes, feed });
  await management.register(scheduleRoutes, { db, changes });
  await management.register(triggerRoutes, { db, changes });
  await management.register(workflowRoutes, { db, changes });
  await management.register(templateRoutes, { db, changes });
  await management.register(releasePipelineRoutes, { db, changes });
  await management.register(releaseRoutes, { db, changes });
}

/** The UI's own paths all get its one page; it finds the way from there. */
/** Nothing runs in a page, and nothing is asked for, but what this server serves. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

function setHeaders(reply: FastifyReply, file: string): void {
  reply.header("x-content-type-options", "nosniff");
  // The names of these carry their content's hash.
  if (/[\\/]assets[\\/]/u.test(file))
    reply.header("cache-control", "public, max-age=31536000, immutable");
  if (!file.endsWith(".html")) return;
  reply.header("content-security-policy", contentSecurityPolicy);
  reply.header("referrer-policy", "same-origin");
}

function serveAdminUi(app: FastifyInstance, methodsOf: MethodsOfPath): void {
  const isBuilt = existsSync(path.join(adminUi, "index.html"));
  if (isBuilt) app.register(fastifyStatic, { root: adminUi, wildcard: false, setHeaders });
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && !/^\/(api|scim|sdk|assets)\//u.test(request.url);
    const [requested = ""] = request.url.split("?");
    if (!isPage) return notFoundHandler(request, reply, methodsOf(requested));
    if (isBuilt) return reply.sendFile("index.html");
    return reply
      .code(503)
      .type("text/plain")
      .send("The admin UI is not built. Start with: npm start\n");
  });
}
