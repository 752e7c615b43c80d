import { queryOptions } from "@tanstack/react-query";
import { resource } from "../api/queries.ts";

export interface Instance {
  readonly version: string;
  readonly license: string;
  readonly nodeVersion: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly memoryBytes: number;
  readonly database: {
    readonly engine: string;
    readonly version: string;
    readonly sizeBytes: number;
    readonly freeBytes: number;
  };
  readonly counts: Readonly<Record<Counted, number>>;
}

export const counted = ["projects", "environments", "flags", "segments", "members"] as const;
type Counted = (typeof counted)[number];

export const instance = resource<Instance>("/api/v2/account/instance");

/** As a load balancer asks; its answer is no error of the page. */
export const isReady = queryOptions({
  queryKey: ["/readyz"],
  queryFn: async ({ signal }) => (await fetch("/readyz", { signal })).ok,
});
