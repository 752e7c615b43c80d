import { z } from "zod";
import type { Environment } from "../environments/environment-queries.ts";
import { Link, linkTo, listOf } from "../http/paging.ts";
import type { Audience } from "./release-pipeline.ts";
import {
  phasesOf,
  type Release,
  type ReleasePhase,
  type ReleasePipeline,
  releasePhasesOf,
} from "./release-queries.ts";

const EnvironmentSummary = z.object({
  _links: z.record(z.string(), Link),
  key: z.string(),
  name: z.string(),
  color: z.string(),
});
const shownAudience = {
  environment: EnvironmentSummary.optional(),
  name: z.string(),
  segmentKeys: z.array(z.string()).optional(),
  configuration: z.looseObject({}).optional(),
};

export const PipelineRepresentation = z
  .object({
    createdAt: z.iso.datetime(),
    description: z.string(),
    key: z.string(),
    name: z.string(),
    phases: z.array(
      z.object({ id: z.string(), name: z.string(), audiences: z.array(z.object(shownAudience)) }),
    ),
    tags: z.array(z.string()),
    _version: z.int(),
    isProjectDefault: z.boolean(),
  })
  .meta({ id: "ReleasePipeline" });
export const PipelineList = listOf(PipelineRepresentation);

export function pipelineRepresentation(
  pipeline: ReleasePipeline,
  projectKey: string,
  environments: readonly Environment[],
): z.infer<typeof PipelineRepresentation> {
  return {
    createdAt: new Date(pipeline.created_at).toISOString(),
    description: pipeline.description,
    key: pipeline.key,
    name: pipeline.name,
    phases: phasesOf(pipeline).map(({ id, name, audiences }) => ({
      id,
      name,
      audiences: audiences.map((one) => audienceOf(one, projectKey, environments)),
    })),
    tags: z.array(z.string()).parse(JSON.parse(pipeline.tags)),
    _version: pipeline.version,
    isProjectDefault: pipeline.is_default === 1,
  };
}

function audienceOf(audience: Audience, projectKey: string, environments: readonly Environment[]) {
  const { name, segmentKeys, configuration, environmentKey } = audience;
  const environment = environments.find(({ key }) => key === environmentKey);
  return {
    name,
    ...(segmentKeys === undefined ? {} : { segmentKeys }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(environment === undefined
      ? {}
      : {
          environment: {
            _links: {
              self: linkTo(`/api/v2/projects/${projectKey}/environments/${environmentKey}`),
            },
            key: environmentKey,
            name: environment.name,
            color: environment.color,
          },
        }),
  };
}

const Progression = z.object({
  _createdAt: z.int(),
  _completedAt: z.int().optional(),
  flagKey: z.string(),
  activePhaseId: z.string().optional(),
  _links: z.record(z.string(), Link),
});
export const ProgressionList = listOf(Progression).extend({
  activeCount: z.int(),
  completedCount: z.int(),
  phases: z.array(z.object({ _id: z.string(), name: z.string(), releaseCount: z.int() })),
});

export function progressionOf(release: Release, projectKey: string): z.infer<typeof Progression> {
  const phases = releasePhasesOf(release);
  const active = phases.find(({ status }) => status !== "Complete");
  const end = phases.at(-1)?.completedAt;
  return {
    _createdAt: release.created_at,
    ...(active === undefined && end !== undefined ? { _completedAt: end } : {}),
    flagKey: release.flag_key,
    ...(active === undefined ? {} : { activePhaseId: active.id }),
    _links: { self: linkTo(`/api/v2/flags/${projectKey}/${release.flag_key}/release`) },
  };
}

export const ReleaseRepresentation = z
  .object({
    _links: z.record(z.string(), Link),
    name: z.string(),
    releasePipelineKey: z.string(),
    releasePipelineDescription: z.string(),
    phases: z.array(
      z.object({
        _id: z.string(),
        _name: z.string(),
        complete: z.boolean(),
        _creationDate: z.int(),
        _completionDate: z.int().optional(),
        _audiences: z.array(
          z.object({
            ...shownAudience,
            _id: z.string(),
            approvalRequestId: z.string().optional().describe("Where it is reviewed."),
          }),
        ),
        status: z.string(),
        started: z.boolean(),
        _startedDate: z.int().optional(),
      }),
    ),
    _version: z.int(),
    _releaseVariationId: z.string(),
  })
  .meta({ id: "Release" });
export type ReleaseRepresentation = z.output<typeof ReleaseRepresentation>;

export function releaseRepresentation(
  release: Release,
  projectKey: string,
  environments: readonly Environment[],
): ReleaseRepresentation {
  const self = `/api/v2/flags/${projectKey}/${release.flag_key}/release`;
  const phaseOf = (phase: ReleasePhase) => ({
    _id: phase.id,
    _name: phase.name,
    complete: phase.status === "Complete",
    _creationDate: release.created_at,
    ...(phase.completedAt === undefined ? {} : { _completionDate: phase.completedAt }),
    _audiences: phase.audiences.map((audience) => ({
      _id: audience.id,
      ...audienceOf(audience, projectKey, environments),
      ...(audience.requestId === undefined ? {} : { approvalRequestId: audience.requestId }),
    })),
    status: phase.status,
    started: phase.startedAt !== undefined,
    ...(phase.startedAt === undefined ? {} : { _startedDate: phase.startedAt }),
  });
  return {
    _links: { self: linkTo(self) },
    name: release.name,
    releasePipelineKey: release.pipeline_key,
    releasePipelineDescription: release.description,
    phases: releasePhasesOf(release).map(phaseOf),
    _version: release.version,
    _releaseVariationId: release.variation_id,
  };
}
