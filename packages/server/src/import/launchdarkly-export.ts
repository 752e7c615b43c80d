import { randomUUID } from "node:crypto";
import type { Json } from "@halyard/evaluation";
import {
  type FlagConfiguration,
  type FlagTarget,
  newFlagState,
  type RuleClause,
  type Serve,
} from "@halyard/instructions";
import { z } from "zod";
import { newSalt } from "../projects/creation.ts";
import { ImportCollection, type Imported } from "./imported.ts";

const JsonValue: z.ZodType<Json> = z.json();
const index = z.int().min(0);

const Clause = z.object({
  _id: z.string().optional(),
  contextKind: z.string().optional(),
  attribute: z.string(),
  op: z.string(),
  negate: z.boolean().optional(),
  values: z.array(JsonValue),
});

const Rollout = z.object({
  contextKind: z.string().optional(),
  bucketBy: z.string().optional(),
  seed: z.int().optional(),
  variations: z
    .array(z.object({ variation: index, weight: z.int(), _untracked: z.boolean().optional() }))
    .min(1),
  experimentAllocation: z.unknown().optional(),
});
const Serving = z.object({ variation: index.optional(), rollout: Rollout.optional() });
const Target = z.object({
  contextKind: z.string().optional(),
  variation: index,
  values: z.array(z.string()),
});

const Configuration = z.object({
  on: z.boolean(),
  salt: z.string(),
  targets: z.array(Target).default([]),
  contextTargets: z.array(Target).default([]),
  rules: z.array(
    Serving.extend({
      _id: z.string(),
      description: z.string().optional(),
      trackEvents: z.boolean().default(false),
      clauses: z.array(Clause),
    }),
  ),
  fallthrough: Serving,
  offVariation: index.optional(),
  prerequisites: z.array(z.object({ key: z.string(), variation: index })).default([]),
  trackEvents: z.boolean().default(false),
  trackEventsFallthrough: z.boolean().default(false),
});

const Flag = z.object({
  key: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  temporary: z.boolean().optional(),
  archived: z.boolean().default(false),
  deprecated: z.boolean().default(false),
  variations: z
    .array(
      z.object({
        _id: z.string().optional(),
        value: JsonValue,
        name: z.string().optional(),
        description: z.string().optional(),
      }),
    )
    .min(1),
  defaults: z.object({ onVariation: index, offVariation: index }).optional(),
  clientSideAvailability: z
    .object({ usingMobileKey: z.boolean(), usingEnvironmentId: z.boolean() })
    .optional(),
  customProperties: z
    .record(z.string(), z.object({ name: z.string(), value: z.array(z.string()) }))
    .optional(),
  environments: z.record(z.string(), z.looseObject({})).default({}),
});
type Flag = z.infer<typeof Flag>;

const ContextTarget = z.object({ contextKind: z.string(), values: z.array(z.string()) });
const Segment = z.object({
  key: z.string(),
  name: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).default([]),
  salt: z.string().optional(),
  included: z.array(z.string()).default([]),
  excluded: z.array(z.string()).default([]),
  includedContexts: z.array(ContextTarget).default([]),
  excludedContexts: z.array(ContextTarget).default([]),
  unbounded: z.boolean().default(false),
  rules: z
    .array(
      z.object({
        _id: z.string(),
        description: z.string().optional(),
        clauses: z.array(Clause),
        weight: z.int().optional(),
        bucketBy: z.string().optional(),
        rolloutContextKind: z.string().optional(),
      }),
    )
    .default([]),
  _links: z.object({ parent: z.object({ href: z.string() }).optional() }).optional(),
});

/** Reads what the REST API exports, keeping salts, ids and order, so that nobody changes variation. */
export function readLaunchDarkly(
  documents: { flags?: unknown; segments?: unknown },
  environmentKey: string | undefined,
): Imported {
  const found = new ImportCollection();
  const flags = listOf(documents.flags).flatMap((input) => {
    const parsed = Flag.safeParse(input);
    if (parsed.success) return [parsed.data];
    found.refuse("flag", keyOf(input), problemOf(parsed.error));
    return [];
  });
  const ids = new Map(
    flags.map((flag) => [flag.key, flag.variations.map((_, at) => variationId(flag, at))]),
  );
  for (const flag of flags) readFlag(flag, ids, found);
  for (const input of listOf(documents.segments)) readSegment(input, environmentKey, found);
  return found.result;
}

