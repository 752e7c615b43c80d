import { randomUUID } from "node:crypto";
import type { Json } from "@halyard/evaluation";
import { newFlagConfiguration, newFlagState, type Serve } from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { newSalt } from "../projects/creation.ts";
import { ImportCollection, type Imported } from "./imported.ts";

const JsonValue: z.ZodType<Json> = z.json();
const File = z.record(z.string(), z.unknown());
const Flag = z.object({
  variations: z.record(z.string(), JsonValue),
  targeting: z.array(z.unknown()).optional(),
  disable: z.boolean().default(false),
  scheduledRollout: z.unknown().optional(),
  experimentation: z.unknown().optional(),
  bucketingKey: z.string().optional(),
  defaultRule: z.object({
    progressiveRollout: z.unknown().optional(),
    variation: z.string().optional(),
    percentage: z.record(z.string(), z.number().min(0)).optional(),
  }),
});

/** Reads a GO Feature Flag file. Percentages are kept, but who falls where is decided by another hash. */
export function readGoFeatureFlag(document: unknown, environmentKey: string): Imported {
  const file = File.safeParse(document);
  if (!file.success)
    throw new DomainError(
      "invalid_request",
      "this is no GO Feature Flag file: it is not an object of flags",
    );
  const found = new ImportCollection();
  for (const [key, input] of Object.entries(file.data)) {
    const parsed = Flag.safeParse(input);
    if (!parsed.success) {
      const [problem] = parsed.error.issues;
      found.refuse(
        "flag",
        key,
        `it cannot be read at ${problem?.path.join("/")}: ${problem?.message}`,
      );
    } else if (untranslated(parsed.data) !== undefined) {
      found.refuse("flag", key, untranslated(parsed.data) ?? "");
    } else {
      readFlag(key, parsed.data, environmentKey, found);
    }
  }
  return found.result;
}

/** Why a flag cannot be said in our terms; undefined where it can. */
function untranslated(flag: z.infer<typeof Flag>): string | undefined {
  if ((flag.targeting ?? []).length > 0)
    return "its targeting is written in a query language that is not translated; write it as rules";
  if (flag.defaultRule.progressiveRollout !== undefined)
    return "it has a progressive rollout; set the percentage it has reached, and import it again";
  if (flag.scheduledRollout !== undefined) return "it has a scheduled rollout; take that out first";
  if (flag.experimentation !== undefined)
    return "it holds only for some time (experimentation); take that out first";
  return undefined;
}

function readFlag(
  key: string,
  input: z.infer<typeof Flag>,
  environmentKey: string,
  found: ImportCollection,
): void {
  const variations = Object.entries(input.variations).map(([name, value]) => ({
    _id: randomUUID(),
    name,
    value,
  }));
  const flag = newFlagState({ key, name: key, variations }, randomUUID);
  if (flag === undefined) {
    found.refuse("flag", key, "it has no variations");
    return;
  }
  const idOf = (name: string) => flag.variations.find((variation) => variation.name === name)?.id;
  const fallthrough = serveOf(input, idOf);
  if (fallthrough === undefined) {
    found.refuse(
      "flag",
      key,
      "its default rule names a variation that it does not have, or sums to nothing",
    );
    return;
  }
  const { offVariationId: _, ...configuration } = newFlagConfiguration(flag, newSalt());
  const environments = { [environmentKey]: { ...configuration, on: !input.disable, fallthrough } };
  const isSplit = "rollout" in fallthrough;
  found.flag(
    { ...flag, environments },
    isSplit ? "the percentages are kept, but another hash decides who falls where" : undefined,
  );
}

function serveOf(
  { defaultRule: { variation, percentage }, bucketingKey }: z.infer<typeof Flag>,
  idOf: (name: string) => string | undefined,
): Serve | undefined {
  const shares = Object.entries(
    percentage ?? (variation === undefined ? {} : { [variation]: 100 }),
  ).filter(([, share]) => share > 0);
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  const weights = shares.flatMap(([name, share]) => {
    const variationId = idOf(name);
    return variationId === undefined
      ? []
      : [{ variationId, weight: Math.round((share / total) * 100_000) }];
  });
  const [first] = weights;
  if (first === undefined || weights.length < shares.length) return undefined;
  if (weights.length === 1) return { variationId: first.variationId };
  const rest = weights.slice(1).reduce((sum, { weight }) => sum + weight, 0);
  return {
    rollout: {
      contextKind: "user",
      ...(bucketingKey === undefined ? {} : { bucketBy: bucketingKey }),
      weights: [{ ...first, weight: 100_000 - rest }, ...weights.slice(1)],
    },
  };
}
