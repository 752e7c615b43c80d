import { configurationIn, type FlagState, newFlagConfiguration } from "@halyard/instructions";
import type { Change } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { servedFlags } from "../flags/flag-changes.ts";
import { findWithRequired, saveFlag } from "../flags/flag-queries.ts";
import { newSalt } from "../projects/creation.ts";
import type { Project } from "../projects/project-queries.ts";
import { changeSegment } from "../segments/segment-changes.ts";
import { findSegment } from "../segments/segment-queries.ts";
import type { Tx } from "../storage/database.ts";
import type { Imported, ImportedThing, ImportReport } from "./imported.ts";

export interface ImportTarget {
  readonly project: Project;
  readonly imported: Imported;
  readonly at: number;
  readonly isDryRun: boolean;
}

/** Stores what was read, as one change; what is there already is left alone and reported. */
export async function storeImported(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { project, imported, at, isDryRun }: ImportTarget,
): Promise<ImportReport> {
  const refused: ImportedThing[] = [...imported.report.refused];
  const environments = await listEnvironments(tx, project.id);
  const known = await findWithRequired(
    tx,
    project.id,
    imported.flags.map(({ key }) => key),
  );
  const flags: FlagState[] = [];
  for (const flag of imported.flags) {
    const foreign = Object.keys(flag.environments).find(
      (key) => !environments.some((one) => one.key === key),
    );
    if (known.has(flag.key))
      refused.push({
        kind: "flag",
        key: flag.key,
        why: "the project has a flag of this key; delete it or rename it first",
      });
    else if (foreign !== undefined)
      refused.push({
        kind: "flag",
        key: flag.key,
        why: `the project has no environment "${foreign}"; create it first`,
      });
    else
      flags.push(
        inAllEnvironments(
          flag,
          environments.map(({ key }) => key),
        ),
      );
  }
  for (const { environmentKey, segment } of imported.segments) {
    const environment = environments.find(({ key }) => key === environmentKey);
    const why = await refusalOfSegment(tx, environment, segment.key);
    if (why !== undefined) refused.push({ kind: "segment", key: segment.key, why });
    else if (environment !== undefined && !isDryRun) {
      const instructions = [{ kind: "importSegment" }];
      await changeSegment(tx, record, {
        project,
        environment,
        before: undefined,
        after: segment,
        instructions,
        words: [`Import the segment ${segment.key}`],
        at,
      });
    }
  }
  if (!isDryRun && flags.length > 0) await storeFlags(tx, record, { project, flags, at });
  const isKept = ({ kind, key }: ImportedThing) =>
    kind === "segment"
      ? !refused.some((one) => one.kind === kind && one.key === key)
      : flags.some((flag) => flag.key === key);
  const { taken, approximated } = imported.report;
  return { taken: taken.filter(isKept), approximated: approximated.filter(isKept), refused };
}

async function refusalOfSegment(
  tx: Tx,
  environment: Environment | undefined,
  key: string,
): Promise<string | undefined> {
  if (environment === undefined)
    return "the project has no environment of that key; create it first";
  const known = await findSegment(tx, environment.id, key);
  return known === undefined
    ? undefined
    : "the environment has a segment of this key; delete it first";
}

async function storeFlags(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  { project, flags, at }: { project: Project; flags: readonly FlagState[]; at: number },
): Promise<void> {
  for (const flag of flags) await saveFlag(tx, project.id, flag, at);
  await record({
    projectId: project.id,
    kind: "flag",
    key: flags.map(({ key }) => key).join(","),
    resource: `project/${project.key}`,
    instructions: flags.map(({ key }) => ({ kind: "importFlag", key })),
    words: [`Import ${flags.length} flags`],
    served: await servedFlags(tx, project, flags),
    environments: [],
  });
}

/** An environment that the file says nothing of gets the flag as a new one: off. */
function inAllEnvironments(flag: FlagState, keys: readonly string[]): FlagState {
  const entries = keys.map((key) => [
    key,
    configurationIn(flag, key) ?? newFlagConfiguration(flag, newSalt()),
  ]);
  return { ...flag, environments: Object.fromEntries(entries) };
}
