import {
  environmentOf,
  type FlagInstruction,
  type FlagState,
  isSame,
  needsEnvironment,
} from "@halyard/instructions";
import type { Principal } from "../access/principal.ts";
import { Access } from "../access/route-access.ts";
import type { RecordedChange } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { findFlag } from "../flags/flag-queries.ts";
import type { Project } from "../projects/project-queries.ts";
import { findSegment } from "../segments/segment-queries.ts";
import type { Tx } from "../storage/database.ts";
import { verdictOf } from "./approval.ts";
import { contentOf, countedReviews, findApprovalRequest, listReviews } from "./approval-queries.ts";
import {
  type ApprovalSettings,
  isApprovalRequired,
  settingsByKindOf,
  weakenedSettings,
} from "./approval-settings.ts";
import { creationOf } from "./reviewable.ts";
import { type TouchedPlace, tagsOf, touchedPlaces } from "./touched-places.ts";

/**
 * Refuses each change that touches what is protected, whichever door it came in by, unless it says
 * what it may be done by and that is true.
 */
export async function refuseUnapproved(tx: Tx, change: RecordedChange): Promise<void> {
  await refuseRemoval(tx, change);
  if (change.projectId === undefined) return;
  const { key: projectKey } = await tx
    .selectFrom("project")
    .select("key")
    .where("id", "=", change.projectId)
    .executeTakeFirstOrThrow();
  await refuseWeakening(tx, change, projectKey);
  const environments = await listEnvironments(tx, change.projectId);
  for (const place of touchedPlaces(change, environments)) {
    const settings = settingsByKindOf(place.environment.approval_settings)[place.kind];
    if (settings === undefined) continue;
    const tags = [...tagsOf(change.before), ...(await tagsAt(tx, change.projectId, place))];
    if (!isApprovalRequired(settings, tags)) continue;
    if (await isPermitted(tx, change, { place, settings, projectKey })) continue;
    throw new DomainError("approval_required", wordsFor(place, settings, { projectKey, change }));
  }
}

async function refuseUnapprovedLater(
  tx: Tx,
  principal: Principal,
  {
    projectKey,
    environment,
    flag,
  }: {
    readonly projectKey: string;
    readonly environment: Environment;
    readonly flag: Pick<FlagState, "key" | "tags">;
  },
): Promise<void> {
  const settings = settingsByKindOf(environment.approval_settings).flag;
  if (settings === undefined || !isApprovalRequired(settings, flag.tags)) return;
  const place = { environment, kind: "flag" as const, key: flag.key };
  const steps = [
    ["proj", projectKey],
    ["env", environment.key],
    ["flag", flag.key],
  ] as const;
  if (await new Access(tx, principal).permits("bypassRequiredApproval", ...steps)) return;
  const words = wordsFor(place, settings, { projectKey });
  throw new DomainError("approval_required", `${words}; executionDate says when to apply it`);
}

/**
 * Refuses what would be done later by itself, unless whoever sets it up may do it now. An environment that lets pending changes pass is asked about each
 * that would reach it, from whichever environment it is set up.
 */
export async function refuseUnapprovedPending(
  tx: Tx,
  principal: Principal,
  {
    project,
    environment,
    flag,
    instructions,
  }: {
    readonly project: Pick<Project, "id" | "key">;
    readonly environment: Environment;
    readonly flag: Pick<FlagState, "key" | "tags">;
    readonly instructions: readonly FlagInstruction[];
  },
): Promise<void> {
  const reaches = instructions.some(
    (one) =>
      !needsEnvironment(one.kind) || (environmentOf(one) ?? environment.key) !== environment.key,
  );
  const all = reaches ? await listEnvironments(tx, project.id) : [];
  const others = all.filter(
    ({ id, approval_settings }) =>
      id !== environment.id &&
      settingsByKindOf(approval_settings).flag?.bypassApprovalsForPendingChanges === true,
  );
  for (const one of [environment, ...others])
    await refuseUnapprovedLater(tx, principal, { projectKey: project.key, environment: one, flag });
}

async function refuseWeakening(tx: Tx, change: RecordedChange, projectKey: string): Promise<void> {
  if (change.protection === undefined) return;
  const { environmentKey, before, after } = change.protection;
  const weakened = weakenedSettings(before, after);
  if (weakened.length === 0 || (await maySkipIn(tx, change, projectKey, environmentKey))) return;
  throw new DomainError(
    "approval_required",
    `${weakened.join(", ")} would ask for less approval in "${environmentKey}"; that takes the right bypassRequiredApproval on proj/${projectKey}:env/${environmentKey}`,
  );
}

