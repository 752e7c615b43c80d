import type { Principal } from "../access/principal.ts";
import type { Access } from "../access/route-access.ts";
import { createApprovalRequest } from "../approvals/approval-changes.ts";
import { findApprovalRequest } from "../approvals/approval-queries.ts";
import { readReviewable } from "../approvals/reviewable.ts";
import type { RecordChange } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { patchFlag } from "../flags/flag-changes.ts";
import { getFlag } from "../flags/flag-queries.ts";
import { getEnvironment, type Project } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import { type Audience, releasingInstructions } from "./release-pipeline.ts";
import {
  getPipeline,
  phasesOf,
  type Release,
  type ReleasePhase,
  releasePhasesOf,
  saveRelease,
} from "./release-queries.ts";

/** Who releases what, and as of when. */
export interface Releasing {
  readonly project: Project;
  readonly flagKey: string;
  readonly access: Access;
  readonly principal: Principal;
  readonly at: number;
}

/** Puts a flag on its way through a pipeline, from the first phase. */
export async function beginRelease(
  tx: Tx,
  record: RecordChange,
  { project, flagKey, at }: Releasing,
  input: { readonly releasePipelineKey: string; readonly releaseVariationId?: string | undefined },
): Promise<Release> {
  const pipeline = await getPipeline(tx, project, input.releasePipelineKey);
  const { state } = await getFlag(tx, project, flagKey);
  const variationId = input.releaseVariationId ?? state.defaults.onVariationId;
  if (!state.variations.some(({ id }) => id === variationId)) {
    throw new DomainError(
      "invalid_request",
      `flag "${flagKey}" has no variation "${variationId}"; give the _id of one`,
    );
  }
  const phases = phasesOf(pipeline).map((phase, index) => ({
    ...phase,
    status: index === 0 ? "ReadyToStart" : "NotStarted",
  }));
  const release: Release = {
    project_id: project.id,
    flag_key: flagKey,
    pipeline_key: pipeline.key,
    name: pipeline.name,
    description: pipeline.description,
    variation_id: variationId,
    phases: JSON.stringify(phases),
    version: 1,
    created_at: at,
  };
  await recordOn(record, project, flagKey, {
    instruction: { kind: "addReleasePipeline", value: pipeline.key },
    words: `Release the flag through ${pipeline.name}`,
    after: release,
  });
  return saveRelease(tx, release);
}

/** Starts a phase, or ends it where its audiences have what they were to get. */
export async function movePhase(
  tx: Tx,
  record: RecordChange,
  releasing: Releasing,
  {
    release,
    phaseId,
    to,
  }: {
    readonly release: Release;
    readonly phaseId: string;
    readonly to: "Started" | "Complete";
  },
): Promise<Release> {
  const { project, flagKey, principal, at } = releasing;
  const phases = releasePhasesOf(release);
  const index = phases.findIndex(({ id }) => id === phaseId);
  const phase = phases[index];
  if (phase === undefined) {
    throw new DomainError(
      "not_found",
      `the release has no phase "${phaseId}"; read it to find its`,
    );
  }
  if (phase.status === "Complete") return release;
  if (phase.status === "NotStarted") {
    throw new DomainError(
      "conflict",
      `phase "${phase.name}" waits for the one before; complete it`,
    );
  }
  const started =
    phase.status === "Started"
      ? phase
      : await startPhase(tx, record, releasing, { release, phase });
  const waiting = await waitingAudience(tx, started);
  if (to === "Complete" && waiting !== undefined) {
    throw new DomainError(
      "conflict",
      `audience "${waiting.name}" waits for approval request ${waiting.requestId}; have it approved and applied first`,
    );
  }
  const isComplete = waiting === undefined;
  const ended: ReleasePhase = isComplete
    ? { ...started, status: "Complete", completedAt: at, completedBy: principal.actor }
    : started;
  const moved = phases.map((one, at): ReleasePhase => {
    if (at === index) return ended;
    return isComplete && at === index + 1 ? { ...one, status: "ReadyToStart" } : one;
  });
  const version = release.version + 1;
  const after = { ...release, phases: JSON.stringify(moved), version };
  await recordOn(record, project, flagKey, {
    instruction: { kind: "updateReleasePhaseStatus", phaseId, value: ended.status },
    words: `${isComplete ? "Complete" : "Start"} the release phase ${phase.name}`,
    before: release,
    after,
  });
  return saveRelease(tx, after);
}