function readFlag(
  flag: Flag,
  ids: ReadonlyMap<string, readonly string[]>,
  found: ImportCollection,
): void {
  const state = newFlagState(
    {
      ...flag,
      name: flag.name ?? flag.key,
      variations: flag.variations.map((variation, at) => ({
        ...variation,
        _id: variationId(flag, at),
      })),
      customProperties: Object.fromEntries(
        Object.entries(flag.customProperties ?? {}).map(([key, { name, value }]) => [
          key,
          { name, values: value },
        ]),
      ),
    },
    newSalt,
  );
  if (state === undefined) {
    found.refuse("flag", flag.key, "its defaults name a variation that it does not have");
    return;
  }
  const environments: [string, FlagConfiguration][] = [];
  for (const [environment, input] of Object.entries(flag.environments)) {
    if (!("rules" in input) || !("fallthrough" in input)) {
      found.refuse(
        "flag",
        flag.key,
        `environment "${environment}" is a summary without rules; export each flag by itself, or the list with summary=0`,
      );
      continue;
    }
    const parsed = Configuration.safeParse(input);
    const configuration = parsed.success
      ? configurationOf(parsed.data, flag, ids)
      : problemOf(parsed.error);
    if (typeof configuration === "string")
      found.refuse("flag", flag.key, `environment "${environment}": ${configuration}`);
    else environments.push([environment, configuration]);
  }
  if (Object.keys(flag.environments).length === 0) {
    found.refuse("flag", flag.key, "the file says nothing of any environment; export it with them");
  }
  if (environments.length === 0) return;
  const { archived, deprecated } = flag;
  const missing = Object.keys(flag.environments).filter(
    (key) => !environments.some(([taken]) => taken === key),
  );
  found.flag(
    { ...state, archived, deprecated, environments: Object.fromEntries(environments) },
    missing.length === 0 ? undefined : `it begins off in ${missing.join(", ")}, which was refused`,
  );
}

/** The configuration in our terms, or why it cannot be taken. */
function configurationOf(
  input: z.infer<typeof Configuration>,
  flag: Flag,
  ids: ReadonlyMap<string, readonly string[]>,
): FlagConfiguration | string {
  const serves = [input.fallthrough, ...input.rules];
  if (serves.some(({ variation, rollout }) => variation === undefined && rollout === undefined))
    return "a rule or the fallthrough serves neither a variation nor a rollout";
  if (serves.some(({ rollout }) => rollout?.experimentAllocation !== undefined))
    return "it runs an experiment, which is not taken over";
  const all = [
    ...serves.flatMap(servedIndexes),
    input.offVariation ?? 0,
    ...[...input.targets, ...input.contextTargets].map(({ variation }) => variation),
  ];
  if (all.some((at) => at >= flag.variations.length))
    return "it serves a variation that the flag does not have";
  const missing = input.prerequisites.find(
    ({ key, variation }) => ids.get(key)?.[variation] === undefined,
  );
  if (missing !== undefined) return `it requires "${missing.key}", which is not in the file`;
  const id = (at: number) => variationId(flag, at);
  return {
    on: input.on,
    salt: input.salt,
    prerequisites: input.prerequisites.map(({ key, variation }) => ({
      key,
      variationId: ids.get(key)?.[variation] ?? "",
    })),
    targets: orderedTargets(input, id),
    rules: input.rules.map(({ _id, description, clauses, trackEvents, ...serving }) => ({
      id: _id,
      ...(description === undefined ? {} : { description }),
      clauses: clauses.map(clauseOf),
      serve: serveOf(serving, id),
      trackEvents,
    })),
    fallthrough: serveOf(input.fallthrough, id),
    ...(input.offVariation === undefined ? {} : { offVariationId: id(input.offVariation) }),
    trackEvents: input.trackEvents,
    trackEventsFallthrough: input.trackEventsFallthrough,
  };
}

