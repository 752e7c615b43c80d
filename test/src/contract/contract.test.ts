import { afterAll, describe, expect, it } from "vitest";
import { allCases } from "./areas/areas.ts";
import { halyardSubject } from "./service/halyard-subject.ts";
import { TestService } from "./service/test-service.ts";
import { type Outcome, Suite } from "./suite/suite.ts";

const service = await TestService.start(halyardSubject);
afterAll(() => service[Symbol.asyncDispose]());
const quickCases = allCases.filter(({ isSlow }) => !isSlow);

describe("our SDK", () => {
  // One test for all cases of an area: each case costs far less than reporting it.
  const areas = [...new Set(quickCases.map(({ area }) => area))];
  for (const mode of ["first", "second"] as const) {
    const inMode = areas.filter((name) =>
      quickCases.some(({ area, modes }) => area === name && modes.includes(mode)),
    );
    it.each(inMode)(`keeps its contract in the ${mode} generation: %s`, async (name) => {
      await using suite = await Suite.over(service.url, mode);
      const cases = quickCases.filter(({ area }) => area === name);

      const outcomes = await suite.runAll(cases, 8);

      expect(outcomes.filter(({ error }) => error !== undefined).map(failureOf)).toEqual([]);
      expect(outcomes.length).toBeGreaterThan(0);
    });
  }
});

function failureOf({ contractCase, error }: Outcome): string {
  return `${contractCase.title}: ${error instanceof Error ? error.message : String(error)}`;
}
