import { readdirSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { Asking } from "./asking.ts";
import { type Expectation, expectationOf, type Target } from "./expectation.ts";
import { isInProject, type Principal, principalsFor } from "./principals.ts";
import type { Row, Values } from "./row.ts";

const asking = await Asking.start();
afterAll(() => asking[Symbol.asyncDispose]());
const rows = await everyRow();

it("knows of every route whom it is for", () => {
  const known = rows.map(({ route }) => route);

  expect({
    withoutRow: asking.routes.filter((route) => !known.includes(route)),
    withoutRoute: known.filter((route) => !asking.routes.includes(route)),
  }).toEqual({ withoutRow: [], withoutRoute: [] });
});

it("has nothing for everybody but what the API says of itself", async () => {
  const described = await asking.describedRoutes();

  expect(described.filter((route) => !asking.routes.includes(route)).sort()).toEqual([
    "GET /api/v2",
    "GET /api/v2/openapi.json",
    "GET /api/v2/public-ip-list",
    "GET /api/v2/versions",
  ]);
});

it.each(rows.map((row) => [row.route, row] as const))(
  "%s is for whom it is meant",
  async (_, row) => {
    await asking.suit(row);

    const surprises = await surprisesOf(row);

    expect(surprises).toEqual([]);
  },
);

async function surprisesOf(row: Row): Promise<readonly string[]> {
  const surprises: string[] = [];
  for (const target of targetsOf(row)) {
    let values = await asking.make(row, target);
    for (const principal of principalsFor(row)) {
      const expectation = expectationOf(row, principal, target);
      const surprise = await surpriseOf(row, principal, { target, values, expectation });
      if (surprise !== undefined) surprises.push(`${principal}, of ${target}: ${surprise}`);
      // What was let in may have used it up.
      if (expectation.isLetIn) values = await asking.make(row, target);
    }
  }
  return surprises;
}

async function surpriseOf(
  row: Row,
  principal: Principal,
  asked: { target: Target; values: Values; expectation: Expectation },
): Promise<string | undefined> {
  const { target, values, expectation } = asked;
  const { status, text, hasWritten } = await asking.ask(row, principal, { target, values });
  if (!expectation.isLetIn) {
    if (!expectation.statuses.includes(status))
      return `${status} instead of ${expectation.statuses.join(" or ")}: ${text}`;
    return hasWritten ? `refused with ${status}, and yet something was written` : undefined;
  }
  if (status >= 300) return `${status} instead of being let in: ${text}`;
  if (!("shows" in row) || row.shows === undefined) return undefined;
  const seesIt = text.includes(row.shows(values));
  if (seesIt === expectation.seesIt) return undefined;
  return seesIt ? "is shown what is not for it" : "is not shown what it may see";
}

function targetsOf(row: Row): readonly Target[] {
  const isOfProject = row.needs !== "being known" && isInProject(row);
  const canMiss = row.route.includes(":") && row.neverMissing === undefined;
  return [
    "own project",
    ...(isOfProject ? (["other project"] as const) : []),
    ...(canMiss ? (["nothing"] as const) : []),
  ];
}

/** Each concept has a file of its own, so that nobody has to edit a list of them. */
async function everyRow(): Promise<readonly Row[]> {
  const files = readdirSync(new URL("rows/", import.meta.url)).sort();
  const modules = await Promise.all(
    files.map((file) => import(new URL(`rows/${file}`, import.meta.url).href)),
  );
  return modules.flatMap((module: { rows: readonly Row[] }) => module.rows);
}
