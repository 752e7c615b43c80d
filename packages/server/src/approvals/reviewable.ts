import type { FlagInstruction, SegmentInstruction } from "@halyard/instructions";
import { DomainError } from "../errors.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import { parseSegmentInstructions } from "../segments/segment-patch.ts";
import type { ResourceKind } from "./approval-settings.ts";

/** Where a request would act, such as `proj/web-shop:env/production:flag/checkout`. */
export interface ReviewablePlace {
  readonly projectKey: string;
  readonly environmentKey: string;
  readonly kind: ResourceKind;
  readonly key: string;
}

export function placeOf(resourceId: string): ReviewablePlace {
  const found = /^proj\/([^:/;]+):env\/([^:/;*]+):(flag|segment)\/([^:/;]+)$/u.exec(resourceId);
  const [, projectKey = "", environmentKey = "", kind, key = ""] = found ?? [];
  if (kind === "flag" || kind === "segment") return { projectKey, environmentKey, kind, key };
  throw new DomainError(
    "invalid_request",
    `resourceId "${resourceId}" cannot be read; write proj/KEY:env/KEY:flag/KEY or proj/KEY:env/KEY:segment/KEY`,
  );
}

export function resourceIdOf(place: ReviewablePlace): string {
  return `proj/${place.projectKey}:env/${place.environmentKey}:${place.kind}/${place.key}`;
}

/** The resource as policies are asked about it. */
export function stepsTo({ projectKey, environmentKey, kind, key }: ReviewablePlace) {
  return [
    ["proj", projectKey],
    ["env", environmentKey],
    [kind, key],
  ] as const;
}

/** What reviewers are shown, and what is done when it is applied. */
export type Reviewable =
  | { readonly do: "changeFlag"; readonly instructions: readonly FlagInstruction[] }
  | { readonly do: "changeSegment"; readonly instructions: readonly SegmentInstruction[] }
  | { readonly do: "delete" };

const deletionOf = { flag: "deleteFlag", segment: "deleteSegment" } as const;

interface GivenInstruction {
  readonly kind: string;
}

/** Reads the instructions of a request; a wrong one is named by its place. */
export function readReviewable(
  kind: ResourceKind,
  instructions: readonly GivenInstruction[],
): Reviewable {
  if (instructions.some((one) => one.kind === deletionOf[kind])) {
    if (instructions.length === 1) return { do: "delete" };
    throw new DomainError("invalid_request", "a deletion stands alone; leave the others out");
  }
  return kind === "flag"
    ? { do: "changeFlag", instructions: parseFlagInstructions({ instructions }) }
    : { do: "changeSegment", instructions: parseSegmentInstructions(instructions) };
}

/** As they are kept, so that they can be compared with what is done. */
export function instructionsOf(kind: ResourceKind, reviewable: Reviewable): readonly object[] {
  return reviewable.do === "delete" ? [{ kind: deletionOf[kind] }] : reviewable.instructions;
}
