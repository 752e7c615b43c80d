import type { SegmentInstruction } from "@halyard/instructions";
import { apiPath } from "../../api/queries.ts";
import { quoted } from "../../flags/review/script.ts";
import type { SegmentPlace } from "./segment-impact.ts";

/** The draft as a request that a script makes. */
export function segmentCurl(
  { project, environment, segment }: SegmentPlace,
  draft: { readonly instructions: readonly SegmentInstruction[]; readonly comment: string },
): string {
  const { instructions, comment } = draft;
  const body = { ...(comment === "" ? {} : { comment }), instructions };
  return [
    `curl -X PATCH ${location.origin}${apiPath("segments", project, environment, segment)} \\`,
    '  -H "Authorization: $HALYARD_TOKEN" \\',
    '  -H "Content-Type: application/json; domain-model=launchdarkly.semanticpatch" \\',
    `  -d ${quoted(JSON.stringify(body, undefined, 2))}`,
  ].join("\n");
}
