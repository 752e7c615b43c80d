import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CleanupEvidence, cleanupColumns, decideCleanup } from "./cleanup.ts";
import { usualRules } from "./lifecycle.ts";

const dayMs = 24 * 3_600_000;
const now = 1_000 * dayMs;
const asked = { now, rules: usualRules, nameOf: (id: string) => id };

const production = {
  key: "production",
  isCritical: true,
  isOn: true,
  servesOnly: "new",
  changedAt: now - 34 * dayMs,
  lastEvaluatedAt: now - 1000,
};
const settled: CleanupEvidence = {
  isTemporary: true,
  isDeprecated: false,
  isArchived: false,
  createdAt: now - 100 * dayMs,
  environments: [production],
  referenceCount: 0,
};
const { servesOnly: _, ...varied } = production;
const { lastEvaluatedAt: __, ...unasked } = production;
const old = { ...production, lastEvaluatedAt: now - 41 * dayMs };

describe("a flag on its way out", () => {
  it.each<[string, Partial<CleanupEvidence>, string, string]>([
    [
      "gives everyone the same",
      {},
      "readyToRemove",
      "Everyone has got new in production for 34 days",
    ],
    ["was made and forgotten", { environments: [unasked] }, "neverUsed", "Made 100 days ago"],
    [
      "is asked for no more",
      { environments: [old] },
      "safeToArchive",
      "Last asked for 41 days ago",
    ],
    [
      "is named in code alone",
      { environments: [old], referenceCount: 2 },
      "codeStillAsks",
      "code names it in 2 files",
    ],
    ["is deprecated and asked for", { isDeprecated: true }, "codeStillAsks", "It is deprecated"],
    ["is archived and asked for", { isArchived: true }, "codeStillAsks", "within the hour"],
  ])("that %s", (_name, difference, column, words) => {
    const decision = decideCleanup({ ...settled, ...difference }, asked);

    expect(decision?.column).toBe(column);
    expect(decision?.sentence).toContain(words);
  });

  it.each<[string, Partial<CleanupEvidence>]>([
    ["is permanent", { isTemporary: false }],
    ["is new", { createdAt: now - dayMs, environments: [unasked] }],
    ["gives some one thing and some another", { environments: [varied] }],
    ["has changed lately", { environments: [{ ...production, changedAt: now - dayMs }] }],
    ["is off where it counts", { environments: [{ ...production, isOn: false }] }],
    ["is kept for now", { keptUntil: now + dayMs }],
    ["is archived and asked for no more", { isArchived: true, environments: [old] }],
  ])("is none that %s", (_name, difference) => {
    expect(decideCleanup({ ...settled, ...difference }, asked)).toBeUndefined();
  });

  it("is there again when it is kept no longer", () => {
    const decision = decideCleanup({ ...settled, keptUntil: now - 1 }, asked);

    expect(decision?.column).toBe("readyToRemove");
  });

  it.each([
    ["gives everyone the same", { servedDays: 35 }, {}],
    ["is asked for no more", { unaskedDays: 42 }, { isTemporary: false, environments: [old] }],
    ["was made and forgotten", { unusedDays: 101 }, { environments: [unasked] }],
  ])("that %s is none before the project's own time", (_name, own, difference) => {
    const rules = { ...usualRules, ...own };

    expect(decideCleanup({ ...settled, ...difference }, asked)?.column).toBeDefined();
    const later = decideCleanup({ ...settled, ...difference }, { ...asked, rules });
    expect(later?.column).not.toBe(decideCleanup({ ...settled, ...difference }, asked)?.column);
  });

  it("is held to the critical environments where there are any", () => {
    const staging = { ...varied, key: "staging", isCritical: false };

    const decision = decideCleanup({ ...settled, environments: [production, staging] }, asked);

    expect(decision).toMatchObject({ column: "readyToRemove", keep: "new" });
  });
});

const time = fc.integer({ min: 0, max: now });
const anyEvidence: fc.Arbitrary<CleanupEvidence> = fc.record({
  isTemporary: fc.boolean(),
  isDeprecated: fc.boolean(),
  isArchived: fc.boolean(),
  createdAt: time,
  referenceCount: fc.nat(3),
  environments: fc.array(
    fc.record(
      {
        key: fc.constantFrom("test", "production"),
        isCritical: fc.boolean(),
        isOn: fc.boolean(),
        servesOnly: fc.constantFrom("old", "new"),
        changedAt: time,
        lastEvaluatedAt: time,
      },
      { requiredKeys: ["key", "isCritical", "isOn", "changedAt"] },
    ),
    { maxLength: 3 },
  ),
});

describe("the decision", () => {
  it("always has a sentence, and nothing is safe that was asked for or is named", () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const decision = decideCleanup(evidence, asked);
        if (decision === undefined) return;
        const last = Math.max(
          0,
          ...evidence.environments.map(({ lastEvaluatedAt }) => lastEvaluatedAt ?? 0),
        );

        expect(cleanupColumns).toContain(decision.column);
        expect(decision.sentence).toMatch(/^[A-Z].+\.$/u);
        if (decision.column === "safeToArchive" || decision.column === "neverUsed") {
          expect(now - last).toBeGreaterThanOrEqual(7 * dayMs);
          expect(evidence.referenceCount).toBe(0);
        }
        if (decision.column === "readyToRemove") expect(evidence.isTemporary).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("does not bring back into use what nothing has happened to", () => {
    fc.assert(
      fc.property(anyEvidence, fc.integer({ min: 0, max: 400 }), (evidence, days) => {
        fc.pre(!evidence.isArchived && decideCleanup(evidence, asked) !== undefined);

        const later = { ...asked, now: now + days * dayMs };

        expect(decideCleanup(evidence, later)).toBeDefined();
      }),
    );
  });
});
