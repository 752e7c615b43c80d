import { isSame } from "@halyard/instructions";
import { z } from "zod";
import type { ChangeRule } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";

const FlagStates = z.looseObject({ environments: z.record(z.string(), z.unknown()) });

/**
 * Refuses a change of a flag or segment without a comment where an environment asks for one. Making
 * and deleting pass: the API has no place for a comment there.
 */
export const requireComments: ChangeRule = async (tx, change) => {
  const { projectId, kind, key, comment = "", before, after } = change;
  if ((kind !== "flag" && kind !== "segment") || comment.trim() !== "") return;
  if (projectId === undefined || before === undefined || after === undefined) return;
  const concerned =
    kind === "segment"
      ? change.environments
      : [...change.movedEnvironments, ...reconfigured(before, after)];
  if (concerned.length === 0) return;
  const asking = await tx
    .selectFrom("environment")
    .select("key")
    .where("project_id", "=", projectId)
    .where("require_comments", "=", 1)
    .where("key", "in", [...new Set(concerned)])
    .orderBy("key")
    .executeTakeFirst();
  if (asking === undefined) return;
  throw new DomainError(
    "invalid_request",
    `the environment "${asking.key}" asks for a comment with every change, and the change of ${kind} "${key}" has none; send {"comment": …} along`,
  );
};

/** The environments in which a flag is told something else, be it served or not. */
function reconfigured(before: object, after: object): readonly string[] {
  const former = FlagStates.parse(before).environments;
  const present = FlagStates.parse(after).environments;
  return Object.keys(present).filter((key) => !isSame(former[key], present[key]));
}
