import type { Json } from "@halyard/evaluation";

export const flagKinds = ["string", "boolean", "number", "json"] as const;
export type FlagKind = (typeof flagKinds)[number];

/** A variation as it is typed. */
export interface TypedVariation {
  /** Known by it while it is typed. */
  readonly id: number;
  readonly value: string;
  readonly name: string;
}

export type VariationProblem = "empty" | "number" | "json" | "same";
type KeyProblem = "form" | "long";

/** The value that was typed; undefined where the kind cannot read it. */
function readValue(kind: FlagKind, typed: string): Json | undefined {
  if (kind === "string") return typed;
  if (kind === "number") {
    const number = Number(typed);
    return typed.trim() === "" || !Number.isFinite(number) ? undefined : number;
  }
  try {
    return JSON.parse(typed) as Json;
  } catch {
    return undefined; // What is wrong with it is said beside the field.
  }
}

/** What is wrong with each variation, in their order; undefined where nothing is. */
export function problemsOf(
  kind: FlagKind,
  variations: readonly TypedVariation[],
): readonly (VariationProblem | undefined)[] {
  const texts = variations.map(({ value }) => JSON.stringify(readValue(kind, value)));
  return variations.map(({ value }, at) => {
    if (value.trim() === "") return "empty";
    if (texts[at] === undefined) return kind === "number" ? "number" : "json";
    return texts.indexOf(texts[at]) < at ? "same" : undefined;
  });
}

export function problemOfKey(key: string): KeyProblem | undefined {
  if (key.length > 256) return "long";
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/u.test(key) ? undefined : "form";
}

/** A flag as it is to be made. */
export interface NewFlag {
  readonly name: string;
  readonly key: string;
  readonly kind: FlagKind;
  readonly variations: readonly TypedVariation[];
  /** By their places. */
  readonly on: number;
  readonly off: number;
  readonly isTemporary: boolean;
  readonly isMigration: boolean;
  readonly description: string;
  readonly tags: readonly string[];
  /** Empty for whoever makes it. */
  readonly maintainerId: string;
  readonly forBrowsers: boolean;
  readonly forMobiles: boolean;
}

/** What the server is sent. */
export function bodyOf(flag: NewFlag): object {
  const { name, key, description, tags, maintainerId, isMigration } = flag;
  return {
    name: name.trim(),
    key,
    temporary: flag.isTemporary,
    clientSideAvailability: {
      usingEnvironmentId: flag.forBrowsers,
      usingMobileKey: flag.forMobiles,
    },
    ...(description.trim() === "" ? {} : { description: description.trim() }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(maintainerId === "" ? {} : { maintainerId }),
    ...(isMigration
      ? { purpose: "migration", migrationSettings: { contextKind: "user", stageCount: 6 } }
      : {
          variations: flag.variations.map(({ value, name: called }) => ({
            value: readValue(flag.kind, value),
            ...(called.trim() === "" ? {} : { name: called.trim() }),
          })),
          defaults: { onVariation: flag.on, offVariation: flag.off },
        }),
  };
}

/** The command that makes the flag; what it cannot say is left to the page. */
export function commandOf({ key, name, kind, variations }: NewFlag): string {
  const values = variations.map(({ value }) => value).join(",");
  const parts = [
    `halyard flags create ${key || "KEY"}`,
    ...(name.trim() === "" || name.trim() === key ? [] : [`--name ${shellQuoted(name.trim())}`]),
    kind === "boolean" ? "--boolean" : `--variations ${shellQuoted(values)}`,
  ];
  return parts.join(" ");
}

/** Whether the command makes the same flag: it makes strings and booleans alone. */
export function hasCommand({ kind, isMigration, variations }: NewFlag): boolean {
  const isPlain = variations.every(({ value }) => !value.includes(","));
  return !isMigration && (kind === "boolean" || (kind === "string" && isPlain));
}

function shellQuoted(word: string): string {
  return /^[\w,.-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The line of code that asks for the flag, with what it gives when off as the fallback. */
export function codeOf({ key, kind, variations, off }: NewFlag): string {
  const fallback = variations[off]?.value ?? "";
  const value = kind === "string" ? JSON.stringify(fallback) : fallback;
  return `flags.variation(${JSON.stringify(key || "KEY")}, context, ${value})`;
}
