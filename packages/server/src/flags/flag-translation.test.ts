import {
  applyFlagInstructions,
  FlagInstruction,
  type FlagState,
  isInstructionError,
  newFlagConfiguration,
  newFlagState,
} from "@halyard/instructions";
import fc from "fast-check";
import { createPatch } from "rfc6902";
import { describe, expect, it } from "vitest";
import { parseFlagPatch } from "./flag-patch.ts";
import { type FlagSurroundings, flagRepresentation } from "./flag-representation.ts";

const environmentKeys = ["test", "production"];
let ids = 0;
const newId = () => `id-${ids++}`;

function checkout(): FlagState {
  const variations = ["old", "new", "control"].map((value) => ({ _id: value, value }));
  const flag = newFlagState({ key: "checkout", name: "Checkout", variations }, newId);
  if (flag === undefined) throw new Error("the flag has no defaults");
  const configuration = newFlagConfiguration(flag, "salt");
  return {
    ...flag,
    environments: Object.fromEntries(environmentKeys.map((key) => [key, configuration])),
  };
}

const other: FlagState = { ...checkout(), key: "other" };
const required = new Map([["other", other]]);

const environmentKey = fc.constantFrom(...environmentKeys);
const variationId = fc.constantFrom("old", "new", "control");
const ruleId = fc.constantFrom("r1", "r2", "r3");
const serving = fc.oneof(
  fc.record({ variationId }),
  fc.integer({ min: 0, max: 100_000 }).chain((weight) =>
    fc.record(
      {
        rolloutWeights: fc.constant({ old: weight, new: 100_000 - weight }),
        rolloutContextKind: fc.constant("org"),
        rolloutSeed: fc.constant(7),
        experimentUntracked: fc.constant(["old"]),
      },
      { requiredKeys: ["rolloutWeights"] },
    ),
  ),
);
const clause = fc.record({
  _id: fc.uuid(),
  contextKind: fc.constantFrom("user", "org"),
  attribute: fc.constantFrom("country", "/address/city"),
  op: fc.constantFrom("in", "startsWith", "segmentMatch"),
  negate: fc.boolean(),
  values: fc.array(fc.constantFrom("DE", "FR", 1, null), { maxLength: 3 }),
});
const contextKind = fc.constantFrom("user", "org");
const contextKey = fc.constantFrom("ada", "grace", "linus");

const instructionIn = fc.oneof(
  fc.record({ kind: fc.constantFrom("turnFlagOn", "turnFlagOff"), environmentKey }),
  fc
    .tuple(
      serving,
      fc.record({ ruleId, clauses: fc.array(clause, { maxLength: 2 }), environmentKey }),
    )
    .map(([serve, rule]) => ({ kind: "addRule", ...rule, ...serve })),
  fc.record({
    kind: fc.constant("updateRuleDescription"),
    ruleId,
    description: fc.constantFrom("", "why"),
    environmentKey,
  }),
  fc.record({ kind: fc.constant("removeRule"), ruleId, environmentKey }),
  fc.record({
    kind: fc.constantFrom("addTargets", "removeTargets"),
    contextKind,
    variationId,
    values: fc.uniqueArray(contextKey),
    environmentKey,
  }),
  fc.record({
    kind: fc.constant("addExpiringTarget"),
    contextKind,
    variationId,
    contextKey,
    value: fc.constantFrom(1_800_000_000_000, 1_900_000_000_000),
    environmentKey,
  }),
  fc.tuple(serving, environmentKey).map(([serve, key]) => ({
    kind: "updateFallthroughVariationOrRollout",
    environmentKey: key,
    ...serve,
  })),
  fc.record(
    { kind: fc.constant("updateOffVariation"), variationId, environmentKey },
    { requiredKeys: ["kind", "environmentKey"] },
  ),
  fc.record({
    kind: fc.constantFrom("addPrerequisite", "removePrerequisite"),
    key: fc.constant("other"),
    variationId,
    environmentKey,
  }),
  fc.record({
    kind: fc.constantFrom("updateTrackEvents", "updateTrackEventsFallthrough"),
    trackEvents: fc.boolean(),
    environmentKey,
  }),
  fc.record({
    kind: fc.constant("updateSalt"),
    value: fc.constantFrom("salt", "pepper"),
    environmentKey,
  }),
);
const values = fc.uniqueArray(fc.constantFrom("a", "b", "constructor"));
const instructionOfSettings = fc.oneof(
  fc.record({ kind: fc.constantFrom("addTags", "removeTags"), values }),
  fc.record({
    kind: fc.constantFrom("updateName", "updateDescription"),
    value: fc.constantFrom("A", "B"),
  }),
  fc.record({
    kind: fc.constantFrom("replaceCustomProperties", "removeCustomProperties"),
    key: fc.constantFrom("team", "area"),
    name: fc.constantFrom("Team", "Area"),
    values,
  }),
  fc.record({
    kind: fc.constantFrom(
      "makeFlagTemporary",
      "makeFlagPermanent",
      "archiveFlag",
      "restoreFlag",
      "deprecateFlag",
      "removeMaintainer",
    ),
  }),
  fc.record({
    kind: fc.constantFrom("updateMaintainerMember", "updateMaintainerTeam"),
    value: fc.constantFrom("ada", "web"),
  }),
  fc.record({
    kind: fc.constantFrom("turnOnClientSideAvailability", "turnOffClientSideAvailability"),
    value: fc.constantFrom("usingMobileKey", "usingEnvironmentId"),
  }),
  fc.record({
    kind: fc.constant("addVariation"),
    _id: fc.constant("fourth"),
    value: fc.constant("4"),
  }),
  fc.record({ kind: fc.constant("removeVariation"), variationId: fc.constant("fourth") }),
  fc.record(
    {
      kind: fc.constant("updateVariation"),
      variationId,
      name: fc.constantFrom("", "Name"),
      description: fc.constantFrom("", "why"),
    },
    { requiredKeys: ["kind", "variationId"] },
  ),
  fc.record({
    kind: fc.constant("updateDefaultVariation"),
    onVariationValue: fc.constantFrom("old", "new"),
  }),
);
const instructions = fc.array(
  fc.oneof(instructionIn, instructionOfSettings).map((one) => FlagInstruction.parse(one)),
  { maxLength: 15 },
);

