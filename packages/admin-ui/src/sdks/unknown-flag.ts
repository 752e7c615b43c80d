import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

/** A key that SDKs asked for and no flag has. */
export interface UnknownFlag {
  readonly key: string;
  /** The flag that may be meant. */
  readonly nearest?: string;
  readonly count: number;
  /** Unix milliseconds. */
  readonly lastRequested: number;
}

const lookEveryMs = 3_000;

export function useUnknownFlags(project: string, isAsked: boolean) {
  const path = apiPath("projects", project, "unknown-flags");
  return useQuery({
    ...resource<Items<UnknownFlag>>(path),
    enabled: isAsked,
    refetchInterval: lookEveryMs,
  });
}
