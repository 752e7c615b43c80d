import { type SegmentShow, segmentShows } from "./segment-rows.ts";

type Raw = Readonly<Record<string, unknown>>;

/** What the address of the list holds. */
export function segmentListSearch({ q, show }: Raw): { q?: string; show?: SegmentShow } {
  const known = segmentShows.find((one) => one === show && one !== "all");
  return {
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(known === undefined ? {} : { show: known }),
  };
}

/** What the address of a segment holds: the environment that is looked at. */
export function segmentSearch({ env }: Raw): { env?: string } {
  return typeof env === "string" ? { env } : {};
}

/** What a new segment may begin with: one that another environment has already. */
export function newSegmentSearch({ env, from }: Raw): { env?: string; from?: string } {
  return { ...segmentSearch({ env }), ...(typeof from === "string" ? { from } : {}) };
}
