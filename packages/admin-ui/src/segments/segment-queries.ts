import { useQueries, useQuery } from "@tanstack/react-query";
import { apiPath, resource, taggedResource } from "../api/queries.ts";
import type { Environment, Items } from "../api/representations.ts";
import type { SegmentRepresentation } from "./segment-representation.ts";

export function segmentPath(project: string, environment: string, segment: string): string {
  return apiPath("segments", project, environment, segment);
}

export function useEnvironments(project: string) {
  const path = apiPath("projects", project, "environments");
  return useQuery(resource<Items<Environment>>(`${path}?limit=10000`));
}

/** The segments of each environment, with the flags that name them. */
export function useSegmentLists(project: string, environments: readonly Environment[]) {
  return useQueries({
    queries: environments.map(({ key }) =>
      resource<Items<SegmentRepresentation>>(
        `${apiPath("segments", project, key)}?limit=10000&expand=flags`,
      ),
    ),
  });
}

export function useSegment(project: string, environment: string, segment: string) {
  return useQuery({
    ...taggedResource<SegmentRepresentation>(segmentPath(project, environment, segment)),
    enabled: environment !== "",
  });
}
