import { afterAll, describe, expect, it } from "vitest";
import { allCases } from "./areas/areas.ts";
import { browserSubject } from "./service/browser-entity.ts";
import { halyardSubject } from "./service/halyard-subject.ts";
import { TestService } from "./service/test-service.ts";
import { modesOf, type Outcome, Suite } from "./suite/suite.ts";

const services = await Promise.all(
  [halyardSubject, browserSubject].map((subject) => TestService.start(subject)),
);
afterAll(async () => {
  for (const service of services) await service[Symbol.asyncDispose]();
});
const held = await Promise.all(
  services.map(async ({ url }) => (await modesOf(url)).map((mode) => ({ url, mode }))),
);
const quickCases = allCases.filter(({ isSlow }) => !isSlow);

// One test for all cases of an area: each case costs far less than reporting it.
describe.each(held.flat())("our SDK in the mode $mode", ({ url, mode }) => {
  const cases = quickCases.filter(({ modes }) => modes.includes(mode));
  const areas = [...new Set(cases.map(({ area }) => area))];

  it.each(areas)("keeps its contract: %s", async (name) => {
    await using suite = await Suite.over(url, mode);

    const outcomes = await suite.runAll(
      cases.filter(({ area }) => area === name),
      8,
    );

    expect(outcomes.filter(({ error }) => error !== undefined).map(failureOf)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(0);
  });
});

function failureOf({ contractCase, error }: Outcome): string {
  return `${contractCase.title}: ${error instanceof Error ? error.message : String(error)}`;
}
