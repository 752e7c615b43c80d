import { describe, expect, test } from "vitest";
import { combinations, flagsForPage, flagsForTest, testFlags } from "./index.ts";

const ada = { kind: "user", key: "ada", plan: "pro" };
const grace = { kind: "user", key: "grace", plan: "free" };

describe("testFlags", () => {
  test("gives each flag's value at once, and says that it is a test's", async () => {
    await using flags = testFlags({ checkout: "new", "dark-mode": true, limits: { max: 3 } });

    expect(flags.variation("checkout", ada, "old")).toBe("new");
    expect(flags.boolVariation("dark-mode", ada, false)).toBe(true);
    expect(flags.jsonVariation("limits", ada, {})).toEqual({ max: 3 });
    expect(flags.variation("nope", ada, "fallback")).toBe("fallback");
    expect(flags.variationDetail("checkout", ada, "old")).toMatchObject({
      value: "new",
      source: "test",
      reason: { kind: "FALLTHROUGH" },
    });
    expect(await flags.waitForInitialization()).toMatchObject({ status: "complete" });
  });

  test("changes a value and tells the listeners before it goes on", async () => {
    await using flags = testFlags({ checkout: "old" });
    const seen: string[] = [];
    flags.on("change:checkout", () => seen.push(flags.variation("checkout", ada, "none")));

    flags.set("checkout", "new");
    flags.set("fresh", 1);

    expect(seen).toEqual(["new"]);
    expect(flags.variation("fresh", ada, 0)).toBe(1);
  });

  test("gives others what they were named for; the latest that matches counts", async () => {
    await using flags = testFlags({ checkout: "old", seats: 1 });

    flags.when({ plan: ["pro", "team"] }, { checkout: "new", seats: 50 });
    flags.when({ key: "ada" }, { checkout: "control" });

    const given = (who: object) => [
      flags.variation("checkout", who, ""),
      flags.variation("seats", who, 0),
    ];
    expect([given(ada), given(grace)]).toEqual([
      ["control", 50],
      ["old", 1],
    ]);
    expect(flags.variationDetail("checkout", ada, "").reason).toMatchObject({ kind: "RULE_MATCH" });
  });

  test("matches contexts of other kinds", async () => {
    await using flags = testFlags({ seats: 1 });

    flags.when({ kind: "org", key: "acme" }, { seats: 50 });

    const both = { kind: "multi", user: { key: "acme" }, org: { key: "acme" } };
    expect(flags.variation("seats", both, 0)).toBe(50);
    expect(flags.variation("seats", { kind: "user", key: "acme" }, 0)).toBe(1);
  });

  test("remembers what the code asked for, also through a bound client", async () => {
    await using flags = testFlags({ checkout: "old" });

    flags.variation("checkout", ada, "");
    flags.forContext(ada).boolVariation("dark-mode", false);
    flags.variationDetail("checkout", ada, "");

    expect(flags.asked()).toEqual(["checkout", "dark-mode"]);
  });

  test("throws for a flag that was not given, where it is to be strict", async () => {
    await using flags = testFlags({ checkout: "old" });
    flags.strict();

    expect(flags.variation("checkout", ada, "")).toBe("old");
    expect(() => flags.variation("chekout", ada, "")).toThrow(
      'the test gave no flag "chekout"; give it in testFlags',
    );
  });
});

describe("combinations", () => {
  test("are every choice of each flag's values", () => {
    const all = [...combinations({ checkout: ["old", "new"], dark: [true, false] })];

    expect(all).toHaveLength(4);
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(4);
    expect(all).toContainEqual({ checkout: "new", dark: false });
    expect([...combinations({})]).toEqual([{}]);
  });
});

const it = test.extend({ flags: flagsForTest({ checkout: "old" }) });

describe("flagsForTest", () => {
  it("gives a test flags of its own", ({ flags }) => {
    flags.set("checkout", "new");

    expect(flags.variation("checkout", ada, "")).toBe("new");
  });

  it("gives the next test fresh ones", ({ flags }) => {
    expect(flags.variation("checkout", ada, "")).toBe("old");
  });
});

describe("flagsForPage", () => {
  test("says what address it takes", () => {
    expect(() => flagsForPage("https://flags.example")).toThrow("http://flags.test");
  });
});
