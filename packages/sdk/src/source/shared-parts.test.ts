import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareParts } from "./shared-parts.ts";

/** Values of right and wrong shape, most of them such as flags have alike. */
const part = fc.oneof(
  fc.constantFrom<unknown>(
    [],
    {},
    null,
    true,
    [true, false],
    [false, true],
    [true, false, true],
    { 0: true, 1: false },
    { variation: 1 },
    { variation: 1.5 },
    { variation: 1_000 },
    { variation: "1" },
    { variation: 1, rollout: {} },
    { usingMobileKey: false, usingEnvironmentId: false },
    { usingMobileKey: false, usingEnvironmentId: true },
    { usingMobileKey: false, usingEnvironmentId: false, more: 1 },
  ),
  fc.jsonValue(),
);
const body = fc.record(
  {
    variations: part,
    fallthrough: part,
    clientSideAvailability: part,
    prerequisites: part,
    targets: part,
    rules: part,
    contextTargets: part,
    salt: part,
  },
  { requiredKeys: [] },
);

describe("parts that flags share", () => {
  it("leave every flag what it was, whatever it holds", () => {
    fc.assert(
      fc.property(body, (given) => {
        const text = JSON.stringify(given);
        const shared: Record<string, unknown> = JSON.parse(text);

        shareParts(shared);

        expect(JSON.stringify(shared)).toBe(text);
      }),
    );
  });

  it("are one and the same object in all of them", () => {
    const parts = () => ({
      variations: [true, false],
      fallthrough: { variation: 0 },
      rules: [],
      clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
    });
    const [one, other] = [parts(), parts()];

    shareParts(one);
    shareParts(other);

    expect(one.variations).toBe(other.variations);
    expect(one.fallthrough).toBe(other.fallthrough);
    expect(one.rules).toBe(other.rules);
    expect(one.clientSideAvailability).toBe(other.clientSideAvailability);
  });
});
