import { randomUUID } from "node:crypto";
import type { Json } from "@halyard/evaluation";
import {
  type FlagRule,
  type FlagState,
  newFlagConfiguration,
  newFlagState,
} from "@halyard/instructions";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { newSalt } from "../projects/creation.ts";
import { ImportCollection, type Imported } from "./imported.ts";

const JsonValue: z.ZodType<Json> = z.json();
const File = z.looseObject({ flags: z.record(z.string(), z.unknown()) });
const Flag = z.object({
  state: z.enum(["ENABLED", "DISABLED"]),
  variants: z.record(z.string(), JsonValue),
  defaultVariant: z.string(),
  description: z.string().optional(),
  targeting: z.unknown().optional(),
});

/** Reads a flagd file. Targeting is taken where a rule of ours says exactly the same, else refused. */
export function readFlagd(document: unknown, environmentKey: string): Imported {
  const file = File.safeParse(document);
  if (!file.success)
    throw new DomainError("invalid_request", 'this is no flagd file: it has no "flags" object');
  const found = new ImportCollection();
  for (const [key, input] of Object.entries(file.data.flags)) {
    const parsed = Flag.safeParse(input);
    if (!parsed.success) {
      const [problem] = parsed.error.issues;
      found.refuse(
        "flag",
        key,
        `it cannot be read at ${problem?.path.join("/")}: ${problem?.message}`,
      );
    } else {
      readFlag(key, parsed.data, environmentKey, found);
    }
  }
  return found.result;
}

function readFlag(
  key: string,
  input: z.infer<typeof Flag>,
  environmentKey: string,
  found: ImportCollection,
): void {
  const variations = Object.entries(input.variants).map(([name, value]) => ({
    _id: randomUUID(),
    name,
    value,
  }));
  const served = variations.findIndex(({ name }) => name === input.defaultVariant);
  const defaults = { onVariation: served, offVariation: served };
  const flag = newFlagState(
    { key, name: key, description: input.description, variations, defaults },
    randomUUID,
  );
  if (served === -1 || flag === undefined) {
    found.refuse("flag", key, `there is no variant "${input.defaultVariant}" to serve by default`);
    return;
  }
  const rules = input.targeting === undefined ? [] : rulesOf(input.targeting, flag);
  if (rules === undefined) {
    found.refuse("flag", key, "its targeting has no exact counterpart; write it as rules");
    return;
  }
  // A disabled flag lets the caller's own default stand, which is what no off variation does here.
  const { offVariationId: _, ...configuration } = newFlagConfiguration(flag, newSalt());
  const environments = {
    [environmentKey]: { ...configuration, on: input.state === "ENABLED", rules },
  };
  found.flag({ ...flag, environments });
}

/** `if` with conditions on one attribute each, and variants by name; undefined where it is anything else. */
function rulesOf(targeting: unknown, flag: FlagState): FlagRule[] | undefined {
  if (isObject(targeting) && Object.keys(targeting).length === 0) return [];
  const parts = onlyMember(targeting, "if");
  if (!Array.isArray(parts)) return undefined;
  const rules: FlagRule[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const rule = ruleOf(parts[at], parts[at + 1], flag);
    if (rule === undefined) return undefined;
    rules.push(rule);
  }
  if (parts.length % 2 === 0 || parts.at(-1) === null) return rules;
  const otherwise = ruleFor([], parts.at(-1), flag);
  return otherwise && [...rules, otherwise];
}

function ruleOf(condition: unknown, variant: unknown, flag: FlagState): FlagRule | undefined {
  const all = onlyMember(condition, "and");
  const clauses = (Array.isArray(all) ? all : [condition]).map(clauseOf);
  const known = clauses.filter((clause) => clause !== undefined);
  return known.length < clauses.length ? undefined : ruleFor(known, variant, flag);
}

function ruleFor(
  clauses: FlagRule["clauses"],
  variant: unknown,
  flag: FlagState,
): FlagRule | undefined {
  const variation = flag.variations.find(({ name }) => name === variant);
  if (variation === undefined) return undefined;
  return { id: randomUUID(), clauses, serve: { variationId: variation.id }, trackEvents: false };
}

const operators: Readonly<Record<string, { op: string; negate: boolean }>> = {
  "==": { op: "in", negate: false },
  "===": { op: "in", negate: false },
  in: { op: "in", negate: false },
  starts_with: { op: "startsWith", negate: false },
  ends_with: { op: "endsWith", negate: false },
};

function clauseOf(condition: unknown): FlagRule["clauses"][number] | undefined {
  if (!isObject(condition) || Object.keys(condition).length !== 1) return undefined;
  const [[name = "", args] = []] = Object.entries(condition);
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined || !Array.isArray(args) || args.length !== 2) return undefined;
  const [subject, against] = args;
  const attribute = isObject(subject) ? subject["var"] : undefined;
  const values = z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .safeParse(name === "in" ? against : [against]);
  if (typeof attribute !== "string" || !/^[^/.][^.]*$/u.test(attribute)) return undefined;
  if (!values.success || (name === "==" && values.data.some(isLoose))) return undefined;
  return {
    id: randomUUID(),
    contextKind: "user",
    attribute: attribute === "targetingKey" ? "key" : attribute,
    ...operator,
    values: values.data,
  };
}

/** With `==` the text "1" is the number 1, and true is 1; ours are of a type each. */
function isLoose(value: string | number | boolean): boolean {
  return typeof value !== "string" || !Number.isNaN(Number(value));
}

/** The member of an object that has this one and no other. */
function onlyMember(value: unknown, name: string): unknown {
  return isObject(value) && Object.keys(value).length === 1 ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
