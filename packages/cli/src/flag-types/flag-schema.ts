import { type DescribedFlag, deprecationOf, type Json } from "./described-flag.ts";
import { type Part, type Shape, shapeOfVariations } from "./value-shape.ts";

/** A JSON Schema of an object that has a value for each flag, such as a file of overrides. */
export function flagSchema(project: string, flags: readonly DescribedFlag[]): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `The flags of ${project}`,
    type: "object",
    properties: Object.fromEntries(
      flags.map((flag) => [
        flag.key,
        {
          title: flag.name,
          ...(flag.description === "" ? {} : { description: flag.description }),
          ...(deprecationOf(flag) === undefined ? {} : { deprecated: true }),
          ...schemaOf(shapeOfVariations(flag.variations.map(({ value }) => value))),
        },
      ]),
    ),
    additionalProperties: false,
  };
}

type Schema = Readonly<Record<string, Json>>;

function schemaOf(shape: Shape): Schema {
  const exact = shape.flatMap((part) => (part.kind === "exactly" ? [part.value] : []));
  const others = shape.flatMap((part) => (part.kind === "exactly" ? [] : [schemaOfPart(part)]));
  const all: Schema[] = [...(exact.length === 0 ? [] : [{ enum: exact }]), ...others];
  const [only = {}] = all;
  return all.length > 1 ? { anyOf: all } : only;
}

function schemaOfPart(part: Exclude<Part, { readonly kind: "exactly" }>): Schema {
  if (part.kind === "any") return { type: part.of };
  if (part.kind === "list") return { type: "array", items: schemaOf(part.items) };
  return {
    type: "object",
    properties: Object.fromEntries(
      part.members.map(({ name, shape }) => [name, schemaOf(shape)] as const),
    ),
    required: part.members.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
    additionalProperties: false,
  };
}
