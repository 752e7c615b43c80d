import type { Json } from "@halyard/evaluation";
import type { SegmentInstruction } from "@halyard/instructions";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { t } from "./text.ts";

export interface SegmentPlace {
  readonly project: string;
  readonly environment: string;
  readonly segment: string;
}

export type SeenContextObject = Readonly<Record<string, Json>>;

export interface MembershipReason {
  readonly kind: "INCLUDED" | "EXCLUDED" | "RULE_MATCH" | "NO_MATCH";
  /** From 0. */
  readonly ruleIndex?: number;
}

export interface RuleAnswer {
  readonly ruleID: string;
  readonly isMatch: boolean;
  readonly failed?: { readonly attribute: string; readonly op: string; readonly actual?: Json };
}

/** How one context stands to the segment. */
export interface Standing {
  readonly isMember: boolean;
  readonly wasMember: boolean;
  readonly reason: MembershipReason;
  readonly rules: readonly RuleAnswer[];
}

export interface SegmentImpact {
  readonly seenCount: number;
  readonly withPrivateAttributesCount: number;
  readonly memberCount: { readonly before: number; readonly after: number };
  readonly enteringCount: number;
  readonly leavingCount: number;
  readonly entering: readonly SeenContextObject[];
  readonly leaving: readonly SeenContextObject[];
  readonly members: readonly {
    readonly context: SeenContextObject;
    readonly lastSeen: number;
    readonly reason: MembershipReason;
  }[];
  readonly flags: readonly {
    readonly key: string;
    readonly name: string;
    readonly on: boolean;
    readonly changedCount: number;
    readonly changes: readonly {
      readonly from: number | null;
      readonly to: number | null;
      readonly count: number;
    }[];
  }[];
  readonly asked?: Standing;
}

const pauseMs = 250;

export interface DraftedSegment {
  /** The state on the server that the instructions are about. */
  readonly version: string;
  readonly instructions: readonly SegmentInstruction[];
  /** They do not fit the segment as it is. */
  readonly isInConflict: boolean;
}

/** Who is in the segment with the draft, and what flags give then; asked once typing pauses. */
export function useSegmentImpact(place: SegmentPlace, draft: DraftedSegment) {
  const asked = usePaused(JSON.stringify([draft.version, { instructions: draft.instructions }]));
  return useQuery({
    ...impact(place, asked),
    enabled: !draft.isInConflict,
    placeholderData: keepPreviousData,
  });
}

/** How a context stands to the segment with the draft; undefined is not asked about. */
export function useStanding(
  place: SegmentPlace,
  draft: DraftedSegment,
  context: SeenContextObject | undefined,
) {
  const { version, instructions, isInConflict } = draft;
  const asked = usePaused(JSON.stringify([version, { instructions, context }]));
  return useQuery({
    ...impact(place, asked),
    enabled: context !== undefined && !isInConflict,
    placeholderData: keepPreviousData,
  });
}

function impact({ project, environment, segment }: SegmentPlace, asked: string) {
  const path = apiPath(
    "projects",
    project,
    "segments",
    segment,
    "environments",
    environment,
    "impact",
  );
  return {
    // Not known by its path: what is refreshed when the segment changes would ask with what is saved by then.
    queryKey: ["segment-impact", path, asked],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => {
      const [, body] = JSON.parse(asked) as readonly [string, object]; // Written above.
      return request<SegmentImpact>("POST", path, body, { signal });
    },
  };
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(paused);
}

export function impactInWords({ seenCount, enteringCount, leavingCount }: SegmentImpact): string {
  if (seenCount === 0) return t("edit.impact.unseen");
  if (enteringCount + leavingCount === 0) return t("edit.impact.none", { seen: seenCount });
  return t("edit.impact", { entering: enteringCount, leaving: leavingCount, seen: seenCount });
}

export function reasonInWords({ kind, ruleIndex = 0 }: MembershipReason): string {
  return kind === "RULE_MATCH"
    ? t("reason.RULE_MATCH", { at: ruleIndex + 1 })
    : t(`reason.${kind}`);
}
