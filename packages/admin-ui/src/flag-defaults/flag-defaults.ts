import { apiPath } from "../api/queries.ts";

/** 0 is true, 1 is false. */
type BooleanIndex = 0 | 1;

/** What a flag of the project gets where it is made without saying, as REST shows it. */
export interface FlagDefaults {
  readonly tags: readonly string[];
  readonly temporary: boolean;
  readonly defaultClientSideAvailability: {
    readonly usingMobileKey: boolean;
    readonly usingEnvironmentId: boolean;
  };
  readonly booleanDefaults: {
    readonly trueDisplayName: string;
    readonly falseDisplayName: string;
    readonly trueDescription: string;
    readonly falseDescription: string;
    readonly onVariation: BooleanIndex;
    readonly offVariation: BooleanIndex;
  };
}

export const keyForms = [
  "camelCase",
  "upperCamelCase",
  "snakeCase",
  "kebabCase",
  "constantCase",
] as const;
type KeyForm = (typeof keyForms)[number];

export interface NamingConvention {
  readonly case?: KeyForm;
  readonly prefix?: string;
}

export function flagDefaultsPath(project: string): string {
  return apiPath("projects", project, "flag-defaults");
}

type Operation =
  | { readonly op: "replace" | "add"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string };

/** A JSON Patch of what the form changes; empty where it changes nothing. */
export function defaultsPatch(before: FlagDefaults, after: FlagDefaults): readonly Operation[] {
  const members = [
    "tags",
    "temporary",
    "defaultClientSideAvailability",
    "booleanDefaults",
  ] as const satisfies readonly (keyof FlagDefaults)[];
  return members
    .filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]))
    .map((member) => ({ op: "replace", path: `/${member}`, value: after[member] }));
}

/** The same for the form of keys: no form and no prefix is no convention. */
export function namingPatch(
  before: NamingConvention | undefined,
  after: NamingConvention,
): readonly Operation[] {
  const { case: form, prefix = "" } = after;
  const wanted = {
    ...(form === undefined ? {} : { case: form }),
    ...(prefix === "" ? {} : { prefix }),
  };
  const isSame = before?.case === form && (before?.prefix ?? "") === prefix;
  if (isSame) return [];
  if (Object.keys(wanted).length > 0)
    return [{ op: "add", path: "/namingConvention", value: wanted }];
  return [{ op: "remove", path: "/namingConvention" }];
}

const examples: Readonly<Record<KeyForm, string>> = {
  camelCase: "darkMode",
  upperCamelCase: "DarkMode",
  snakeCase: "dark_mode",
  kebabCase: "dark-mode",
  constantCase: "DARK_MODE",
};

/** How "Dark mode" would be called. */
export function exampleKey({ case: form = "kebabCase", prefix = "" }: NamingConvention): string {
  return `${prefix}${examples[form]}`;
}
