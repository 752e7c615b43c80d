import type { FlagInstruction, SegmentInstruction } from "@halyard/instructions";
import type { z } from "zod";
import { DomainError } from "../errors.ts";
import { parseFlagInstructions } from "../flags/flag-patch.ts";
import { FlagBody } from "../flags/new-flag.ts";
import { SegmentBody } from "../segments/new-segment.ts";
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
  | { readonly do: "createFlag"; readonly body: FlagBody }
  | { readonly do: "createSegment"; readonly body: SegmentBody }
  | { readonly do: "delete" };

/** The instructions by which a whole thing comes or goes. */
export const creationOf = { flag: "createFlag", segment: "createSegment" } as const;
const deletionOf = { flag: "deleteFlag", segment: "deleteSegment" } as const;

interface GivenInstruction {
  readonly kind: string;
  readonly value?: unknown;
}

/** Reads the instructions of a request; a wrong one is named by its place. */
export function readReviewable(
  { kind, key }: Pick<ReviewablePlace, "kind" | "key">,
  instructions: readonly GivenInstruction[],
): Reviewable {
  const whole = instructions.find((one) =>
    [creationOf[kind], deletionOf[kind]].some((name) => name === one.kind),
  );
  if (whole !== undefined && instructions.length > 1) {
    throw new DomainError("invalid_request", `${whole.kind} stands alone; leave the others out`);
  }
  if (whole?.kind === deletionOf[kind]) return { do: "delete" };
  if (whole !== undefined) {
    return kind === "flag"
      ? { do: "createFlag", body: readBody(FlagBody, key, whole) }
      : { do: "createSegment", body: readBody(SegmentBody, key, whole) };
  }
  return kind === "flag"
    ? { do: "changeFlag", instructions: parseFlagInstructions({ instructions }) }
    : { do: "changeSegment", instructions: parseSegmentInstructions(instructions) };
}

/** What is made is what the request is about. */
function readBody<Body extends { readonly key: string }>(
  schema: z.ZodType<Body>,
  key: string,
  { kind, value }: GivenInstruction,
): Body {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const at = ["value", ...(problem?.path ?? [])].join("/");
    const words = problem?.message ?? "it cannot be read";
    throw new DomainError("invalid_request", `instruction 0 (${kind}): ${words} at ${at}`);
  }
  if (parsed.data.key === key) return parsed.data;
  throw new DomainError(
    "invalid_request",
    `instruction 0 (${kind}): its key "${parsed.data.key}" is not that of the resourceId, "${key}"; give both the same`,
  );
}

/** As they are kept, so that they can be compared with what is done. */
export function instructionsOf(
  kind: ResourceKind,
  reviewable: Reviewable,
): readonly GivenInstruction[] {
  switch (reviewable.do) {
    case "createFlag":
    case "createSegment":
      return [{ kind: reviewable.do, value: reviewable.body }];
    case "delete":
      return [{ kind: deletionOf[kind] }];
    case "changeFlag":
    case "changeSegment":
      return reviewable.instructions;
    default:
      return reviewable satisfies never;
  }
}

/** What a request would do, where that is more than its instructions say to people. */
export function wordsOf(reviewable: Reviewable): readonly string[] {
  if (reviewable.do === "createFlag") return [`Create flag ${reviewable.body.key}`];
  if (reviewable.do === "createSegment") return [`Create segment ${reviewable.body.key}`];
  return [];
}
