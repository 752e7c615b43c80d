import type { DraftPlace } from "../draft/draft-store.ts";
import type { Instructions } from "../draft/steps.ts";
import { patchOf } from "./save-draft.ts";

/** The draft as a request that a script makes. */
export function curlOf(
  place: DraftPlace,
  {
    origin,
    instructions,
    comment,
  }: { origin: string; instructions: Instructions; comment: string },
): string {
  const body = JSON.stringify(patchOf(place.environment, instructions, comment), undefined, 2);
  return [
    `curl -X PATCH ${origin}/api/v2/flags/${place.project}/${place.flag} \\`,
    '  -H "Authorization: $HALYARD_TOKEN" \\',
    '  -H "Content-Type: application/json; domain-model=launchdarkly.semanticpatch" \\',
    `  -d ${quoted(body)}`,
  ].join("\n");
}

/** The draft as a command; undefined where no command does the same. */
export function commandOf(
  { flag, environment, project }: DraftPlace,
  instructions: Instructions,
  comment: string,
): string | undefined {
  const [only, ...more] = instructions;
  if (only === undefined || more.length > 0) return undefined;
  if (only.kind !== "turnFlagOn" && only.kind !== "turnFlagOff") return undefined;
  const state = only.kind === "turnFlagOn" ? "on" : "off";
  const why = comment === "" ? "" : ` -m ${quoted(comment)}`;
  return `halyard flags ${state} ${flag} --project ${project} -e ${environment}${why}`;
}

/** As one word of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