const context = { newId, findFlag: (key: string) => required.get(key) };

/** A flag that some instructions have led to: those that do not fit are left out. */
function flagAfter(steps: readonly FlagInstruction[]): FlagState {
  let flag = checkout();
  for (const step of steps) {
    const next = applyFlagInstructions(flag, [step], context);
    if (!isInstructionError(next)) flag = next;
  }
  return flag;
}

const surroundings: FlagSurroundings = {
  projectKey: "shop",
  environments: environmentKeys.map((key) => ({
    key,
    name: key,
    createdAt: 0,
    items: new Map(),
  })),
  required,
  maintainers: { members: new Map(), teams: new Map() },
};

function shown(state: FlagState) {
  const stored = { state, version: 1, createdAt: 0 };
  return { stored, representation: flagRepresentation(stored, surroundings) };
}

/** What has no place in a representation stays as it was, as far as there is still a place for it. */
function visible(state: FlagState): object {
  return JSON.parse(JSON.stringify(shown(state).representation));
}

async function afterPatch(before: FlagState, body: unknown): Promise<FlagState> {
  const patch = await parseFlagPatch(body).toInstructions(async () => ({
    ...shown(before),
    findFlags: async () => required,
  }));
  const { environmentKey: key } = patch;
  const after = applyFlagInstructions(before, patch.instructions, {
    ...context,
    ...(key === undefined ? {} : { environmentKey: key }),
  });
  if (isInstructionError(after)) throw new Error(after.message);
  return after;
}

describe("the translation of a flag's patch", () => {
  it("leads by a JSON Patch to the flag that instructions lead to", async () => {
    await fc.assert(
      fc.asyncProperty(instructions, instructions, async (first, second) => {
        const before = flagAfter(first);
        const wanted = flagAfter([...first, ...second]);
        const patch = createPatch(visible(before), visible(wanted));
        fc.pre(patch.length > 0);

        expect(visible(await afterPatch(before, patch))).toEqual(visible(wanted));
      }),
    );
  });

  it("leads by a merge patch to the same, and keeps what is not shown", async () => {
    await fc.assert(
      fc.asyncProperty(instructions, instructions, async (first, second) => {
        const before = flagAfter(first);
        const wanted = flagAfter([...first, ...second]);
        const merge = mergePatch(visible(before), visible(wanted));

        const after = await afterPatch(before, { merge });

        expect(visible(after)).toEqual(visible(wanted));
        for (const key of environmentKeys) {
          const expiries = after.environments[key]?.expiringTargets ?? [];
          const known = before.environments[key]?.expiringTargets ?? [];
          expect(known).toEqual(expect.arrayContaining([...expiries]));
        }
      }),
    );
  });

  it("changes nothing where a patch asks for what there is", async () => {
    await fc.assert(
      fc.asyncProperty(instructions, async (steps) => {
        const before = flagAfter(steps);

        expect(await afterPatch(before, { merge: visible(before) })).toBe(before);
      }),
    );
  });
});

/** RFC 7386: what has to be put over one thing to make it another. */
function mergePatch(from: object, to: object): object {
  const entries = Object.entries(to).flatMap(([name, value]): [string, unknown][] => {
    const known: unknown = Object.hasOwn(from, name) ? Reflect.get(from, name) : undefined;
    if (isPlain(known) && isPlain(value)) return [[name, mergePatch(known, value)]];
    return JSON.stringify(known) === JSON.stringify(value) ? [] : [[name, value]];
  });
  const gone = Object.keys(from).filter((name) => !Object.hasOwn(to, name));
  return Object.fromEntries([...entries, ...gone.map((name) => [name, null])]);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
