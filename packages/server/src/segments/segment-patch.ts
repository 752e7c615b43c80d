import { randomUUID } from "node:crypto";
import { differenceOfSegments, SegmentInstruction, type SegmentState } from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { JsonValue } from "../http/json-value.ts";
import { applyToRepresentation, changedMembers, parsePatch } from "../http/patch.ts";
import type { SegmentRepresentation } from "./segment-representation.ts";

/** What a PATCH asks for. */
export interface SegmentPatch {
  readonly instructions: readonly SegmentInstruction[];
  readonly comment: string | undefined;
}

/** Reads the body of a PATCH; what it becomes may depend on the segment as it is. */
export function parseSegmentPatch(
  body: unknown,
  contentType?: string,
): (before: SegmentState, shown: SegmentRepresentation) => SegmentPatch {
  const patch = parsePatch(body, contentType);
  const { comment } = patch;
  if (patch.kind === "semantic") {
    const instructions = parseSegmentInstructions(patch.instructions);
    return () => ({ instructions, comment });
  }
  return (before, shown) => {
    const after = segmentOfRepresentation(before, shown, applyToRepresentation(shown, patch));
    return { instructions: differenceOfSegments(before, after), comment };
  };
}

export function parseSegmentInstructions(
  instructions: readonly { readonly kind: string }[],
): readonly SegmentInstruction[] {
  return instructions.map(parseInstruction);
}

function parseInstruction(input: { kind: string }, index: number): SegmentInstruction {
  const parsed = SegmentInstruction.safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const at = problem?.path.length === 0 ? "" : ` at ${problem?.path.join("/")}`;
  throw new DomainError(
    "invalid_request",
    `instruction ${index} (${input.kind}): ${problem?.message ?? "it cannot be read"}${at}`,
  );
}

const newId = z.string().default(() => randomUUID());
const Keys = z.array(z.string()).default([]);
const Targets = z
  .array(z.object({ contextKind: z.string().default("user"), values: z.array(z.string()) }))
  .default([]);

/** A representation as a patch may leave it: what a client need not give has a default. */
const WantedSegment = z.object({
  name: z.string().min(1),
  description: z.string().default(""),
  tags: Keys,
  included: Keys,
  excluded: Keys,
  includedContexts: Targets,
  excludedContexts: Targets,
  rules: z
    .array(
      z.object({
        _id: newId,
        description: z.string().optional(),
        clauses: z.array(
          z.object({
            _id: newId,
            contextKind: z.string().optional(),
            attribute: z.string(),
            op: z.string(),
            negate: z.boolean().default(false),
            values: z.array(JsonValue),
          }),
        ),
        weight: z.int().optional(),
        bucketBy: z.string().optional(),
        rolloutContextKind: z.string().optional(),
      }),
    )
    .default([]),
});
type WantedSegment = z.infer<typeof WantedSegment>;

function segmentOfRepresentation(
  before: SegmentState,
  shown: SegmentRepresentation,
  wanted: unknown,
): SegmentState {
  const settable = Object.keys(WantedSegment.shape);
  // LaunchDarkly's Terraform provider says of each segment that it is temporary, which says nothing here.
  const { temporary: _, ...told } = z.looseObject({}).parse(wanted);
  const changed = changedMembers(shown, told);
  const fixed = changed.find((name) => !settable.includes(name));
  if (fixed !== undefined) {
    throw new DomainError(
      "invalid_request",
      `the patch changes /${fixed}, which is not for clients to set; what can be set is ${settable.join(", ")}`,
    );
  }
  const parsed = WantedSegment.safeParse(wanted);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const at = problem?.path.join("/");
    throw new DomainError("invalid_request", `the patch makes /${at} wrong: ${problem?.message}`);
  }
  const { rules, ...rest } = parsed.data;
  return { ...before, ...rest, rules: changed.includes("rules") ? rulesOf(rules) : before.rules };
}

function rulesOf(rules: WantedSegment["rules"]): SegmentState["rules"] {
  return rules.map(({ _id: id, clauses, ...rule }) => ({
    id,
    ...present(rule),
    clauses: clauses.map(({ _id, contextKind, ...clause }) => ({
      id: _id,
      ...clause,
      ...present({ contextKind }),
    })),
  }));
}

/** Without the members that are not there. */
function present<T extends object>(object: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> }; // As filtered.
}
