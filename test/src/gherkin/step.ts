import type { Step } from "./scenario.ts";
import type { World } from "./world.ts";

/** What a step's text says, and what is done for it, with what the pattern captured and the table. */
export type StepDefinition = readonly [
  pattern: RegExp,
  run: (world: World, words: readonly string[], rows: Step["rows"]) => void | Promise<void>,
];

/** Throws where something is not as the scenario wants it. Objects are the same in any order. */
export function expectSame(what: string, actual: unknown, wanted: unknown): void {
  const [is, should] = [written(actual), written(wanted)];
  if (is !== should) throw new Error(`${what} is ${is}, not ${should}`);
}

function written(value: unknown): string {
  const sorted = (_: string, member: unknown): unknown =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member;
  return JSON.stringify(value, sorted) ?? "undefined";
}
