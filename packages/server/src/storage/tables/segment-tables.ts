/** Segments, the members of big ones, and their files. */
export interface SegmentTables {
  segment: {
    environment_id: string;
    key: string;
    version: number;
    created_at: number;
    updated_at: number;
    body: string;
    /** When the next of its targets expires. */
    expires_at: number | null;
  };
  /** Who is listed in a big segment, and who as not in it. Those of other generations do not count. */
  big_segment_member: {
    environment_id: string;
    segment_key: string;
    generation: number;
    context_key: string;
    included: number;
    excluded: number;
  };
  /** Files of members on their way into a big segment. */
  big_segment_import: {
    id: string;
    environment_id: string;
    segment_key: string;
    mode: "merge" | "replace";
    status: "pending_approval" | "ready" | "in_progress" | "complete" | "stopped";
    file_name: string;
    /** JSON: who uploaded it. */
    actor: string;
    created_at: number;
    /** Why it was stopped, a JSON list. */
    problems: string;
    finished_at: number | null;
    /** Whose members it has replaced, until they are dropped. */
    former_generation: number | null;
  };
  /** Files of members that were asked for. */
  big_segment_export: {
    id: string;
    environment_id: string;
    segment_key: string;
    status: "in_progress" | "complete" | "stopped";
    size_bytes: number;
    /** JSON: who asked for it. */
    actor: string;
    created_at: number;
  };
}
