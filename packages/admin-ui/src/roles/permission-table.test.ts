import { describe, expect, it } from "vitest";
import {
  type Column,
  cellOf,
  columns,
  countUnshown,
  nextOf,
  rowsOf,
  withCell,
  withoutRow,
} from "./permission-table.ts";
import type { Statement } from "./statement.ts";

const flags = "proj/*:env/*:flag/*";
const critical = "proj/*:env/*;{critical:true}:flag/*";
const policy: readonly Statement[] = [
  {
    effect: "allow",
    actions: ["updateOn", "updateRules", "create*"],
    resources: [flags, "proj/*"],
  },
  { effect: "deny", actions: ["*"], resources: [critical] },
  { effect: "allow", notActions: ["delete*"], resources: ["team/*"] },
];
const allow = { says: "allow", isInherited: false };

/** Every cell of every row but one. */
function othersOf(of: readonly Statement[], at: { row: string; column: Column }) {
  const wide = at.column === "*" ? [...columns] : [at.column, "*", "update*", "updateOn"];
  return [flags, "proj/*", critical].flatMap((row) =>
    columns
      .filter((column) => row !== at.row || !wide.includes(column))
      .map((column) => [row, column, cellOf(of, row, column)]),
  );
}

describe("the table of a policy", () => {
  it("has a row for each resource, and counts what it cannot show", () => {
    expect(rowsOf(policy)).toEqual([flags, "proj/*", critical]);
    expect(countUnshown(policy)).toBe(1);
  });

  it.each([
    [flags, "updateOn", allow],
    [flags, "update*", { says: "some" }],
    [flags, "view*", { says: "nothing" }],
    [critical, "*", { says: "deny", isInherited: false }],
    [critical, "delete*", { says: "deny", isInherited: true }],
  ] as const)("reads %s, %s", (row, column, cell) => {
    expect(cellOf(policy, row, column)).toEqual(cell);
  });

  it("lets a wider denial win over what is allowed", () => {
    const both = [
      ...policy,
      { effect: "allow", actions: ["view*"], resources: [critical] } as const,
    ];

    expect(cellOf(both, critical, "view*")).toEqual({ says: "deny", isInherited: true });
  });

  it("is pressed from nothing to allowed, denied, and nothing again", () => {
    let now = policy;
    const seen = ["", "", ""].map(() => {
      now = withCell(now, { row: flags, column: "delete*" }, nextOf(cellOf(now, flags, "delete*")));
      return cellOf(now, flags, "delete*").says;
    });

    expect(seen).toEqual(["allow", "deny", "nothing"]);
    expect(now).toEqual(policy);
  });

  it.each(
    [flags, "proj/*", critical].flatMap((row) =>
      columns.flatMap((column) =>
        (["allow", "deny", undefined] as const).map((effect) => ({ row, column, effect })),
      ),
    ),
  )("says $effect of $column on $row, and leaves the other cells alone", (change) => {
    const changed = withCell(policy, change, change.effect);

    const own = changed.filter(
      ({ actions = [], resources = [] }) =>
        actions.includes(change.column) && resources.includes(change.row),
    );
    expect(own.map(({ effect }) => effect)).toEqual(
      change.effect === undefined ? [] : [change.effect],
    );
    if (change.column !== "*" && change.row !== critical)
      expect(othersOf(changed, change)).toEqual(othersOf(policy, change));
  });

  it("loses a row with all that was said of it alone", () => {
    const left = withoutRow(policy, flags);

    expect(rowsOf(left)).toEqual(["proj/*", critical]);
    expect(withoutRow(left, critical)).toHaveLength(2);
  });
});
