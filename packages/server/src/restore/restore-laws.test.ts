import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Environment } from "../environments/environment-queries.ts";
import { listFlags } from "../flags/flag-queries.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import { listSegments } from "../segments/segment-queries.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { listFlagsAt, listSegmentsAt, momentAt } from "./past-queries.ts";
import { pastSnapshot } from "./past-snapshot.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const flagKeys = ["one", "two"];
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
  fc.tuple(serving, clauses).map(([serve, list]) => ({ kind: "addRule", clauses: list, ...serve })),
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
  clauses.map((list) => ({ kind: "addRule", clauses: list, weight: 30_000 })),
);

type PlaceStep = "environment" | "clone" | "endEnvironment";
type Step =
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
const steps = fc.array(step, { maxLength: 10 });

let projects = 0;

/** A project of its own, with two flags and a segment. */
async function newProject(): Promise<string> {
  projects += 1;
  const key = `p${projects}`;
  await server.ask("POST", "/api/v2/projects", { key, name: key });
  for (const flag of flagKeys) await take(key, { kind: "create", key: flag });
  await take(key, { kind: "createSegment" });
  return key;
}

/** Takes a step; what does not fit where it comes is refused, and changes nothing. */
async function take(project: string, one: Step): Promise<void> {
  now += 1;
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

async function takeAll(project: string, all: readonly Step[]): Promise<void> {
  for (const one of all) await take(project, one);
}

interface Keyed {
  readonly key: string;
}

interface State {
  readonly flags: readonly Keyed[];
  readonly segments: readonly Keyed[];
}

const byKey = (a: Keyed, b: Keyed) => (a.key < b.key ? -1 : 1);

async function stored(project: string): Promise<State> {
  const { db } = server.running;
  const { project: found, environment } = await getEnvironment(db, project, "test");
  return {
    flags: (await listFlags(db, found.id)).map(({ state }) => state).sort(byKey),
    segments: (await listSegments(db, environment.id)).map(({ state }) => state),
  };
}

async function replayed(project: string, at: number): Promise<State> {
  const { db } = server.running;
  const { id: projectId } = await getProject(db, project);
  const moment = await momentAt(db, at);
  const segments = await listSegmentsAt(db, { projectId, environmentKey: "test" }, moment);
  return {
    flags: (await listFlagsAt(db, projectId, moment)).map(({ state }) => state).sort(byKey),
    segments: segments.map(({ state }) => state),
  };
}

/** What SDKs are served, by kind and key; versions aside. */
async function served({ id }: Environment): Promise<Map<string, object>> {
  const rows = await server.running.db
    .selectFrom("item")
    .selectAll()
    .where("environment_id", "=", id)
    .where("body", "is not", null)
    .execute();
  return new Map(
    rows.map(({ kind, key, body }) => [
      `${kind} ${key}`,
      { ...JSON.parse(body ?? ""), version: 0 },
    ]),
  );
}

interface Exported {
  readonly environments: readonly { readonly key: string; readonly name: string }[];
  readonly flags: readonly { readonly variations: readonly { readonly id: string }[] }[];
  readonly segments: readonly object[];
}

async function exported(project: string): Promise<Exported> {
  return (await server.ask("GET", `/api/v2/projects/${project}/export`)).json();
}

/** Variations come back at the end, which the answer says; their order is left out of account. */
async function shown(project: string): Promise<object> {
  const { flags, segments } = await exported(project);
  const ordered = flags.map((flag) => ({
    ...flag,
    variations: [...flag.variations].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  return { flags: ordered, segments };
}

const runs = { numRuns: 20 };

describe("whatever is done to flags and segments", () => {
  it("the log replayed gives what is stored, now and at every time before", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const project = await newProject();
        const states = new Map<number, State>([[now, await stored(project)]]);
        for (const one of all) {
          await take(project, one);
          states.set(now, await stored(project));
        }

        for (const [at, state] of states) expect(await replayed(project, at)).toEqual(state);
      }),
      runs,
    );
  });

  it("the log replayed gives what environments serve", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const project = await newProject();
        await takeAll(project, all);

        const { db } = server.running;
        for (const key of ["test", "production"]) {
          const place = await getEnvironment(db, project, key);
          const items = await served(place.environment);
          const { store } = await pastSnapshot(db, place, await momentAt(db, now));
          const replay = [...items.keys()].map((item) => {
            const [kind, itemKey = ""] = item.split(" ");
            return [item, kind === "flag" ? store.flag(itemKey) : store.segment(itemKey)] as const;
          });
          expect(new Map(replay)).toEqual(items);
          expect(flagKeys.filter((flag) => store.flag(flag) !== undefined)).toEqual(
            flagKeys.filter((flag) => items.has(`flag ${flag}`)),
          );
        }
      }),
      runs,
    );
  });

  it("flags and segments are brought back to how they were", async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (earlier, later) => {
        const project = await newProject();
        await takeAll(project, earlier);
        const [at, before] = [now, await shown(project)];
        const { flags, segments } = await stored(project);
        // What is made anew gets other salts, and environments that are newer stay.
        const isKept = ({ kind }: Step) =>
          ["flag", "segment", "delete", "deleteSegment"].includes(kind);
        await takeAll(project, later.filter(isKept));
        now += 1;

        const base = `/api/v2/projects/${project}`;
        for (const { key } of segments) {
          await restored(`${base}/environments/test/segments/${key}/restore`, at);
        }
        // What requires another flag comes after it.
        for (const { key } of [...flags].reverse()) {
          await restored(`${base}/flags/${key}/restore`, at);
        }

        expect(await shown(project)).toEqual(before);
      }),
      runs,
    );
  });

  it("an environment serves what it served, where nothing else is said", async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(steps, steps, async (earlier, later) => {
        const project = await newProject();
        await takeAll(project, earlier);
        const at = now;
        const { environment } = await getEnvironment(server.running.db, project, "test");
        const before = await served(environment);
        await takeAll(project, later);
        now += 1;

        const url = `/api/v2/projects/${project}/environments/test/restore`;
        const answer = await server.ask("POST", url, { at });

        expect(answer.statusCode, answer.body).toBe(200);
        if (answer.json().notRestored.length > 1) return;
        whole += 1;
        expect(await served(environment)).toEqual(before);
      }),
      runs,
    );
    expect(whole).toBeGreaterThan(runs.numRuns / 5);
  });

  it("a project exported and imported gives the same export", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const project = await newProject();
        await takeAll(project, all);
        const original = await exported(project);
        const copy = `${project}-copy`;
        const environments = original.environments.map(({ key, name }) => ({ key, name }));
        await server.ask("POST", "/api/v2/projects", { key: copy, name: copy, environments });

        const body = { format: "halyard", documents: { project: original } };
        const report = await server.ask("POST", `/api/v2/projects/${copy}/import`, body);

        expect(report.json().refused).toEqual([]);
        const { flags, segments } = await exported(copy);
        expect({ flags, segments }).toEqual({
          flags: original.flags,
          segments: original.segments,
        });
      }),
      runs,
    );
  });
});

async function restored(url: string, at: number): Promise<void> {
  const answer = await server.ask("POST", url, { at });
  expect(answer.statusCode, answer.body).toBe(200);
}
