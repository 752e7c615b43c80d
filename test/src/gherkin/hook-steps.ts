import { expectSame, type StepDefinition } from "./step.ts";
import { readValue, type World } from "./world.ts";

/** The steps about hooks. */
export const hookSteps: readonly StepDefinition[] = [
  [/^a client with added hook$/u, (world) => world.session.addHook(world.recordingHook("added"))],
  [
    /^evaluation options containing specific hooks$/u,
    (world) => void world.hooks.push(world.recordingHook("first"), world.recordingHook("second")),
  ],
  [
    /^the flag was evaluated with details using the evaluation options$/u,
    (world) => world.evaluate(),
  ],
  [
    /^the specified hooks should execute during evaluation$/u,
    (world) => {
      for (const hook of ["first", "second"]) {
        const stages = world.hookRuns.filter((run) => run.hook === hook).map(({ stage }) => stage);
        expectSame(`what ran of the ${hook} hook`, stages, ["before", "after", "finally"]);
      }
    },
  ],
  [
    // The first begins first and ends last.
    /^the hook order should be maintained$/u,
    (world) => {
      expectSame("the order before", orderOf(world, "before"), ["first", "second"]);
      expectSame("the order after", orderOf(world, "after"), ["second", "first"]);
      expectSame("the order at last", orderOf(world, "finally"), ["second", "first"]);
    },
  ],
  [
    /^the "(.*)" hook should have been executed$/u,
    (world, [stage]) => expectSame(`the count of ${stage}`, runsOf(world, stage).length, 1),
  ],
  [
    /^the "(.*)" hooks should be called with evaluation details$/u,
    (world, [stages = ""], [, ...rows]) => {
      for (const stage of stages.split(", ")) {
        const [run] = runsOf(world, stage);
        for (const [type = "", name = "", value = ""] of rows) {
          const wanted = value === "null" ? undefined : readValue(type, value);
          expectSame(`${name} in ${stage}`, memberOf(run?.details ?? {}, name), wanted);
        }
      }
    },
  ],
];

function runsOf(world: World, stage: string | undefined) {
  return world.hookRuns.filter((run) => run.stage === stage);
}

function orderOf(world: World, stage: string): string[] {
  return runsOf(world, stage).map(({ hook }) => hook);
}

/** A member by its name in snake case. */
function memberOf(details: object, name: string): unknown {
  const key = name.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase());
  return Object.entries(details).find(([member]) => member === key)?.[1];
}
