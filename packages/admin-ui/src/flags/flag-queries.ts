import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Environment, FeatureFlag, Items } from "../api/representations.ts";
import { request } from "../api/request.ts";

export function useFlags(project: string) {
  return useQuery({
    queryKey: ["flags", project],
    queryFn: () =>
      request<Items<FeatureFlag>>("GET", `/api/v2/flags/${project}?summary=0&limit=10000`),
  });
}

export function useFlag(project: string, flag: string) {
  return useQuery({
    queryKey: ["flags", project, flag],
    queryFn: () => request<FeatureFlag>("GET", `/api/v2/flags/${project}/${flag}`),
  });
}

export function useEnvironments(project: string) {
  return useQuery({
    queryKey: ["environments", project],
    queryFn: () =>
      request<Items<Environment>>("GET", `/api/v2/projects/${project}/environments?limit=10000`),
  });
}

/** Turns a flag on or off; what is shown changes only when the server has it. */
export function useFlagSwitch(project: string, flag: string, environmentKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) =>
      request<FeatureFlag>(
        "PATCH",
        `/api/v2/flags/${project}/${flag}`,
        { environmentKey, instructions: [{ kind: on ? "turnFlagOn" : "turnFlagOff" }] },
        "application/json; domain-model=launchdarkly.semanticpatch",
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["flags", project] }),
  });
}
