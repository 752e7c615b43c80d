import { isSame } from "@halyard/instructions";
import type { RecordChange } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { saveApprovalSettings } from "./approval-queries.ts";
import {
  type ApprovalSettings,
  approvalSettingsOf,
  type ResourceKind,
  settingsByKindOf,
} from "./approval-settings.ts";

/** The one way to alter what an environment asks of changes; the guard sees each step. */
export async function changeApprovalSettings(
  tx: Tx,
  record: RecordChange,
  {
    project,
    environment,
    kind,
    after,
    comment,
  }: {
    readonly project: Pick<Project, "id" | "key">;
    readonly environment: Environment;
    readonly kind: ResourceKind;
    readonly after: ApprovalSettings;
    readonly comment?: string | undefined;
  },
): Promise<Environment> {
  const before = approvalSettingsOf(environment, kind);
  if (isSame(before, after)) return environment;
  const byKind = { ...settingsByKindOf(environment.approval_settings), [kind]: after };
  await saveApprovalSettings(tx, environment.id, byKind);
  await record({
    projectId: project.id,
    kind: "environment",
    key: environment.key,
    resources: [`proj/${project.key}:env/${environment.key}`],
    instructions: [{ kind: "updateApprovalSettings", resourceKind: kind, value: after }],
    words: [
      after.required
        ? `Require ${after.minNumApprovals} approvals of changes of ${kind}s`
        : `Require no approval of changes of ${kind}s`,
    ],
    comment,
    before: { approvalSettings: before },
    after: { approvalSettings: after },
    served: [],
    environments: [environment.key],
    protection: { environmentKey: environment.key, before, after },
  });
  return { ...environment, approval_settings: JSON.stringify(byKind) };
}
