import {
  configurationIn,
  type FlagState,
  newFlagConfiguration,
  type SegmentState,
} from "@halyard/instructions";
import type { RecordChange } from "../changes/changes.ts";
import { type Environment, listEnvironments } from "../environments/environment-queries.ts";
import { servedFlags } from "../flags/flag-changes.ts";
import { findWithRequired, requiredFlags, saveFlag } from "../flags/flag-queries.ts";
import { newSalt } from "../projects/creation.ts";
import { problemOfFlagKey } from "../projects/naming-convention.ts";
import type { Project } from "../projects/project-queries.ts";
import { changeSegment } from "../segments/segment-changes.ts";
import { findSegment } from "../segments/segment-queries.ts";
import type { Tx } from "../storage/database.ts";
import { problemOfSegment, problemsOfFlags } from "./import-problems.ts";
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
  record: RecordChange,
  { project, imported, at, isDryRun }: ImportTarget,
): Promise<ImportReport> {
  const refused: ImportedThing[] = [...imported.report.refused];
  const environments = await listEnvironments(tx, project.id);
  const flags = await soundFlags(tx, { project, flags: imported.flags, environments }, refused);
  const segments: ImportedThing[] = [];
  for (const { environmentKey, segment } of imported.segments) {
    const environment = environments.find(({ key }) => key === environmentKey);
    const about = { kind: "segment" as const, key: segment.key, environmentKey };
    const why = await refusalOfSegment(tx, environment, segment);
    if (why !== undefined) refused.push({ ...about, why });
    else segments.push(about);
    if (why !== undefined || environment === undefined || isDryRun) continue;
    await changeSegment(tx, record, {
      project,
      environment,
      before: undefined,
      after: segment,
      instructions: [{ kind: "importSegment" }],
      words: [`Import the segment ${segment.key}`],
      at,
    });
  }
  if (!isDryRun && flags.length > 0) await storeFlags(tx, record, { project, flags, at });
  const isKept = ({ kind, key, environmentKey }: ImportedThing) =>
    kind === "segment"
      ? segments.some((one) => one.key === key && one.environmentKey === environmentKey)
      : flags.some((flag) => flag.key === key);
  const { taken, approximated } = imported.report;
  return { taken: taken.filter(isKept), approximated: approximated.filter(isKept), refused };
}

interface Candidates {
  readonly project: Project;
  readonly flags: readonly FlagState[];
  readonly environments: readonly Environment[];
}

/** The flags that can be stored, in all environments; the others join those refused. */
async function soundFlags(
  tx: Tx,
  { project, flags, environments }: Candidates,
  refused: ImportedThing[],
): Promise<readonly FlagState[]> {
  const wanted = flags.flatMap((flag) => [flag.key, ...requiredFlags(flag)]);
  const known = await findWithRequired(tx, project.id, wanted);
  const keys = environments.map(({ key }) => key);
  const placed = flags.filter((flag) => {
    const foreign = Object.keys(flag.environments).find((key) => !keys.includes(key));
    const why = known.has(flag.key)
      ? "the project has a flag of this key; delete it or rename it first"
      : foreign === undefined
        ? problemOfFlagKey(project, flag.key)
        : `the project has no environment "${foreign}"; create it first`;
    if (why !== undefined) refused.push({ kind: "flag", key: flag.key, why });
    return why === undefined;
  });
  const problems = problemsOfFlags(placed, known);
  for (const [key, why] of problems) refused.push({ kind: "flag", key, why });
  return placed
    .filter(({ key }) => !problems.has(key))
    .map((flag) => inAllEnvironments(flag, keys));
}

async function refusalOfSegment(
  tx: Tx,
  environment: Environment | undefined,
  segment: SegmentState,
): Promise<string | undefined> {
  if (environment === undefined)
    return "the project has no environment of that key; create it first";
  const known = await findSegment(tx, environment.id, segment.key);
  if (known !== undefined) return "the environment has a segment of this key; delete it first";
  return problemOfSegment(segment);
}

async function storeFlags(
  tx: Tx,
  record: RecordChange,
  { project, flags, at }: { project: Project; flags: readonly FlagState[]; at: number },
): Promise<void> {
  for (const flag of flags) await saveFlag(tx, project.id, flag, at);
  await record({
    projectId: project.id,
    kind: "flag",
    key: flags.map(({ key }) => key).join(","),
    resources: [`proj/${project.key}`],
    instructions: flags.map(({ key }) => ({ kind: "importFlag", key })),
    words: [`Import ${flags.length} flags`],
    after: { flags },
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
