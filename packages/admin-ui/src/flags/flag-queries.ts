import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { semanticPatch } from "../api/change.ts";
import { apiPath, refresh, resource } from "../api/queries.ts";
import type { Environment, FeatureFlag, Items } from "../api/representations.ts";

export function useFlags(project: string) {
  return useQuery(
    resource<Items<FeatureFlag>>(`${apiPath("flags", project)}?summary=0&limit=10000`),
  );
}

export function useFlag(project: string, flag: string) {
  return useQuery(resource<FeatureFlag>(apiPath("flags", project, flag)));
}

export function useEnvironments(project: string) {
  const path = apiPath("projects", project, "environments");
  return useQuery(resource<Items<Environment>>(`${path}?limit=10000`));
}

/** Turns a flag on or off; what is shown changes only when the server has it. */
export function useFlagSwitch(project: string, flag: string, environmentKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (on: boolean) =>
      semanticPatch<FeatureFlag>(apiPath("flags", project, flag), {
        environmentKey,
        instructions: [{ kind: on ? "turnFlagOn" : "turnFlagOff" }],
      }),
    onSettled: () => refresh(client, apiPath("flags", project)),
  });
}
