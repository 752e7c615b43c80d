import { useChange } from "../../api/change.ts";
import { request } from "../../api/request.ts";
import { segmentPath } from "../segment-queries.ts";
import type { ShownSegment } from "../shown-segment.ts";
import { t } from "./text.ts";

export type ListedAs = "included" | "excluded" | "unlisted";

interface MembershipChange {
  readonly keys: readonly string[];
  readonly to: ListedAs;
  /** What they were, where it is known of all: then it can be taken back. */
  readonly from?: ListedAs;
}

/** Lists keys in a big segment, keeps them out of it, or takes them off its lists. What they were is known of few. */
export function useMembership(
  { project, environment, segment }: ShownSegment,
  { isUndone }: { readonly isUndone: boolean },
) {
  const path = segmentPath(project, environment.key, segment.key);
  const put = (keys: readonly string[], to: ListedAs) =>
    request("POST", `${path}/contexts`, {
      included: to === "included" ? { add: keys } : { remove: keys },
      excluded: to === "excluded" ? { add: keys } : { remove: keys },
    });
  return useChange({
    path,
    send: ({ keys, to }: MembershipChange) => put(keys, to),
    ...(isUndone
      ? { undo: ({ keys, from = "unlisted" }: MembershipChange) => put(keys, from) }
      : {}),
    done: ({ keys, to }) => t(`big.done.${to}`, { count: keys.length }),
    failed: () => t("big.failed", { segment: segment.name }),
  });
}
