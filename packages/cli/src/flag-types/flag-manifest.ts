import { type DescribedFlag, deprecationOf, type Json } from "./described-flag.ts";

const schema =
  "https://raw.githubusercontent.com/open-feature/cli/refs/heads/main/schema/v0/flag-manifest.json";

/** OpenFeature's list of flags, from which its command generates code in several languages. */
export function flagManifest(flags: readonly DescribedFlag[]): object {
  return {
    $schema: schema,
    flags: Object.fromEntries(
      flags.map((flag) => [
        flag.key,
        {
          flagType: flagType(flag.variations.map(({ value }) => value)),
          defaultValue: flag.variations[flag.defaults.offVariation]?.value ?? null,
          description: [flag.name, flag.description, deprecationOf(flag) ?? ""]
            .filter((words) => words !== "")
            .join("\n"),
        },
      ]),
    ),
  };
}

function flagType(values: readonly Json[]): "boolean" | "string" | "integer" | "float" | "object" {
  const areAll = (type: string) => values.every((value) => typeof value === type);
  if (areAll("boolean")) return "boolean";
  if (areAll("string")) return "string";
  if (!areAll("number")) return "object";
  return values.every((value) => Number.isInteger(value)) ? "integer" : "float";
}
