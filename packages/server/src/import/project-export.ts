import type { FlagState, SegmentState } from "@halyard/instructions";
import { z } from "zod";
import { settingsOf } from "../environments/environment.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { listFlags } from "../flags/flag-queries.ts";
import { JsonValue } from "../http/json-value.ts";
import { settingsOfProject } from "../projects/project.ts";
import type { Project } from "../projects/project-queries.ts";
import { listSegments } from "../segments/segment-queries.ts";
import type { Db } from "../storage/database.ts";
import { ImportCollection, type Imported } from "./imported.ts";

const id = z.string().min(1);
const texts = z.array(z.string());

const Clause = z.object({
  id,
  contextKind: z.string().exactOptional(),
  attribute: z.string(),
  op: z.string(),
  negate: z.boolean(),
  values: z.array(JsonValue),
});
const Weight = z.object({
  variationId: id,
  weight: z.int(),
  untracked: z.literal(true).exactOptional(),
});
const Split = z.object({
  kind: z.literal("experiment").exactOptional(),
  contextKind: z.string().exactOptional(),
  bucketBy: z.string().exactOptional(),
  seed: z.int().exactOptional(),
  weights: z.array(Weight),
});
const Serve = z.union([z.object({ variationId: id }), z.object({ rollout: Split })]);
const ExpiringTarget = z.object({
  contextKind: z.string(),
  contextKey: z.string(),
  variationId: id,
  expiresAt: z.int(),
});
const Configuration = z.object({
  on: z.boolean(),
  salt: z.string(),
  prerequisites: z.array(z.object({ key: z.string(), variationId: id })),
  targets: z.array(z.object({ contextKind: z.string(), variationId: id, values: texts })),
  expiringTargets: z.array(ExpiringTarget).exactOptional(),
  rules: z.array(
    z.object({
      id,
      description: z.string().exactOptional(),
      clauses: z.array(Clause),
      serve: Serve,
      trackEvents: z.boolean(),
    }),
  ),
  fallthrough: Serve,
  offVariationId: id.exactOptional(),
  trackEvents: z.boolean(),
  trackEventsFallthrough: z.boolean(),
  debugEventsUntilDate: z.int().exactOptional(),
});
const Flag = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(["boolean", "multivariate"]),
  variations: z.array(
    z.object({
      id,
      value: JsonValue,
      name: z.string().exactOptional(),
      description: z.string().exactOptional(),
    }),
  ),
  tags: texts,
  temporary: z.boolean(),
  archived: z.boolean(),
  deprecated: z.boolean(),
  maintainerId: z.string().exactOptional(),
  maintainerTeamKey: z.string().exactOptional(),
  clientSideAvailability: z.object({
    usingMobileKey: z.boolean(),
    usingEnvironmentId: z.boolean(),
  }),
  customProperties: z.record(z.string(), z.object({ name: z.string(), values: texts })),
  defaults: z.object({ onVariationId: id, offVariationId: id }),
  environments: z.record(z.string(), Configuration),
}) satisfies z.ZodType<FlagState>;

const ContextTarget = z.object({ contextKind: z.string(), values: texts });
const Segment = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  tags: texts,
  salt: z.string(),
  included: texts,
  excluded: texts,
  includedContexts: z.array(ContextTarget),
  excludedContexts: z.array(ContextTarget),
  rules: z.array(
    z.object({
      id,
      description: z.string().exactOptional(),
      clauses: z.array(Clause),
      weight: z.int().exactOptional(),
      bucketBy: z.string().exactOptional(),
      rolloutContextKind: z.string().exactOptional(),
    }),
  ),
  unbounded: z.boolean(),
  unboundedContextKind: z.string().exactOptional(),
  generation: z.int().exactOptional(),
}) satisfies z.ZodType<SegmentState>;

const SegmentOfEnvironment = z.object({ environmentKey: z.string(), segment: Segment });

/** A project as one document, from which it can be made again; secrets are not in it. */
export const ProjectExport = z
  .object({
    format: z.literal("halyard"),
    version: z.literal(1),
    project: z.object({ key: z.string(), name: z.string(), tags: texts }),
    environments: z.array(z.looseObject({ key: z.string(), name: z.string() })),
    flags: z.array(Flag),
    segments: z.array(SegmentOfEnvironment),
  })
  .meta({ id: "ProjectExport" });
export type ProjectExport = z.infer<typeof ProjectExport>;

/** The same project gives the same bytes: lists are in the order of keys, and so are members. */
export async function exportProject(db: Db, project: Project): Promise<ProjectExport> {
  const environments = byKey(await listEnvironments(db, project.id));
  const segments: { environmentKey: string; segment: SegmentState }[] = [];
  for (const environment of environments) {
    const found = byKey((await listSegments(db, environment.id)).map(({ state }) => state));
    segments.push(...found.map((segment) => ({ environmentKey: environment.key, segment })));
  }
  const { key, name } = project;
  const document = {
    format: "halyard",
    version: 1,
    project: { key, name, tags: [...settingsOfProject(project).tags] },
    environments: environments.map((one) => ({ key: one.key, ...settingsOf(one) })),
    flags: byKey((await listFlags(db, project.id)).map(({ state }) => state)),
    segments,
  };
  return ProjectExport.parse(inOrder(document));
}

/** Reads such a document. It may hold fewer flags than there were, or come from another server. */
export function readProjectExport(document: unknown): Imported {
  const found = new ImportCollection();
  const parts = z
    .object({ flags: z.array(z.unknown()), segments: z.array(z.unknown()) })
    .safeParse(document);
  for (const input of parts.data?.flags ?? []) {
    const flag = Flag.safeParse(input);
    if (flag.success) found.flag(flag.data);
    else found.refuse("flag", keyIn(input), problemOf(flag.error));
  }
  for (const input of parts.data?.segments ?? []) {
    const parsed = SegmentOfEnvironment.safeParse(input);
    if (!parsed.success) {
      found.refuse("segment", keyIn(input), problemOf(parsed.error));
      continue;
    }
    const { environmentKey, segment } = parsed.data;
    const approximation = segment.unbounded ? "who is listed in it is not in the file" : undefined;
    found.segment(environmentKey, segment, approximation);
  }
  return found.result;
}

function byKey<T extends { readonly key: string }>(things: readonly T[]): readonly T[] {
  return [...things].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, inOrder(member)]));
}

function keyIn(input: unknown): string {
  const key = z.union([
    z.object({ key: z.string() }),
    z.object({ segment: z.object({ key: z.string() }) }).transform(({ segment }) => segment),
  ]);
  return key.safeParse(input).data?.key ?? "(without a key)";
}

function problemOf(error: z.ZodError): string {
  const [problem] = error.issues;
  return `it cannot be read at ${problem?.path.join("/")}: ${problem?.message}`;
}
