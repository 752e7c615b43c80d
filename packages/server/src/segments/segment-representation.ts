import { z } from "zod";
import { JsonValue } from "../http/json-value.ts";
import { Link, linkTo } from "../http/paging.ts";
import type { StoredSegment } from "./segment-queries.ts";

const Keys = z.array(z.string()).readonly();
const Targets = z.array(z.object({ contextKind: z.string(), values: Keys })).readonly();
const Time = z.int().describe("Unix milliseconds.");

/** A segment as REST shows it. */
export const SegmentRepresentation = z
  .object({
    key: z.string(),
    name: z.string(),
    description: z.string(),
    tags: Keys,
    creationDate: Time,
    lastModifiedDate: Time,
    included: Keys,
    excluded: Keys,
    includedContexts: Targets,
    excludedContexts: Targets,
    rules: z.array(
      z.object({
        _id: z.string(),
        description: z.string().optional(),
        clauses: z.array(
          z.object({
            _id: z.string(),
            contextKind: z.string().optional(),
            attribute: z.string(),
            op: z.string(),
            negate: z.boolean(),
            values: z.array(JsonValue).readonly(),
          }),
        ),
        weight: z.int().optional().describe("Thousandths of a percent of those who match."),
        bucketBy: z.string().optional(),
        rolloutContextKind: z.string().optional(),
      }),
    ),
    version: z.int(),
    deleted: z.boolean(),
    _links: z.object({ self: Link, parent: Link }),
    unbounded: z.boolean(),
    unboundedContextKind: z.string().optional(),
    generation: z.int(),
    _unboundedMetadata: z
      .object({
        envId: z.string(),
        segmentId: z.string(),
        version: z.int(),
        includedCount: z.int(),
        excludedCount: z.int(),
        lastModified: Time,
      })
      .optional()
      .describe("How many are listed in a big segment that is asked for by itself."),
    _importInProgress: z.boolean().optional(),
    _flags: z
      .array(z.object({ name: z.string(), key: z.string(), _links: z.object({ self: Link }) }))
      .optional()
      .describe("The flags that name it, where it is asked for by itself or with expand=flags."),
  })
  .meta({ id: "Segment" });
export type SegmentRepresentation = z.output<typeof SegmentRepresentation>;

/** `parent` is the address of the list that it is in. */
export function segmentRepresentation(
  { state, version, createdAt, updatedAt }: StoredSegment,
  parent: string,
): SegmentRepresentation {
  const { salt: _, rules, ...segment } = state;
  return {
    ...segment,
    creationDate: createdAt,
    lastModifiedDate: updatedAt,
    _links: { self: linkTo(`${parent}/${state.key}`), parent: linkTo(parent) },
    rules: rules.map(({ id, clauses, ...rule }) => ({
      _id: id,
      clauses: clauses.map(({ id: _id, ...clause }) => ({ _id, ...clause })),
      ...rule,
    })),
    version,
    deleted: false,
    generation: state.generation ?? 1,
  };
}
