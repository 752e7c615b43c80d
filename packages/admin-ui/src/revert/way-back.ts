import { apiPath } from "../api/queries.ts";

/** A way back that the server knows: of a flag or a segment to how it was at a time, or before an entry. */
export interface WayBack {
  readonly project: string;
  readonly of:
    | { readonly kind: "flag"; readonly key: string }
    | { readonly kind: "segment"; readonly key: string; readonly environment: string };
  readonly moment: { readonly at: number } | { readonly auditId: string };
}

export interface Restored {
  readonly changes: readonly { readonly words: readonly string[] }[];
  readonly notRestored: readonly string[];
}

export function restorePath({ project, of }: WayBack): string {
  return of.kind === "flag"
    ? apiPath("projects", project, "flags", of.key, "restore")
    : apiPath("projects", project, "environments", of.environment, "segments", of.key, "restore");
}

/** The resource whose entries came later. */
export function specOf({ project, of }: WayBack): string {
  return of.kind === "flag"
    ? `proj/${project}:env/*:flag/${of.key}`
    : `proj/${project}:env/${of.environment}:segment/${of.key}`;
}
