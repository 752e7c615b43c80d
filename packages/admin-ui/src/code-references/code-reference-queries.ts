import { useQuery } from "@tanstack/react-query";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import type { Extinction, Repository } from "./code-reference.ts";

const base = "/api/v2/code-refs";

/** The repositories, with what on their default branches names the flag. */
export function useRepositories(project: string, flag: string) {
  const query = new URLSearchParams({
    withReferencesForDefaultBranch: "true",
    projKey: project,
    flagKey: flag,
  });
  return useQuery(resource<Items<Repository>>(`${base}/repositories?${query}`));
}

/** By the name of the repository, when the flag was taken out of it. */
export function useExtinctions(project: string, flag: string) {
  const query = new URLSearchParams({ projKey: project, flagKey: flag });
  const path = `${base}/extinctions?${query}`;
  return useQuery(
    resource<{ readonly items: Readonly<Record<string, readonly Extinction[]>> }>(path),
  );
}
