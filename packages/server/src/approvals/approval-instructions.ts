import { z } from "zod";

const names = {
  notifyMemberIds: z.array(z.string()).optional(),
  notifyTeamKeys: z.array(z.string()).optional(),
};

/** What can be done to an approval request itself. */
export const ApprovalInstruction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("addReviewers"), ...names }),
  z.object({ kind: z.literal("removeReviewers"), ...names }),
  z.object({ kind: z.literal("updateDescription"), value: z.string().min(1) }),
  z.object({
    kind: z.literal("replaceInstructions"),
    value: z.array(z.looseObject({ kind: z.string() })).min(1),
  }),
]);
export type ApprovalInstruction = z.infer<typeof ApprovalInstruction>;

/** What of a request people edit. */
export interface EditableRequest {
  readonly description: string;
  readonly memberIds: readonly string[];
  readonly teamKeys: readonly string[];
  /** Set where the instructions are to be others. */
  readonly instructions?: readonly { readonly kind: string }[];
}

export function applyApprovalInstruction(
  request: EditableRequest,
  instruction: ApprovalInstruction,
): EditableRequest {
  switch (instruction.kind) {
    case "addReviewers":
      return {
        ...request,
        memberIds: [...new Set([...request.memberIds, ...(instruction.notifyMemberIds ?? [])])],
        teamKeys: [...new Set([...request.teamKeys, ...(instruction.notifyTeamKeys ?? [])])],
      };
    case "removeReviewers":
      return {
        ...request,
        memberIds: without(request.memberIds, instruction.notifyMemberIds),
        teamKeys: without(request.teamKeys, instruction.notifyTeamKeys),
      };
    case "updateDescription":
      return { ...request, description: instruction.value };
    case "replaceInstructions":
      return { ...request, instructions: instruction.value };
    default:
      return instruction satisfies never;
  }
}

function without(list: readonly string[], gone: readonly string[] = []): readonly string[] {
  return list.filter((one) => !gone.includes(one));
}
