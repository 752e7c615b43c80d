import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import type { ScheduledChange } from "./scheduled-change.ts";

export function useScheduledChanges(project: string) {
  return useQuery(
    resource<Items<ScheduledChange>>(apiPath("projects", project, "scheduled-changes")),
  );
}

function pathOf(project: string, { _id, flagKey, environmentKey }: ScheduledChange): string {
  const place = ["flags", flagKey, "environments", environmentKey, "scheduled-changes", _id];
  return apiPath("projects", project, ...place);
}

/** Gives a scheduled change another time, in Unix milliseconds. */
export function reschedule(project: string, change: ScheduledChange, at: number): Promise<unknown> {
  return request("PATCH", pathOf(project, change), {
    instructions: [{ kind: "updateScheduledChangesExecutionDate", value: at }],
  });
}

export function cancel(project: string, change: ScheduledChange): Promise<unknown> {
  return request("DELETE", pathOf(project, change));
}

/** Schedules the same again; for Undo. */
export function scheduleAgain(project: string, change: ScheduledChange): Promise<unknown> {
  const { flagKey, environmentKey, executionDate, instructions } = change;
  const place = ["flags", flagKey, "environments", environmentKey, "scheduled-changes"];
  return request("POST", apiPath("projects", project, ...place), { executionDate, instructions });
}
