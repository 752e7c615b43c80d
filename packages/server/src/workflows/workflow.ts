import { randomUUID } from "node:crypto";
import { z } from "zod";
import { DomainError } from "../errors.ts";

const unitMs = {
  calendarMinute: 60_000,
  calendarHour: 3_600_000,
  calendarDay: 86_400_000,
  calendarWeek: 604_800_000,
} as const;
const ids = z.array(z.string()).default([]);
const description = z.string().default("");

const ConditionInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("schedule"),
    scheduleKind: z.enum(["absolute", "relative"]).default("absolute"),
    executionDate: z.int().min(0).optional().describe("Unix milliseconds."),
    waitDuration: z.int().min(0).optional(),
    waitDurationUnit: z.enum(Object.keys(unitMs) as (keyof typeof unitMs)[]).optional(),
    executeNow: z.boolean().optional(),
    description,
  }),
  z.object({
    kind: z.literal("ld-approval"),
    description,
    notifyMemberIds: ids,
    notifyTeamKeys: ids,
  }),
]);
type ConditionInput = z.infer<typeof ConditionInput>;

/** A stage as it is asked for: what is waited for, then what is done. */
export const StageInput = z.object({
  name: z.string().default(""),
  executeConditionsInSequence: z
    .boolean()
    .default(true)
    .describe("Whether a condition begins when the one before is met; else all begin at once."),
  conditions: z.array(ConditionInput).default([]),
  action: z
    .object({ instructions: z.array(z.looseObject({ kind: z.string() })).default([]) })
    .default({ instructions: [] }),
});
export type StageInput = z.infer<typeof StageInput>;

/** A condition on its way: when it is met, or by which approval request. */
export type Condition = ConditionInput & {
  readonly id: string;
  readonly dueAt?: number;
  readonly requestId?: string;
  readonly metAt?: number;
};

/** A stage on its way. */
export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly isInSequence: boolean;
  readonly conditions: readonly Condition[];
  readonly instructions: readonly { readonly kind: string }[];
  readonly status: "pending" | "active" | "completed" | "failed";
  readonly stoppedAt?: number;
}

/** The stages of a new workflow; throws where one could never be done. */
export function newStages(inputs: readonly StageInput[]): readonly Stage[] {
  return inputs.map((input, index) => {
    const problem = problemOf(input);
    if (problem !== undefined) {
      throw new DomainError("invalid_request", `stage ${index}: ${problem}`);
    }
    return {
      id: randomUUID(),
      name: input.name,
      isInSequence: input.executeConditionsInSequence,
      conditions: input.conditions.map((condition) => ({ ...condition, id: randomUUID() })),
      instructions: input.action.instructions,
      status: "pending",
    };
  });
}

function problemOf({ conditions, action }: StageInput): string | undefined {
  const approvals = conditions.filter(({ kind }) => kind === "ld-approval").length;
  if (approvals > 1) return "it has two approvals; one is enough, or make it two stages";
  if (approvals === 1 && action.instructions.length === 0)
    return "there is nothing to approve; give action.instructions";
  const timeless = conditions.some((one) => one.kind === "schedule" && dueAt(one, 0) === undefined);
  return timeless
    ? "a schedule needs executionDate, or waitDuration and waitDurationUnit, or executeNow"
    : undefined;
}

/** When a schedule that begins now is met; undefined where it says no time. */
export function dueAt(
  condition: Extract<ConditionInput, { kind: "schedule" }>,
  now: number,
): number | undefined {
  const { executeNow, scheduleKind, executionDate, waitDuration, waitDurationUnit } = condition;
  if (executeNow === true) return now;
  if (scheduleKind === "absolute") return executionDate;
  return waitDuration === undefined || waitDurationUnit === undefined
    ? undefined
    : now + waitDuration * unitMs[waitDurationUnit];
}

export function isApproved(stage: Stage): boolean {
  return stage.conditions.some(({ kind }) => kind === "ld-approval");
}
