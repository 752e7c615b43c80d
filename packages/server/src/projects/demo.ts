import { randomUUID } from "node:crypto";
import {
  applySegmentInstructions,
  type FlagInstruction,
  isInstructionError,
  newFlagConfiguration,
  newFlagState,
  newSegmentState,
} from "@halyard/instructions";
import type { Changes, RecordChange } from "../changes/changes.ts";
import { findEnvironment, listEnvironments } from "../environments/environment-queries.ts";
import { changeFlag, createFlag, decideFlag } from "../flags/flag-changes.ts";
import { changeSegment } from "../segments/segment-changes.ts";
import type { Tx } from "../storage/database.ts";
import { createProject, newSalt } from "./creation.ts";
import type { Project } from "./project-queries.ts";

const system = { kind: "system", id: "system", name: "Halyard" } as const;
const environments = [
  { key: "development", name: "Development", color: "417505" },
  { key: "staging", name: "Staging", color: "2e6bd9" },
  { key: "production", name: "Production", color: "c05a00", critical: true, confirmChanges: true },
];

/** A small shop, so that a first look has something to see and to flip. */
export async function seedDemo(changes: Changes): Promise<void> {
  await changes.write(system, async (tx, record) => {
    const at = changes.now;
    const project = await createProject(tx, record, {
      input: { key: "web-shop", name: "Web shop", environments },
      at,
    });
    await createSegments(tx, record, project, at);
    for (const flag of flags) await createDemoFlag(tx, record, { project, flag, at });
  });
}

interface DemoFlag {
  readonly key: string;
  readonly name: string;
  readonly values: readonly (string | boolean | { readonly max: number })[];
  readonly instructions: Readonly<Record<string, readonly FlagInstruction[]>>;
}

const plan = { contextKind: "user", attribute: "plan", op: "in", values: ["pro", "beta"] };
const early = { contextKind: "user", attribute: "", op: "segmentMatch", values: ["early-access"] };
const germany = { contextKind: "user", attribute: "country", op: "in", values: ["DE"] };

/** Variations carry their values as ids here; their real ids are made when the flag is. */
const flags: readonly DemoFlag[] = [
  {
    key: "checkout",
    name: "Checkout redesign",
    values: ["old", "new", "control"],
    instructions: {
      development: [
        { kind: "turnFlagOn" },
        { kind: "updateFallthroughVariationOrRollout", variationId: "new" },
      ],
      staging: [
        { kind: "turnFlagOn" },
        { kind: "updateFallthroughVariationOrRollout", variationId: "new" },
      ],
      production: [
        { kind: "turnFlagOn" },
        {
          kind: "addRule",
          description: "Beta testers",
          clauses: [plan, early],
          variationId: "new",
        },
        {
          kind: "addRule",
          description: "Germany, gradually",
          clauses: [germany],
          rolloutContextKind: "user",
          rolloutWeights: { new: 25_000, old: 70_000, control: 5_000 },
        },
      ],
    },
  },
  {
    key: "dark-mode",
    name: "Dark mode",
    values: [true, false],
    instructions: { development: [{ kind: "turnFlagOn" }] },
  },
  {
    key: "banner-text",
    name: "Banner text",
    values: ["none", "summer sale", "free shipping"],
    instructions: { staging: [{ kind: "turnFlagOn" }] },
  },
  {
    key: "limits",
    name: "Limits",
    values: [{ max: 10 }, { max: 100 }],
    instructions: { production: [{ kind: "turnFlagOn" }] },
  },
];

async function createDemoFlag(
  tx: Tx,
  record: RecordChange,
  {
    project,
    flag: { key, name, values, instructions },
    at,
  }: { project: Project; flag: DemoFlag; at: number },
): Promise<void> {
  const variations = values.map((value) => ({
    _id: typeof value === "string" ? value : randomUUID(),
    value,
    ...(typeof value === "string" ? { name: value } : {}),
  }));
  const clientSideAvailability = { usingMobileKey: true, usingEnvironmentId: true };
  const flag = newFlagState(
    {
      key,
      name,
      variations,
      clientSideAvailability,
      defaults: { onVariation: 0, offVariation: key === "dark-mode" ? 1 : 0 },
    },
    randomUUID,
  );
  if (flag === undefined) throw new Error(`the demo's flag "${key}" has no variations`);
  const all = await listEnvironments(tx, project.id);
  let state = {
    ...flag,
    environments: Object.fromEntries(
      all.map((one) => [one.key, newFlagConfiguration(flag, newSalt())]),
    ),
  };
  await createFlag(tx, record, { project, flag: state, at });
  for (const [environmentKey, list] of Object.entries(instructions)) {
    const patch = { environmentKey, instructions: list };
    const after = await decideFlag(tx, project, state, patch);
    await changeFlag(tx, record, { project, before: state, after, patch, at });
    state = { ...after, environments: { ...after.environments } };
  }
}

async function createSegments(
  tx: Tx,
  record: RecordChange,
  project: Project,
  at: number,
): Promise<void> {
  for (const { key } of environments) {
    const environment = await findEnvironment(tx, project.id, key);
    if (environment === undefined) continue;
    const empty = newSegmentState({ key: "early-access", name: "Early access" }, newSalt());
    const after = applySegmentInstructions(
      empty,
      [{ kind: "addIncludedUsers", values: ["ada", "grace"] }],
      { newId: randomUUID },
    );
    if (isInstructionError(after)) throw new Error(after.message);
    await changeSegment(tx, record, {
      project,
      environment,
      before: undefined,
      after,
      instructions: [{ kind: "createSegment" }],
      words: ["Create the segment early-access"],
      at,
    });
  }
}
