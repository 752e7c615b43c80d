import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isContextError, parseContext } from "./context.ts";
import { evaluate } from "./evaluate.ts";
import type { Flag, Json } from "./model.ts";

const store = { flag: () => undefined, segment: () => undefined };

/** A flag that gives true where the attribute is one of the values. */
function flagOf(attribute: string, values: readonly Json[], negate = false): Flag {
  const clauses = [{ attribute, op: "in", values, negate }];
  return {
    key: "checkout",
    version: 1,
    on: true,
    variations: [false, true],
    rules: [{ variation: 1, clauses }],
    fallthrough: { variation: 0 },
  };
}

function valueFor(flag: Flag, input: unknown): Json {
  const context = parseContext(input);
  if (isContextError(context)) throw new Error(context.error);
  return evaluate(flag, context, store).value;
}

describe("a clause", () => {
  const plan = flagOf("plan", ["pro"]);
  class Account {
    readonly kind = "user";
    readonly key = "ada";
    get plan(): string {
      return "pro";
    }
  }
  const { plan: _, ...user } = { kind: "user", key: "ada", plan: "pro" };

  it.each([
    { of: "a plain object", input: { ...user, plan: "pro" }, expected: true },
    { of: "a frozen object", input: Object.freeze({ ...user, plan: "pro" }), expected: true },
    {
      of: "an object without a prototype",
      input: Object.assign(Object.create(null), user, { plan: "pro" }),
      expected: true,
    },
    {
      of: "an object with a getter",
      input: {
        ...user,
        get plan() {
          return "pro";
        },
      },
      expected: true,
    },
    { of: "a class whose getter is inherited", input: new Account(), expected: false },
    {
      of: "an object that inherits it",
      input: Object.assign(Object.create({ plan: "pro" }), user),
      expected: false,
    },
    {
      of: "an object whose prototype is told by JSON",
      input: JSON.parse('{"kind":"user","key":"ada","__proto__":{"plan":"pro"}}'),
      expected: false,
    },
  ])("reads the own members of $of", ({ input, expected }) => {
    expect(valueFor(plan, input)).toBe(expected);
  });

  it("reads them anew each time, whatever became of the app's object", () => {
    const input: Record<string, Json> = { kind: "user", key: "ada", plan: "free" };
    const given = [valueFor(plan, input)];
    input["plan"] = "pro";
    given.push(valueFor(plan, input));
    input["plan"] = ["free", "pro"];
    given.push(valueFor(plan, input));
    delete input["plan"];
    given.push(valueFor(plan, input));

    expect(given).toEqual([false, true, true, false]);
  });

  it("matches exactly where one of the values is there, or is not for a negated one", () => {
    const names = fc.constantFrom("plan", "__proto__", "constructor", "toString", "0", "name");
    const scalars = fc.constantFrom<Json>("a", "b", "", "1.0.0", 0, 1, true, false);
    const members = fc.array(fc.tuple(names, fc.oneof(scalars, fc.array(scalars))));
    const values = fc.array(scalars, { maxLength: 8 });
    fc.assert(
      fc.property(names, members, values, fc.boolean(), (name, list, allowed, negate) => {
        const entries = list.filter(([one, value]) => one !== "name" || typeof value === "string");
        const own = new Map<string, Json>(entries);
        const input = Object.fromEntries([["kind", "user"], ["key", "ada"], ...own]);

        const given = valueFor(flagOf(name, allowed, negate), input);

        const has = own.get(name);
        const isAny = [has ?? []].flat().some((value) => allowed.includes(value));
        expect(given).toBe(has !== undefined && isAny !== negate);
      }),
      { numRuns: 1_000 },
    );
  });
});
