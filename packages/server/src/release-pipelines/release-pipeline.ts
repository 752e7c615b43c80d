import { randomUUID } from "node:crypto";
import type { FlagInstruction } from "@halyard/instructions";
import { z } from "zod";
import { FlagKey } from "../flags/flag-key.ts";

const ids = z.array(z.string()).optional();
const AudienceConfiguration = z.object({
  releaseStrategy: z
    .literal("immediate-rollout")
    .describe("All of the audience at once: nothing is measured here, so nothing can guard it."),
  requireApproval: z.boolean(),
  notifyMemberIds: ids,
  notifyTeamKeys: ids,
});
const AudienceInput = z.object({
  environmentKey: z.string(),
  name: z.string(),
  segmentKeys: z.array(z.string()).optional().describe("All of the environment where absent."),
  configuration: AudienceConfiguration.optional(),
});
const PhaseInput = z.object({
  name: z.string().min(1),
  audiences: z.array(AudienceInput).min(1),
});
const settings = {
  name: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  phases: z.array(PhaseInput).min(1),
};

export const ReleasePipelineInput = z.object({
  ...settings,
  key: FlagKey,
  isProjectDefault: z.boolean().optional(),
});
export const ReleasePipelineSettings = z.object(settings);
export type ReleasePipelineSettings = z.infer<typeof ReleasePipelineSettings>;

/** Who gets what is new in a phase: an environment, or segments of it. */
export interface Audience extends z.infer<typeof AudienceInput> {
  readonly id: string;
}

export interface Phase {
  readonly id: string;
  readonly name: string;
  readonly audiences: readonly Audience[];
}

export function newPhases(inputs: ReleasePipelineSettings["phases"]): readonly Phase[] {
  return inputs.map(({ name, audiences }) => ({
    id: randomUUID(),
    name,
    audiences: audiences.map((audience) => ({ ...audience, id: randomUUID() })),
  }));
}

/** What gives an audience the variation. */
export function releasingInstructions(
  { name, segmentKeys = [] }: Audience,
  variationId: string,
): readonly FlagInstruction[] {
  const serving: FlagInstruction =
    segmentKeys.length === 0
      ? { kind: "updateFallthroughVariationOrRollout", variationId }
      : {
          kind: "addRule",
          description: `Released to ${name}`,
          clauses: [
            { contextKind: "user", attribute: "", op: "segmentMatch", values: segmentKeys },
          ],
          variationId,
        };
  return [serving, { kind: "turnFlagOn" }];
}
