import type { Statement } from "./statement.ts";

/** The groups of actions that the table has a column for; everything else is a statement's own. */
export const columns = [
  "*",
  "view*",
  "create*",
  "update*",
  "updateOn",
  "reviewApprovalRequest",
  "delete*",
] as const;
export type Column = (typeof columns)[number];

type Effect = Statement["effect"];

/** What the statements on exactly this resource say of a group of actions. */
export type Cell =
  | { readonly says: "nothing" }
  /** Some of the group alone, such as `updateRules` of all that changes. */
  | { readonly says: "some" }
  | { readonly says: Effect; readonly isInherited: boolean };

interface Named extends Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The table has no place for "all but". */
function isNamed(statement: Statement): statement is Named {
  return statement.actions !== undefined && statement.resources !== undefined;
}

/** The resources that are named, each once and in order. */
export function rowsOf(policy: readonly Statement[]): readonly string[] {
  return [...new Set(policy.filter(isNamed).flatMap(({ resources }) => resources))];
}

/** How many statements say "all but", so that the table does not show them. */
export function countUnshown(policy: readonly Statement[]): number {
  return policy.filter((statement) => !isNamed(statement)).length;
}

export function cellOf(policy: readonly Statement[], row: string, column: Column): Cell {
  const about = policy.filter(isNamed).filter(({ resources }) => resources.includes(row));
  const own = strongest(about.filter(({ actions }) => actions.includes(column)));
  const wider = strongest(
    about.filter(({ actions }) => actions.some((action) => covers(action, column))),
  );
  // Within a role denying wins, wherever it is said.
  if (wider === "deny" && own !== "deny") return { says: "deny", isInherited: true };
  if (own !== undefined) return { says: own, isInherited: false };
  if (wider !== undefined) return { says: wider, isInherited: true };
  const hasSome = about.some(({ actions }) => actions.some((action) => covers(column, action)));
  return { says: hasSome ? "some" : "nothing" };
}

function strongest(statements: readonly Statement[]): Effect | undefined {
  if (statements.some(({ effect }) => effect === "deny")) return "deny";
  return statements.length > 0 ? "allow" : undefined;
}

/** Whether a pattern takes in a narrower one, or an action. */
function covers(pattern: string, action: string): boolean {
  if (pattern === action || !pattern.endsWith("*")) return false;
  return action.startsWith(pattern.slice(0, -1));
}

/** What a press makes of a cell. */
export function nextOf(cell: Cell): Effect | undefined {
  if (cell.says === "allow" && !cell.isInherited) return "deny";
  if (cell.says === "deny" && !cell.isInherited) return undefined;
  return cell.says === "allow" ? "deny" : "allow";
}

/** The policy with this said of the group of actions on the resource, and nothing else changed. */
export function withCell(
  policy: readonly Statement[],
  at: { readonly row: string; readonly column: Column },
  effect: Effect | undefined,
): readonly Statement[] {
  const without = policy.flatMap((statement) => withoutAction(statement, at));
  if (effect === undefined) return without;
  const place = without.findIndex(
    (one) => isNamed(one) && one.effect === effect && one.resources.join() === at.row,
  );
  const found = without[place];
  if (found === undefined)
    return [...without, { effect, actions: [at.column], resources: [at.row] }];
  return without.with(place, { ...found, actions: [...(found.actions ?? []), at.column] });
}

export function withoutRow(policy: readonly Statement[], row: string): readonly Statement[] {
  return policy.flatMap((statement) => {
    if (!isNamed(statement) || !statement.resources.includes(row)) return [statement];
    const resources = statement.resources.filter((one) => one !== row);
    return resources.length === 0 ? [] : [{ ...statement, resources }];
  });
}

function withoutAction(
  statement: Statement,
  { row, column }: { readonly row: string; readonly column: Column },
): readonly Statement[] {
  if (!isNamed(statement)) return [statement];
  const { actions, resources } = statement;
  if (!resources.includes(row) || !actions.includes(column)) return [statement];
  const others = resources.filter((one) => one !== row);
  const left = actions.filter((one) => one !== column);
  return [
    ...(others.length === 0 ? [] : [{ ...statement, resources: others }]),
    ...(left.length === 0 ? [] : [{ ...statement, actions: left, resources: [row] }]),
  ];
}
