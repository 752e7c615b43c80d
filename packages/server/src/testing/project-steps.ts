import fc from "fast-check";
import type { TemporaryServer } from "./temporary-server.ts";

/** The keys of the flags that every project begins with. */
export const flagKeys = ["one", "two"];
const variations = ["a", "b", "c"].map((value) => ({ _id: value, value }));
const environmentKey = fc.constantFrom("test", "production");
const variationId = fc.constantFrom("a", "b", "c", "d");
const people = fc.uniqueArray(fc.constantFrom("ada", "grace", "linus"), {
  minLength: 1,
  maxLength: 3,
});
const word = fc.constantFrom("x", "y", "z");
const serving = fc.oneof(
  fc.record({ variationId }),
  fc.integer({ min: 0, max: 100_000 }).map((weight) => ({
    rolloutWeights: { a: weight, b: 100_000 - weight },
  })),
);
const clause = fc.record({
  contextKind: fc.constantFrom("user", "org"),
  attribute: fc.constantFrom("country", "plan"),
  op: fc.constantFrom("in", "startsWith"),
  values: fc.array(word, { minLength: 1, maxLength: 2 }),
});
const clauses = fc.array(clause, { minLength: 1, maxLength: 2 });

const flagInstruction: fc.Arbitrary<{ readonly kind: string }> = fc.oneof(
  fc.constantFrom<{ readonly kind: string; readonly [member: string]: unknown }>(
    { kind: "turnFlagOn" },
    { kind: "turnFlagOff" },
    { kind: "archiveFlag" },
    { kind: "restoreFlag" },
    { kind: "deprecateFlag" },
    { kind: "makeFlagPermanent" },
    { kind: "updateOffVariation" },
    { kind: "addVariation", _id: "d", value: "d" },
    { kind: "removeVariation", variationId: "d" },
    { kind: "updateVariation", variationId: "c", value: "cc", name: "C" },
    { kind: "updateDefaultVariation", onVariationValue: "b" },
    { kind: "addPrerequisite", key: "two", variationId: "a" },
    { kind: "removePrerequisite", key: "two" },
    { kind: "addCustomProperties", key: "team", name: "Team", values: ["web"] },
    { kind: "replaceRules", rules: [] },
  ),
  word.map((value) => ({ kind: "updateName", value })),
  fc.record({ kind: fc.constantFrom("addTags", "removeTags"), values: fc.uniqueArray(word) }),
  fc.record({ kind: fc.constantFrom("addTargets", "removeTargets"), variationId, values: people }),
  fc
    .tuple(serving, clauses)
    .map(([serve, list]) => ({ kind: "addRule", description: "why", clauses: list, ...serve })),
  serving.map((serve) => ({ kind: "updateFallthroughVariationOrRollout", ...serve })),
);
/** A flag that another requires cannot be archived again, nor require itself. */
function instructionFor(key: string): fc.Arbitrary<object> {
  if (key === "one") return flagInstruction;
  return flagInstruction.filter(({ kind }) => kind !== "archiveFlag" && kind !== "addPrerequisite");
}

const segmentInstruction = fc.oneof(
  word.map((value) => ({ kind: "updateName", value })),
  fc.record({
    kind: fc.constantFrom("addIncludedUsers", "removeIncludedUsers", "addExcludedUsers"),
    values: people,
  }),
  fc.record({ kind: fc.constantFrom("addTags", "removeTags"), values: fc.uniqueArray(word) }),
  clauses.map((list) => ({
    kind: "addRule",
    description: "why",
    clauses: list,
    weight: 30_000,
  })),
);

type PlaceStep = "environment" | "clone" | "endEnvironment";
/** Something that is done to a project. */
export type Step =
  | { readonly kind: "flag"; readonly key: string; readonly patch: object }
  | { readonly kind: "segment"; readonly patch: object }
  | { readonly kind: "delete" | "create"; readonly key: string }
  | { readonly kind: "deleteSegment" | "createSegment" | PlaceStep };

const flagKey = fc.constantFrom(...flagKeys);
const listOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: flagKey.chain((key) =>
      fc.record({
        kind: fc.constant("flag" as const),
        key: fc.constant(key),
        patch: fc.record({ environmentKey, instructions: listOf(instructionFor(key)) }),
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("segment" as const),
      patch: fc.record({ instructions: listOf(segmentInstruction) }),
    }),
  },
  fc.record({ kind: fc.constantFrom("delete" as const, "create" as const), key: flagKey }),
  fc.constantFrom<Step>({ kind: "deleteSegment" }, { kind: "createSegment" }),
  fc.constantFrom<Step>({ kind: "environment" }, { kind: "clone" }, { kind: "endEnvironment" }),
);
/** Up to ten steps, in any order. */
export const steps = fc.array(step, { maxLength: 10 });

/** Takes steps on projects of its own server, each at a time of its own. */
export class SteppedProjects {
  readonly #server: TemporaryServer;
  readonly #tick: () => void;
  #count = 0;

  constructor(server: TemporaryServer, tick: () => void) {
    this.#server = server;
    this.#tick = tick;
  }

  /** Another project, with two flags and a segment. */
  async add(): Promise<string> {
    this.#count += 1;
    const key = `p${this.#count}`;
    await this.#server.ask("POST", "/api/v2/projects", { key, name: key });
    for (const flag of flagKeys) await this.take(key, { kind: "create", key: flag });
    await this.take(key, { kind: "createSegment" });
    return key;
  }

  /** Takes a step; what does not fit where it comes is refused, and changes nothing. */
  async take(project: string, one: Step): Promise<void> {
    this.#tick();
    const server = this.#server;
    const flags = `/api/v2/flags/${project}`;
    const segments = `/api/v2/segments/${project}/test`;
    const environments = `/api/v2/projects/${project}/environments`;
    switch (one.kind) {
      case "flag":
        await server.ask("PATCH", `${flags}/${one.key}`, one.patch);
        return;
      case "segment":
        await server.ask("PATCH", `${segments}/beta`, one.patch);
        return;
      case "create":
        await server.ask("POST", flags, { key: one.key, name: one.key, variations });
        return;
      case "delete":
        await server.ask("DELETE", `${flags}/${one.key}`);
        return;
      case "createSegment":
        await server.ask("POST", segments, { key: "beta", name: "Beta" });
        return;
      case "deleteSegment":
        await server.ask("DELETE", `${segments}/beta`);
        return;
      case "environment":
        await server.ask("POST", environments, { key: "staging", name: "Staging" });
        return;
      case "clone":
        await server.ask("POST", environments, {
          key: "staging",
          name: "Staging",
          source: { key: "test" },
        });
        return;
      case "endEnvironment":
        await server.ask("DELETE", `${environments}/staging`);
        return;
      default:
        one satisfies never;
    }
  }

  async takeAll(project: string, all: readonly Step[]): Promise<void> {
    for (const one of all) await this.take(project, one);
  }
}
