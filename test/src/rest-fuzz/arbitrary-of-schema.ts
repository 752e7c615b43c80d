import fc from "fast-check";
import { z } from "zod";
import { anyJson } from "./odd-values.ts";

/** As much of JSON Schema as zod writes. */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly propertyNames?: JsonSchema | undefined;
  readonly items?: JsonSchema | boolean | undefined;
  readonly prefixItems?: readonly JsonSchema[] | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
}

export const JsonSchema: z.ZodType<JsonSchema> = z.lazy(() => {
  const many = z.array(JsonSchema).optional();
  const count = z.number().optional();
  return z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: many,
    oneOf: many,
    allOf: many,
    properties: z.record(z.string(), JsonSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), JsonSchema]).optional(),
    propertyNames: JsonSchema.optional(),
    items: z.union([z.boolean(), JsonSchema]).optional(),
    prefixItems: many,
    minItems: count,
    maxItems: count,
    minimum: count,
    maximum: count,
    minLength: count,
    maxLength: count,
    pattern: z.string().optional(),
    format: z.string().optional(),
  });
});

/** Gives the schema that a `$ref` names. */
type Resolve = (ref: string) => JsonSchema;

/** How deep generated values go where a schema names itself. */
const deepest = 5;
const longestList = 4;
const longestText = 40;

/** Values that a schema takes. Names that things have on the server are among the texts. */
export function arbitraryOf(
  schema: JsonSchema,
  { resolve, names, depth = 0 }: { resolve: Resolve; names: readonly string[]; depth?: number },
): fc.Arbitrary<unknown> {
  const within = { resolve, names, depth: depth + 1 };
  const { $ref, anyOf, oneOf, allOf } = schema;
  if (depth > deepest) return fc.constant(null);
  if ($ref !== undefined) return arbitraryOf(resolve($ref), within);
  if ("const" in schema && schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const options = anyOf ?? oneOf;
  if (options !== undefined) {
    return fc.oneof(...options.map((one) => arbitraryOf(one, { resolve, names, depth })));
  }
  if (allOf !== undefined) {
    return fc
      .tuple(...allOf.map((one) => arbitraryOf(one, within)))
      .map((parts) => Object.assign({}, ...parts));
  }
  switch (schema.type ?? "any") {
    case "object":
      return objectOf(schema, within);
    case "array":
      return listOf(schema, within);
    case "string":
      return textOf(schema, names);
    case "integer":
      return integerOf(schema);
    case "number":
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return anyJson;
  }
}

type Within = { resolve: Resolve; names: readonly string[]; depth: number };

function objectOf(schema: JsonSchema, within: Within): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const members = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, arbitraryOf(one, within)]),
  );
  const declared = fc.record(members, { requiredKeys: [...required] });
  if (typeof additionalProperties !== "object") return declared;
  const name =
    propertyNames === undefined
      ? textOf({}, within.names)
      : arbitraryOf(propertyNames, within).map(String);
  const others = fc.dictionary(name, arbitraryOf(additionalProperties, within), { maxKeys: 3 });
  return fc.tuple(others, declared).map(([one, other]) => ({ ...one, ...other }));
}

function listOf(schema: JsonSchema, within: Within): fc.Arbitrary<unknown> {
  const { prefixItems, items = {}, minItems = 0, maxItems = minItems + longestList } = schema;
  if (prefixItems !== undefined)
    return fc.tuple(...prefixItems.map((one) => arbitraryOf(one, within)));
  const maxLength = Math.min(maxItems, minItems + longestList);
  const item = typeof items === "boolean" ? anyJson : arbitraryOf(items, within);
  return fc.array(item, { minLength: minItems, maxLength });
}

function textOf(schema: JsonSchema, names: readonly string[]): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = longestText } = schema;
  if (format === "email") return fc.nat().map((number) => `someone-${number}@example.com`);
  if (format === "uri") return fc.webUrl();
  if (pattern !== undefined) {
    const texts = fc.stringMatching(new RegExp(pattern, "u"), { size: "-1" });
    return texts.filter((text) => text.length >= minLength && text.length <= maxLength);
  }
  const free = fc.string({
    unit: "grapheme",
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, longestText)),
  });
  const fitting = names.filter((name) => name.length >= minLength && name.length <= maxLength);
  return fitting.length === 0
    ? free
    : fc.oneof(free, { weight: 4, arbitrary: fc.constantFrom(...fitting) });
}

function integerOf({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? -1000, Number.MIN_SAFE_INTEGER);
  const max = Math.max(min, Math.min(maximum ?? 1e6, Number.MAX_SAFE_INTEGER));
  const small = Math.min(max, min + 10);
  return fc.oneof(fc.integer({ min, max: small }), fc.integer({ min, max }));
}
