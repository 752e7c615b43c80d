import type { Environment } from "../api/representations.ts";
import type { SegmentRepresentation } from "./segment-representation.ts";

/** A segment, and where it is. */
export interface ShownSegment {
  readonly project: string;
  readonly environment: Environment;
  readonly segment: SegmentRepresentation;
}
