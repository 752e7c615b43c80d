import { isSameContext, normalizedContext } from "@halyard/sdk";
import type { Commands, ComparedParts, ContextParts, Parameters } from "./command.ts";

/** Contexts made of parts, read and compared, by our SDK's own functions. */
export const contextCommands = {
  contextBuild: ({ single, multi }: Parameters<"contextBuild">) =>
    outcome(() => togetherOf((single ? [single] : (multi ?? [])).map(builtOf))),
  contextConvert: ({ input }: Parameters<"contextConvert">) => outcome(() => JSON.parse(input)),
  contextComparison: ({ context1, context2 }: Parameters<"contextComparison">) => ({
    equals: isSameContext(comparedOf(context1), comparedOf(context2)),
  }),
} satisfies Commands;

function outcome(make: () => unknown): { output: string } | { error: string } {
  try {
    return { output: JSON.stringify(normalizedContext(make())) };
  } catch (cause) {
    return { error: cause instanceof Error ? cause.message : String(cause) };
  }
}

interface Part {
  readonly kind: string;
  readonly key: string;
  readonly [attribute: string]: unknown;
}

function togetherOf(parts: readonly Part[]): object {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return { kind: "multi", ...Object.fromEntries(parts.map(({ kind, ...rest }) => [kind, rest])) };
}

function builtOf({ kind = "user", key, name, anonymous, custom, ...rest }: ContextParts): Part {
  return {
    ...custom,
    kind,
    key,
    ...(name === undefined ? {} : { name }),
    ...(anonymous === undefined ? {} : { anonymous }),
    ...(rest.private === undefined ? {} : { _meta: { privateAttributes: rest.private } }),
  };
}

function comparedOf({ single, multi }: Parameters<"contextComparison">["context1"]): object {
  return togetherOf((single ? [single] : (multi ?? [])).map(partOf));
}

function partOf({ kind, key, attributes = [], privateAttributes = [] }: ComparedParts): Part {
  const names = privateAttributes.map(({ value, literal }) =>
    literal === true ? literalReference(value) : value,
  );
  return {
    ...Object.fromEntries(attributes.map(({ name, value }) => [name, value])),
    kind,
    key,
    ...(names.length === 0 ? {} : { _meta: { privateAttributes: names } }),
  };
}

function literalReference(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
