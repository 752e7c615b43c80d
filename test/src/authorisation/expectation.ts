import { isInProject, isKnown, type KnownPrincipal, type Principal } from "./principals.ts";
import type { Row } from "./row.ts";

export type Target = "own project" | "other project" | "nothing";

/** What has to come of a request. */
export type Expectation =
  | { readonly isLetIn: true; readonly seesIt: boolean }
  | { readonly isLetIn: false; readonly statuses: readonly number[] };

/** What has to come of a principal's request of a route about a target. */
export function expectationOf(row: Row, principal: Principal, target: Target): Expectation {
  if (!isKnown(principal)) return refused(401);
  const isPermitted = isPermittedTo(row, principal, target);
  // Whoever may not do it may be told so, or that there is nothing, whichever is looked at first.
  if (target === "nothing") return isPermitted ? refused(404) : refused(403, 404);
  if (isPermitted) return { isLetIn: true, seesIt: true };
  if ("shows" in row) return { isLetIn: true, seesIt: false };
  return seesProject(row, principal, target) ? refused(403) : refused(404);
}

function refused(...statuses: readonly number[]): Expectation {
  return { isLetIn: false, statuses };
}

function isPermittedTo(row: Row, principal: KnownPrincipal, target: Target): boolean {
  if (row.needs === "being known") return true;
  const isElsewhere = isInProject(row) && target === "other project";
  switch (principal) {
    case "a reader":
      return row.needs === "reading";
    case "a writer":
      return row.needs !== "administering";
    case "an admin":
      return true;
    case "a role that allows this alone":
      return !isElsewhere;
    case "a role that denies this alone":
    case "a role that sees another project alone":
    case "a role that denies what this takes besides":
      return isElsewhere;
    default:
      return principal satisfies never;
  }
}

/** Whoever may not see a project shall not learn that there is one. */
function seesProject(row: Row, principal: KnownPrincipal, target: Target): boolean {
  if (row.needs === "being known") return true;
  if (principal === "a role that denies what this takes besides")
    return row.besides?.every(({ action }) => action !== "viewProject") ?? true;
  if (!isInProject(row))
    return row.isHidden !== true || principal !== "a role that sees another project alone";
  switch (principal) {
    case "a reader":
    case "a writer":
    case "an admin":
      return true;
    case "a role that allows this alone":
      return target === "own project";
    case "a role that denies this alone":
      return row.action !== "viewProject" || target === "other project";
    case "a role that sees another project alone":
      return target === "other project";
    default:
      return principal satisfies never;
  }
}
