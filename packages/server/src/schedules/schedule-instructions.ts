import { z } from "zod";

/** What can be done to a scheduled change itself. */
export const ScheduleInstruction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("deleteScheduledChange") }),
  z.object({
    kind: z.literal("replaceScheduledChangesInstructions"),
    value: z.array(z.looseObject({ kind: z.string() })).min(1),
  }),
  z.object({
    kind: z.literal("updateScheduledChangesExecutionDate"),
    value: z.int().min(0).describe("Unix milliseconds."),
  }),
]);
export type ScheduleInstruction = z.infer<typeof ScheduleInstruction>;
