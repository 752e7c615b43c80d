import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { Period } from "./period.ts";

export interface Series {
  readonly kind: "variation" | "fallback" | "flagNotFound";
  readonly variation: number | null;
  /** A count for each step, the oldest first. */
  readonly counts: readonly number[];
  readonly total: number;
}

export interface Evaluations {
  /** Unix milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
  readonly series: readonly Series[];
  readonly sdks: readonly {
    readonly sdk: string;
    readonly application: string;
    readonly count: number;
  }[];
  readonly totalCount: number;
}

const minuteMs = 60_000;

/** What SDKs reported of the flag in the chosen environment; renewed as often as a step is felt. */
export function useEvaluations(period: Period) {
  const { project, flag, environment } = useFlagPage();
  const path = apiPath(
    "projects",
    project,
    "flags",
    flag.key,
    "environments",
    environment.key,
    "evaluations",
  );
  return useQuery({
    ...resource<Evaluations>(`${path}?period=${period}`),
    refetchInterval: period === "1h" ? minuteMs / 4 : minuteMs,
  });
}

export interface Change {
  readonly _id: string;
  /** Unix milliseconds. */
  readonly date: number;
  /** Who did it. */
  readonly subject: { readonly name: string };
  /** What was done, in words. */
  readonly description: string;
  readonly comment?: string;
}

/** What was done to the flag in the environment since then; the newest first. */
export function useChanges(after: number) {
  const { project, flag, environment } = useFlagPage();
  const spec = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const path = `/api/v2/auditlog?limit=200&after=${after}&spec=${encodeURIComponent(spec)}`;
  return useQuery(resource<Items<Change>>(path)).data?.items;
}

interface Statuses {
  readonly environments: Readonly<Record<string, { readonly lastRequested?: string }>>;
}

/** By the key of the environment, when SDKs last asked for the flag there. */
export function useLastSeen() {
  const { project, flag } = useFlagPage();
  return useQuery(resource<Statuses>(apiPath("flag-status", project, flag.key))).data?.environments;
}