function servedIndexes({ variation, rollout }: z.infer<typeof Serving>): number[] {
  return variation === undefined
    ? (rollout?.variations ?? []).map((one) => one.variation)
    : [variation];
}

function serveOf(
  { variation, rollout }: z.infer<typeof Serving>,
  id: (at: number) => string,
): Serve {
  if (variation !== undefined || rollout === undefined) return { variationId: id(variation ?? 0) };
  const { contextKind, bucketBy, seed } = rollout;
  return {
    rollout: {
      ...(contextKind === undefined ? {} : { contextKind }),
      ...(bucketBy === undefined ? {} : { bucketBy }),
      ...(seed === undefined ? {} : { seed }),
      weights: rollout.variations.map((one) => ({
        variationId: id(one.variation),
        weight: one.weight,
      })),
    },
  };
}

/** The order of the context targets counts; an entry for users there stands for the user list of its variation. */
function orderedTargets(
  { targets, contextTargets }: z.infer<typeof Configuration>,
  id: (at: number) => string,
): FlagTarget[] {
  const placed = contextTargets.map((target) => {
    const isUser = (target.contextKind ?? "user") === "user";
    return isUser
      ? (targets.find(({ variation }) => variation === target.variation) ?? target)
      : target;
  });
  const all = [...placed, ...targets.filter((target) => !placed.includes(target))];
  return all
    .filter(({ values }) => values.length > 0)
    .map(({ contextKind = "user", variation, values }) => ({
      contextKind,
      variationId: id(variation),
      values,
    }));
}

function readSegment(
  input: unknown,
  environmentKey: string | undefined,
  found: ImportCollection,
): void {
  const parsed = Segment.safeParse(input);
  if (!parsed.success) {
    found.refuse("segment", keyOf(input), problemOf(parsed.error));
    return;
  }
  const { _links: links, rules, name, description, salt, ...segment } = parsed.data;
  const environment = links?.parent?.href.split("/").at(-1) ?? environmentKey;
  if (environment === undefined) {
    found.refuse("segment", segment.key, "nothing says its environment; give environmentKey");
    return;
  }
  if (segment.unbounded) {
    found.refuse(
      "segment",
      segment.key,
      "it is a big segment, whose members are not in the export",
    );
    return;
  }
  const isSalted = salt !== undefined || rules.every(({ weight }) => weight === undefined);
  found.segment(
    environment,
    {
      ...segment,
      name: name ?? segment.key,
      description: description ?? "",
      salt: salt ?? newSalt(),
      rules: rules.map(
        ({ _id, description: why, clauses, weight, bucketBy, rolloutContextKind }) => ({
          id: _id,
          ...(why === undefined ? {} : { description: why }),
          clauses: clauses.map(clauseOf),
          ...(weight === undefined ? {} : { weight }),
          ...(bucketBy === undefined ? {} : { bucketBy }),
          ...(rolloutContextKind === undefined ? {} : { rolloutContextKind }),
        }),
      ),
    },
    isSalted
      ? undefined
      : "the export has no salt, so a rule by percentage holds other contexts than before",
  );
}

function clauseOf({ _id, contextKind, negate, ...clause }: z.infer<typeof Clause>): RuleClause {
  return {
    id: _id ?? randomUUID(),
    ...(contextKind === undefined ? {} : { contextKind }),
    ...clause,
    negate: negate ?? false,
  };
}

function variationId(flag: Flag, at: number): string {
  return flag.variations[at]?._id ?? `${flag.key}-variation-${at}`;
}

/** A list as it is exported: bare, or as the items of a collection. */
function listOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document;
  const items: unknown =
    typeof document === "object" && document !== null && "items" in document ? document.items : [];
  if (Array.isArray(items) && items.length > 0) return items;
  return typeof document === "object" && document !== null && "key" in document ? [document] : [];
}

function keyOf(input: unknown): string {
  return typeof input === "object" && input !== null && "key" in input
    ? String(input.key)
    : "(without a key)";
}

function problemOf(error: z.ZodError): string {
  const [problem] = error.issues;
  return `it cannot be read at ${problem?.path.join("/")}: ${problem?.message}`;
}
