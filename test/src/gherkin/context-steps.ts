import type { JsonValue } from "@openfeature/core";
import { type Level, levels } from "./session.ts";
import { expectSame, type StepDefinition } from "./step.ts";
import { readValue } from "./world.ts";

const listed = /"((?:[^"\\]|\\.)*)"|(\d+)/gu;

/** The steps about contexts, and how those of several levels become one. */
export const contextSteps: readonly StepDefinition[] = [
  [/^a stable provider with retrievable context is registered$/u, (world) => world.start("stable")],
  [
    /^a context containing a key "(.*)", with type "(.*)" and with value "(.*)"$/u,
    (world, [key = "", type = "", value = ""]) =>
      world.addContext(world.session.ownLevel, { [key]: readValue(type, value) }),
  ],
  [
    /^a context containing a key "(.*)" with null value$/u,
    (world, [key = ""]) => world.addContext(world.session.ownLevel, { [key]: null }),
  ],
  [
    /^context contains keys (.+) with values (.+)$/u,
    (world, [keys = "", values = ""]) => {
      const names = [...keys.matchAll(listed)].map(([, name = ""]) => name);
      const given = [...values.matchAll(listed)].map(([, text, number]): JsonValue => {
        if (text === undefined) return Number(number);
        return text === "true" || text === "false" ? text === "true" : text;
      });
      const entries = names.map((name, index) => [name, given[index] ?? null]);
      world.addContext(world.session.ownLevel, Object.fromEntries(entries));
    },
  ],
  [
    /^the resolved flag value is "(.*)" when the context is empty$/u,
    async (world, [value]) => {
      world.contexts.clear();
      await world.evaluate();
      expectSame("the value", world.details.value, value);
    },
  ],
  [
    /^A context entry with key "(.*)" and value "(.*)" is added to the "(.*)" level$/u,
    (world, [key = "", value = "", level]) => world.addContext(levelOf(level), { [key]: value }),
  ],
  [
    /^A table with levels of increasing precedence$/u,
    (world, _, rows) => {
      world.precedence = rows.map(([level]) => levelOf(level));
    },
  ],
  [
    /^Context entries for each level from API level down to the "(.*)" level, with key "(.*)" and value "(.*)"$/u,
    (world, [last, key = "", value = ""]) => {
      const until = world.precedence.indexOf(levelOf(last));
      for (const [index, level] of world.precedence.slice(0, until + 1).entries()) {
        world.addContext(level, { [key]: index === until ? value : `${level} below ${value}` });
      }
    },
  ],
  [
    /^Some flag was evaluated$/u,
    async (world) => {
      world.ask("boolean", "boolean-flag", "false");
      await world.evaluate();
    },
  ],
  [
    /^The merged context contains an entry with key "(.*)" and value "(.*)"$/u,
    (world, [key = "", value]) =>
      expectSame(`the context's ${key}`, world.session.seenContext()[key], value),
  ],
  [
    /^an evaluation context with modifiable data$/u,
    (world) =>
      world.addContext(world.session.ownLevel, { email: "ada@example.com", of: { list: [1] } }),
  ],
  [
    /^the original evaluation context should remain unmodified$/u,
    (world) =>
      expectSame("the context", world.contexts.get(world.session.ownLevel), {
        email: "ada@example.com",
        of: { list: [1] },
      }),
  ],
];

function levelOf(name: string | undefined): Level {
  const level = levels.find((one) => one === name);
  if (level === undefined) throw new Error(`contexts have no level "${name}"`);
  return level;
}
