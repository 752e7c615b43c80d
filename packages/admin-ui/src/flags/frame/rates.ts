import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";

interface Sparkline {
  readonly environment: string;
  /** A count for each minute, the oldest first. */
  readonly counts: readonly number[];
}

const minutes = 5;
const refetchMs = 30_000;

/** Evaluations of the flag a minute, by environment. */
export function useRates(project: string, flag: string): ReadonlyMap<string, number> {
  const path = `${apiPath("projects", project, "flag-evaluations")}?period=1h&flags=${encodeURIComponent(flag)}`;
  const { data } = useQuery({ ...resource<Items<Sparkline>>(path), refetchInterval: refetchMs });
  return new Map(data?.items.map(({ environment, counts }) => [environment, rateOf(counts)]));
}

function rateOf(counts: readonly number[]): number {
  const recent = counts.slice(-minutes);
  return Math.ceil(recent.reduce((sum, count) => sum + count, 0) / minutes);
}
