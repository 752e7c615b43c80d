import type { FastifyInstance } from "fastify";
import { accessCheckRoutes } from "./access/access-check-routes.ts";
import { callerRoutes } from "./access/caller-routes.ts";
import { ipAllowListRoutes } from "./access/ip-allow-list-routes.ts";
import { securityRoutes } from "./access/security-routes.ts";
import { tokenRoutes } from "./access/token-routes.ts";
import { announcementRoutes } from "./announcements/announcement-routes.ts";
import type { AppParts } from "./app-parts.ts";
import { approvalRoutes } from "./approvals/approval-routes.ts";
import { approvalSettingsRoutes } from "./approvals/approval-settings-routes.ts";
import { flagApprovalRoutes } from "./approvals/flag-approval-routes.ts";
import { auditProofRoutes } from "./audit/audit-proof-routes.ts";
import { auditRoutes } from "./audit/audit-routes.ts";
import { cleanupRoutes } from "./cleanup/cleanup-routes.ts";
import { lifecycleRoutes } from "./cleanup/lifecycle-routes.ts";
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
import { connectedSdkRoutes } from "./delivery/connected-sdk-routes.ts";
import { failedConnectRoutes } from "./delivery/failed-connect-routes.ts";
import type { FailedConnects } from "./delivery/failed-connects.ts";
import { payloadFilterRoutes } from "./delivery/payload-filter-routes.ts";
import { relayRoutes } from "./delivery/relay-routes.ts";
import { environmentKeyRoutes } from "./environments/environment-key-routes.ts";
import { environmentRoutes } from "./environments/environment-routes.ts";
import { evaluationCountRoutes } from "./events/evaluation-count-routes.ts";
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
import { bigSegmentJobRoutes } from "./segments/big-segment-job-routes.ts";
import { bigSegmentRoutes } from "./segments/big-segment-routes.ts";
import { expiringSegmentTargetRoutes } from "./segments/expiring-segment-target-routes.ts";
import { segmentEvaluationRoutes } from "./segments/segment-evaluation-routes.ts";
import { segmentImpactRoutes } from "./segments/segment-impact-routes.ts";
import { segmentRoutes } from "./segments/segment-routes.ts";
import { ssoSettingsRoutes } from "./sso/sso-settings-routes.ts";
import { tagRoutes } from "./tags/tag-routes.ts";
import { bulkTeamRoutes } from "./teams/bulk-team-routes.ts";
import { partsOfTeamRoutes } from "./teams/team-parts-routes.ts";
import { teamRoutes } from "./teams/team-routes.ts";
import { triggerRoutes } from "./triggers/trigger-routes.ts";
import { deliveryLogRoutes } from "./webhooks/delivery-routes.ts";
import { webhookRoutes } from "./webhooks/webhook-routes.ts";
import { templateRoutes } from "./workflows/template-routes.ts";
import { workflowRoutes } from "./workflows/workflow-routes.ts";

export interface ManagementParts extends AppParts {
  readonly failedConnects: FailedConnects;
}

/** All of REST v2: each area with the routes of its concepts. */
export async function registerManagement(
  management: FastifyInstance,
  parts: ManagementParts,
): Promise<void> {
  await registerIdentity(management, parts);
  await registerProjects(management, parts);
  await registerFlags(management, parts);
  await registerContextsAndSegments(management, parts);
  await registerUsage(management, parts);
  await registerPendingChanges(management, parts);
  await registerAudit(management, parts);
  await registerOtherTools(management, parts);
}

/** Who there is, and what they may. */
async function registerIdentity(
  management: FastifyInstance,
  { db, changes, sso, baseUrl }: ManagementParts,
): Promise<void> {
  await management.register(tokenRoutes, { db, changes });
  await management.register(callerRoutes, { db });
  await management.register(securityRoutes, { db, changes });
  await management.register(ipAllowListRoutes, { db, changes });
  await management.register(ssoSettingsRoutes, { db, changes, sso, baseUrl });
  await management.register(roleRoutes, { db, changes });
  await management.register(accessCheckRoutes, { db });
  await management.register(memberRoutes, { db, changes });
  await management.register(bulkMemberRoutes, { db, changes });
  await management.register(credentialRoutes, { db, changes });
  await management.register(suspensionRoutes, { db, changes });
  await management.register(teamRoutes, { db, changes });
  await management.register(partsOfTeamRoutes, { db });
  await management.register(bulkTeamRoutes, { changes });
}

async function registerFlags(management: FastifyInstance, parts: ManagementParts): Promise<void> {
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
async function registerUsage(management: FastifyInstance, parts: ManagementParts): Promise<void> {
  const { db, delivery, intake, failedConnects, now } = parts;
  await management.register(usageRoutes, { db, intake, now });
  await management.register(unknownFlagRoutes, { db, intake, now });
  await management.register(cleanupRoutes, { db, intake, now });
  await management.register(impactRoutes, { db, delivery, intake, now });
  await management.register(segmentImpactRoutes, { db, delivery, intake, now });
  await management.register(connectedSdkRoutes, { db, delivery, now });
  await management.register(failedConnectRoutes, { db, failedConnects });
  await management.register(evaluationRoutes, { db, delivery });
  await management.register(evaluationCountRoutes, { db, intake });
}

/** Who is told of changes, and what other tools tell us. */
async function registerOtherTools(
  management: FastifyInstance,
  { db, changes, outbound, deliverer }: ManagementParts,
): Promise<void> {
  await management.register(webhookRoutes, { db, changes, outbound });
  await management.register(deliveryLogRoutes, { db, changes, deliverer });
  await management.register(integrationRoutes, { db, changes, outbound });
  await management.register(announcementRoutes, { db, changes });
  await management.register(repositoryRoutes, { db, changes });
  await management.register(branchRoutes, { db, changes });
  await management.register(statisticRoutes, { db });
}

/** What was done, and how it is undone. */
async function registerAudit(
  management: FastifyInstance,
  { db, changes, signingKey }: ManagementParts,
): Promise<void> {
  await management.register(auditRoutes, { db, changes });
  await management.register(restoreRoutes, { db, changes });
  await management.register(auditProofRoutes, { db, signingKey });
}

/** Projects and environments, and what belongs to a whole one. */
async function registerProjects(
  management: FastifyInstance,
  parts: ManagementParts,
): Promise<void> {
  const { db, changes, feed, delivery, intake } = parts;
  await management.register(projectRoutes, { db, changes, feed, intake });
  await management.register(flagDefaultsRoutes, { db, changes });
  await management.register(lifecycleRoutes, { db, changes });
  await management.register(contextKindRoutes, { db, changes });
  await management.register(tagRoutes, { db, changes });
  await management.register(environmentRoutes, { db, changes, feed, delivery, intake });
  await management.register(environmentKeyRoutes, { db, changes, feed });
  await management.register(payloadFilterRoutes, { db, changes, delivery });
  await management.register(relayRoutes, { db, changes });
  await management.register(importRoutes, { db, changes });
}

/** Segments, the contexts that are in them, and what flags give to one context. */
async function registerContextsAndSegments(
  management: FastifyInstance,
  { db, changes, feed, jobs, delivery, intake }: ManagementParts,
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
  { db, changes, feed }: ManagementParts,
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
