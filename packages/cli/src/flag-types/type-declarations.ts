import { type DescribedFlag, deprecationOf } from "./described-flag.ts";
import { type Part, type Shape, shapeOfVariations } from "./value-shape.ts";

/** The module that tells the SDK's types which flags there are; it holds nothing that runs. */
export function typeDeclarations(project: string, flags: readonly DescribedFlag[]): string {
  const declared = flags.flatMap((flag) => [
    ...commentOn(flag),
    `    ${JSON.stringify(flag.key)}: ${typeOf(flag)};`,
  ]);
  return [
    `// The flags of ${oneLine(project)}. Written by "halyard types"; change the flags, not this file.`,
    'import "@halyard/sdk";',
    "",
    'declare module "@halyard/sdk" {',
    "  interface FlagTypes {",
    ...declared,
    "  }",
    "}",
    "",
  ].join("\n");
}

/** Each key that a written file declares, with its type as text. */
export function declaredTypes(file: string): ReadonlyMap<string, string> {
  const declaration = /^ {4}(?<key>"(?:[^"\\]|\\.)*"): (?<type>.+);\r?$/gmu;
  const declared = [...file.matchAll(declaration)].flatMap(({ groups }) =>
    groups?.["key"] === undefined ? [] : [[keyIn(groups["key"]), groups["type"] ?? ""] as const],
  );
  return new Map(declared);
}

/** A type that takes each of the flag's variations. */
function typeOf({ variations }: DescribedFlag): string {
  return typeOfShape(shapeOfVariations(variations.map(({ value }) => value)));
}

function typeOfShape(shape: Shape): string {
  return shape.length === 0 ? "unknown" : shape.map(typeOfPart).join(" | ");
}

function typeOfPart(part: Part): string {
  switch (part.kind) {
    case "exactly":
      return JSON.stringify(part.value);
    case "any":
      return part.of;
    case "list": {
      const items = typeOfShape(part.items);
      // Clients hand out the very list that they hold.
      return part.items.length > 1 ? `readonly (${items})[]` : `readonly ${items}[]`;
    }
    case "object": {
      if (part.members.length === 0) return "Record<string, never>";
      const members = part.members.map(
        ({ name, shape, isOptional }) =>
          `${JSON.stringify(name)}${isOptional ? "?" : ""}: ${typeOfShape(shape)}`,
      );
      return `{ ${members.join("; ")} }`;
    }
    default:
      return part satisfies never;
  }
}

function commentOn(flag: DescribedFlag): string[] {
  const { key, name, description, temporary } = flag;
  const title = name === key ? [] : sentences(name);
  const about = [...title, ...sentences(description)];
  const lifetime = temporary ? "Temporary." : "Permanent.";
  const last = about.pop();
  const deprecation = deprecationOf(flag);
  const lines = [
    ...about,
    last === undefined ? lifetime : `${last} ${lifetime}`,
    ...(deprecation === undefined ? [] : [`@deprecated ${deprecation}`]),
  ];
  const [only] = lines;
  if (lines.length === 1) return [`    /** ${only} */`];
  return ["    /**", ...lines.map((line) => `     * ${line}`), "     */"];
}

/** Somebody's words, as lines that neither end the comment nor begin a tag of it. */
function sentences(words: string): string[] {
  const lines = words
    .split(lineBreak)
    .map((line) => line.trim().replaceAll("*/", "*\\/").replace(/^@/u, "\\@"))
    .filter((line) => line !== "");
  const last = lines.pop();
  return last === undefined ? [] : [...lines, /[.!?]$/u.test(last) ? last : `${last}.`];
}

const lineBreak = /[\n\r\u2028\u2029]+/u;

function oneLine(words: string): string {
  return words.split(lineBreak).join(" ");
}

function keyIn(literal: string): string {
  return String(JSON.parse(literal));
}
