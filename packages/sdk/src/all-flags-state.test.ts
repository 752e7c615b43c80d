import type { Flag } from "@halyard/evaluation";
import { parseContext } from "@halyard/evaluation";
import { describe, expect, it } from "vitest";
import { type AllFlagsOptions, type AllFlagsState, allFlagsStateOf } from "./all-flags-state.ts";
import { Store } from "./store.ts";

const flag = (key: string, rest: Partial<Flag> = {}): Flag => ({
  key,
  version: 7,
  on: true,
  variations: ["old", "new"],
  offVariation: 0,
  fallthrough: { variation: 1 },
  ...rest,
});

function stateOf(flags: readonly Flag[], options: AllFlagsOptions = {}): AllFlagsState {
  const store = new Store();
  const items = flags.map((body) => ({ kind: "flag", key: body.key, body }) as const);
  store.apply({ kind: "whole", items, state: undefined });
  const context = parseContext({ kind: "user", key: "ada" });
  if ("error" in context) throw new Error(context.error);
  return allFlagsStateOf(store, context, { ...options, now: 1_000 });
}

describe("AllFlagsState", () => {
  it("gives each flag's value, and null where a flag gives none", () => {
    const state = stateOf([flag("checkout"), flag("none", { on: false, offVariation: null })]);

    expect(state.toJSON()).toEqual({
      checkout: "new",
      none: null,
      $flagsState: { checkout: { variation: 1, version: 7 }, none: { version: 7 } },
      $valid: true,
    });
    expect(state.getFlagValue("nope")).toBeUndefined();
  });

  it("names the prerequisites that a flag itself asked for, in their order", () => {
    const state = stateOf([
      flag("base"),
      flag("middle", { prerequisites: [{ key: "base", variation: 1 }] }),
      flag("top", {
        prerequisites: [
          { key: "middle", variation: 1 },
          { key: "base", variation: 1 },
        ],
      }),
    ]);

    expect(state.toJSON()["$flagsState"]).toMatchObject({
      middle: { prerequisites: ["base"] },
      top: { prerequisites: ["middle", "base"] },
    });
  });

  it("keeps the details of tracked flags alone where only those are wanted", () => {
    const flags = [
      flag("plain"),
      flag("tracked", { trackEvents: true }),
      flag("experiment", { trackEventsFallthrough: true }),
      flag("debugged", { debugEventsUntilDate: 2_000 }),
      flag("past", { debugEventsUntilDate: 1_000 }),
    ];

    const state = stateOf(flags, { withReasons: true, detailsOnlyForTrackedFlags: true });

    const reason = { kind: "FALLTHROUGH" };
    expect(state.toJSON()["$flagsState"]).toEqual({
      plain: { variation: 1 },
      tracked: { variation: 1, version: 7, trackEvents: true, reason },
      experiment: { variation: 1, version: 7, trackEvents: true, trackReason: true, reason },
      debugged: { variation: 1, version: 7, debugEventsUntilDate: 2_000, reason },
      past: { variation: 1 },
    });
  });

  it("shows browsers what browsers may see", () => {
    const state = stateOf(
      [
        flag("hidden"),
        flag("older", { clientSide: true }),
        flag("newer", {
          clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
        }),
      ],
      { clientSideOnly: true },
    );

    expect(Object.keys(state.allValues())).toEqual(["older", "newer"]);
  });
});