/** An environment goes with all it serves, so does a project with its environments. */
async function refuseRemoval(tx: Tx, change: RecordedChange): Promise<void> {
  if (change.removal === undefined) return;
  const { projectKey, environments } = change.removal;
  for (const { key, approval_settings } of environments) {
    const isProtected = Object.values(settingsByKindOf(approval_settings)).some(
      ({ required }) => required,
    );
    if (!isProtected || (await maySkipIn(tx, change, projectKey, key))) continue;
    throw new DomainError(
      "approval_required",
      `environment "${key}" takes approved changes only; deleting it takes the right bypassRequiredApproval on proj/${projectKey}:env/${key}`,
    );
  }
}

interface Asked {
  readonly place: TouchedPlace;
  readonly settings: ApprovalSettings;
  readonly projectKey: string;
}

async function isPermitted(
  tx: Tx,
  change: RecordedChange,
  { place, settings, projectKey }: Asked,
): Promise<boolean> {
  const { principal, under } = change;
  if (principal !== undefined) {
    const steps = [
      ["proj", projectKey],
      ["env", place.environment.key],
      [place.kind, place.key],
    ] as const;
    if (await new Access(tx, principal).permits("bypassRequiredApproval", ...steps)) return true;
  }
  switch (under?.kind) {
    case undefined:
      return false;
    case "approval":
      return isApproved(tx, change, { id: under.id, settings });
    case "pending":
      return settings.bypassApprovalsForPendingChanges;
    case "expiry":
      return change.instructions.every((one) => endings.includes(kindOf(one)));
    case "import":
      return change.instructions.every((one) => kindOf(one) === "processBigSegmentImport");
    case "creation":
      return change.moved.some(
        ({ environmentId, from }) => environmentId === place.environment.id && from === 0,
      );
    default:
      return under satisfies never;
  }
}

const endings = ["removeTargets", "removeIncludedTargets", "removeExcludedTargets"];

function kindOf(instruction: object): string {
  return "kind" in instruction ? String(instruction.kind) : "";
}

/** Whether enough members have approved of exactly this, by what this environment asks. */
async function isApproved(
  tx: Tx,
  change: RecordedChange,
  { id, settings }: { id: string; settings: ApprovalSettings },
): Promise<boolean> {
  const request = await findApprovalRequest(tx, id);
  if (request === undefined || request.status === "completed") return false;
  const isSameContent =
    request.project_id === change.projectId &&
    request.kind === change.kind &&
    request.resource_key === change.key &&
    isSame(JSON.parse(request.instructions), change.instructions);
  const reviews = countedReviews(await listReviews(tx, id));
  return isSameContent && verdictOf(contentOf(request), reviews, settings).canBeApplied;
}

async function maySkipIn(
  tx: Tx,
  { principal }: RecordedChange,
  projectKey: string,
  environmentKey: string,
): Promise<boolean> {
  if (principal === undefined) return false;
  const steps = [
    ["proj", projectKey],
    ["env", environmentKey],
  ] as const;
  return new Access(tx, principal).permits("bypassRequiredApproval", ...steps);
}

async function tagsAt(
  tx: Tx,
  projectId: string,
  { environment, kind, key }: TouchedPlace,
): Promise<readonly string[]> {
  const stored =
    kind === "flag"
      ? await findFlag(tx, projectId, key)
      : await findSegment(tx, environment.id, key);
  return stored?.state.tags ?? [];
}

function wordsFor(
  { environment, kind, key }: TouchedPlace,
  settings: ApprovalSettings,
  { projectKey, change }: { projectKey: string; change?: RecordedChange },
): string {
  const { minNumApprovals: count } = settings;
  const needed = `${count} ${count === 1 ? "approval" : "approvals"}`;
  const isCreation =
    change !== undefined &&
    change.key === key &&
    change.instructions.some((one) => kindOf(one) === creationOf[kind]);
  const instructions = isCreation
    ? `[{"kind": "${creationOf[kind]}", "value": … (the body of this call)}]`
    : "[…]";
  const resource = `proj/${projectKey}:env/${environment.key}:${kind}/${key}`;
  return `environment "${environment.key}" takes approved changes of the ${kind} "${key}" only; ask for ${needed} with POST /api/v2/approval-requests {"resourceId": "${resource}", "description": …, "instructions": ${instructions}}`;
}
