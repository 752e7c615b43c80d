import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import type { AuditPageOfEntries } from "../audit/audit-entry.ts";
import { auditPath } from "../audit/audit-queries.ts";

/** A way back that the server knows: of a flag or a segment to how it was at a time, or before an entry. */
export interface WayBack {
  readonly project: string;
  readonly of:
    | { readonly kind: "flag"; readonly key: string }
    | { readonly kind: "segment"; readonly key: string; readonly environment: string };
  readonly moment: { readonly at: number } | { readonly auditId: string };
}

type Thing = Pick<WayBack, "project" | "of">;

export interface Restored {
  readonly changes: readonly { readonly words: readonly string[] }[];
  readonly notRestored: readonly string[];
}

export function restorePath({ project, of }: Thing): string {
  return of.kind === "flag"
    ? apiPath("projects", project, "flags", of.key, "restore")
    : apiPath("projects", project, "environments", of.environment, "segments", of.key, "restore");
}

/** The resource whose entries came later. */
export function specOf({ project, of }: Thing): string {
  return of.kind === "flag"
    ? `proj/${project}:env/*:flag/${of.key}`
    : `proj/${project}:env/${of.environment}:segment/${of.key}`;
}

/** Back to how it was before the newest entry. */
export async function takeBackNewest(way: Thing): Promise<void> {
  const query = new URLSearchParams({ spec: specOf(way), limit: "1" });
  const { items } = await request<AuditPageOfEntries>("GET", `${auditPath}?${query}`);
  const [newest] = items;
  if (newest !== undefined) await request("POST", restorePath(way), { auditId: newest._id });
}
