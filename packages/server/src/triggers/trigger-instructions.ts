import { z } from "zod";

/** What a trigger does when it is called. */
export const TriggerAction = z.object({ kind: z.enum(["turnFlagOn", "turnFlagOff"]) });
export type TriggerAction = z.infer<typeof TriggerAction>;

/** What can be done to a trigger itself. */
export const TriggerInstruction = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("replaceTriggerActionInstructions"),
    value: z.array(TriggerAction).length(1),
  }),
  z.object({ kind: z.literal("cycleTriggerUrl") }),
  z.object({ kind: z.literal("enableTrigger") }),
  z.object({ kind: z.literal("disableTrigger") }),
]);
export type TriggerInstruction = z.infer<typeof TriggerInstruction>;
