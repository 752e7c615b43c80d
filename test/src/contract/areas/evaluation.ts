import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import type { Bench } from "../suite/bench.ts";
import { Area, type ContractCase } from "../suite/contract-case.ts";
import type { SdkData } from "../suite/sdk-data.ts";
import type { Evaluation, TestedClient } from "../suite/tested-client.ts";

type Members = Readonly<Record<string, unknown>>;

/** A file of evaluations over one set of flags. */
interface EvaluationFile extends SdkData {
  readonly title: string;
  readonly cases: readonly {
    readonly title: string;
    readonly flag: string;
    readonly context: Members;
    /** A user of the older shape, in place of the context. */
    readonly user?: Members;
    readonly type?: string;
    readonly default?: unknown;
    readonly needs?: readonly string[];
    /** The key that the flag is delivered under, where the result depends on it. */
    readonly as?: string;
    readonly expect: Evaluation;
  }[];
}

interface OperatorFile {
  readonly operators: readonly {
    readonly operator: string;
    /** The context's value, the clause's, and whether they match. */
    readonly rows: readonly (readonly [unknown, unknown, boolean])[];
  }[];
}

const folder = new URL("../cases/", import.meta.url);
// The files are ours, and in the shape that is said above.
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

export function evaluationCases(): readonly ContractCase[] {
  const files = readdirSync(new URL("evaluation/", folder))
    .sort()
    .map((name) => read(`evaluation/${name}`) as EvaluationFile);
  return [...files.flatMap(casesOf), ...operatorCases(read("operators.json") as OperatorFile)];
}

function casesOf(file: EvaluationFile): readonly ContractCase[] {
  const area = new Area(`evaluation, ${file.title}`);
  for (const one of file.cases) {
    const { flag, context, user, type = "any", expect } = one;
    const fallback = Object.hasOwn(one, "default") ? one.default : "fallback";
    const whom = user === undefined ? { context } : { context: null, user };
    const key = one.as ?? flag;
    const data = one.as === undefined ? file : { flags: { [one.as]: file.flags?.[flag] ?? {} } };
    const needs = one.needs ?? [];
    area.it(
      one.title,
      async (bench) => {
        const client = await clientWith(
          bench,
          `${file.title} ${one.as === undefined ? "" : flag}`,
          data,
        );
        const given = { ...whom, valueType: type, defaultValue: fallback };
        const detail = await client.detail(key, context, given);
        assert.deepEqual(plain(detail), plain(expect));
        const { value } = await client.detail(key, context, { ...given, detail: false });
        assert.deepEqual(value, expect.value, "the value without a story");
      },
      { needs },
    );
    if (isAllFlagsCase(one)) {
      area.it(
        `${one.title}, among all flags`,
        async (bench) => {
          const client = await clientWith(
            bench,
            `${file.title} ${one.as === undefined ? "" : flag}`,
            data,
          );
          const state = await client.allFlags(context, { ...whom, withReasons: true });
          const details = (state["$flagsState"] as Record<string, Members>)[key];
          const isNone = (expect.variationIndex ?? null) === null;
          assert.deepEqual(state[key], isNone ? null : expect.value);
          assert.deepEqual(details?.["variation"], isNone ? undefined : expect.variationIndex);
          assert.deepEqual(details?.["reason"], expect.reason);
        },
        { needs: [...needs, "all-flags-with-reasons"] },
      );
    }
  }
  return area.cases;
}

function isAllFlagsCase({ expect }: EvaluationFile["cases"][number]): boolean {
  const errorKind = expect.reason?.["errorKind"];
  return errorKind === undefined || errorKind === "MALFORMED_FLAG";
}

function operatorCases({ operators }: OperatorFile): readonly ContractCase[] {
  const area = new Area("evaluation, operators");
  for (const { operator, rows } of operators) {
    for (const [ours, theirs, isMatch] of rows) {
      const title = `${JSON.stringify(ours)} ${operator} ${JSON.stringify(theirs)}: ${isMatch}`;
      const at = rows.findIndex((row) => row[0] === ours && row[1] === theirs);
      area.it(title, async (bench) => {
        const client = await clientWith(
          bench,
          `operator ${operator}`,
          operatorData(operator, rows),
        );
        const context = { kind: "user", key: "ada", given: ours };
        assert.equal(await client.value(`row-${at}`, context), isMatch);
        assert.equal(await client.value(`row-${at}-negated`, context), !isMatch, "negated");
      });
    }
  }
  return area.cases;
}

function operatorData(op: string, rows: OperatorFile["operators"][number]["rows"]): SdkData {
  const flags = rows.flatMap(([, value], at) =>
    [false, true].map((negate): [string, Members] => [
      `row-${at}${negate ? "-negated" : ""}`,
      {
        variations: [false, true],
        rules: [
          {
            id: "rule",
            variation: 1,
            trackEvents: false,
            clauses: [{ contextKind: "user", attribute: "given", op, values: [value], negate }],
          },
        ],
      },
    ]),
  );
  return { flags: Object.fromEntries(flags) };
}

/** One client for all cases of a name. */
function clientWith(bench: Bench, name: string, data: SdkData): Promise<TestedClient> {
  return bench.run.shared(name, async (shared) => shared.client(await shared.flags(data)));
}

/** Absent and null are one. */
function plain({ value, variationIndex, reason }: Evaluation): Evaluation {
  return { value, variationIndex: variationIndex ?? null, reason: reason ?? {} };
}