async function startPhase(
  tx: Tx,
  record: RecordChange,
  releasing: Releasing,
  { release, phase }: { readonly release: Release; readonly phase: ReleasePhase },
): Promise<ReleasePhase> {
  const audiences: (Audience & { readonly requestId?: string })[] = [];
  for (const audience of phase.audiences) {
    audiences.push(
      audience.configuration?.requireApproval === true
        ? await askForRelease(tx, record, releasing, { release, audience })
        : await releaseTo(tx, record, releasing, { release, audience }),
    );
  }
  return { ...phase, audiences, status: "Started", startedAt: releasing.at };
}

interface ReleasedTo {
  readonly release: Release;
  readonly audience: Audience;
}

async function releaseTo(
  tx: Tx,
  record: RecordChange,
  { project, flagKey, access, at }: Releasing,
  { release, audience }: ReleasedTo,
): Promise<Audience> {
  const { environmentKey } = audience;
  await getEnvironment(tx, project.key, environmentKey);
  const instructions = releasingInstructions(audience, release.variation_id);
  const place = { projectKey: project.key, environmentKey, flagKey };
  await requireInstructions(access.within(tx), place, instructions);
  const { state: before } = await getFlag(tx, project, flagKey);
  const patch = { instructions, environmentKey, comment: `Released to ${audience.name}` };
  await patchFlag(tx, record, { project, before, patch, at });
  return audience;
}

async function askForRelease(
  tx: Tx,
  record: RecordChange,
  { project, flagKey, access, principal, at }: Releasing,
  { release, audience }: ReleasedTo,
): Promise<Audience & { readonly requestId: string }> {
  const { environmentKey, configuration, name } = audience;
  await getEnvironment(tx, project.key, environmentKey);
  const place = { projectKey: project.key, environmentKey, kind: "flag" as const, key: flagKey };
  const steps = [
    ["proj", project.key],
    ["env", environmentKey],
    ["flag", flagKey],
  ] as const;
  await access.within(tx).require("createApprovalRequest", ...steps);
  const reviewable = readReviewable(place, releasingInstructions(audience, release.variation_id));
  const { notifyMemberIds, notifyTeamKeys } = configuration ?? {};
  const input = { description: `Release to ${name}`, notifyMemberIds, notifyTeamKeys };
  const creation = { project, place, input, reviewable, by: principal, at };
  const { id } = await createApprovalRequest(tx, record, creation);
  return { ...audience, requestId: id };
}

async function waitingAudience(
  tx: Tx,
  { audiences }: ReleasePhase,
): Promise<ReleasePhase["audiences"][number] | undefined> {
  for (const audience of audiences) {
    const { requestId } = audience;
    if (requestId === undefined) continue;
    const request = await findApprovalRequest(tx, requestId);
    if (request?.status !== "completed") return audience;
  }
  return undefined;
}

/** What the log keeps of a release. */
function stateOf(release: Release): object {
  const { flag_key: flagKey, pipeline_key: pipelineKey, variation_id: variationId } = release;
  return { flagKey, pipelineKey, variationId, phases: releasePhasesOf(release) };
}

export async function recordOn(
  record: RecordChange,
  project: Pick<Project, "id" | "key">,
  flagKey: string,
  {
    instruction,
    words,
    before,
    after,
  }: {
    readonly instruction: object;
    readonly words: string;
    readonly before?: Release;
    readonly after?: Release;
  },
): Promise<void> {
  await record({
    projectId: project.id,
    kind: "release",
    key: flagKey,
    resources: [`proj/${project.key}:env/*:flag/${flagKey}`],
    instructions: [instruction],
    words: [words],
    before: before && stateOf(before),
    after: after && stateOf(after),
    served: [],
    environments: [],
  });
}
