import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

/** An SDK that the server turned away. */
export interface FailedConnect {
  /** Unix milliseconds. */
  readonly at: number;
  readonly path: string;
  readonly problem: "noKey" | "mistyped" | "wrongKind" | "expired" | "unknown";
  readonly name: string;
  readonly version?: string;
  readonly address: string;
  /** Whose key it came with, where that is known. */
  readonly environment?: string;
}

const lookEveryMs = 2_000;

/** Who was turned away in the last minutes; nobody tells of it, so it is asked for again and again. */
export function useFailedConnects(project: string, isAsked: boolean) {
  const path = apiPath("projects", project, "failed-connects");
  return useQuery({
    ...resource<Items<FailedConnect>>(path),
    enabled: isAsked,
    refetchInterval: lookEveryMs,
  });
}
