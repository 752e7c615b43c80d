import { z } from "zod";
import type { FlagInEnvironment } from "../flags/flag-in-environment.ts";

const ids = z.array(z.string()).optional();
export const Instructions = z.array(z.looseObject({ kind: z.string() })).min(1);
/** What every request says. */
export const asked = {
  description: z.string().min(1),
  comment: z.string().optional(),
  notifyMemberIds: ids.describe("Members who are asked to review."),
  notifyTeamKeys: ids.describe("Teams whose members are asked to review."),
};
/** When it is to be done, and on which scheduled change. */
export const timed = {
  executionDate: z.int().min(0).optional(),
  operatingOnId: z.string().optional(),
};
export const flagPath =
  "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/approval-requests";

export function flagPlace({ projectKey, environmentKey, flagKey: key }: FlagInEnvironment) {
  return { projectKey, environmentKey, kind: "flag" as const, key };
}
