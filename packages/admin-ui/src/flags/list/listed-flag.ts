import type { Json } from "@halyard/evaluation";
import type { Serving } from "../../api/representations.ts";

/** What a flag does in an environment, counted and not told. */
export interface ListedConfiguration {
  readonly on: boolean;
  /** Unix milliseconds. */
  readonly lastModified: number;
  readonly fallthrough?: Serving;
  readonly offVariation?: number;
  /** Where they are told and not counted. */
  readonly rules?: readonly unknown[];
  readonly _summary?: {
    readonly rules: number;
    readonly prerequisites: number;
    /** The same in environments that serve the flag alike. */
    readonly likeness: string;
    readonly variations: Readonly<
      Record<string, { readonly targets: number; readonly contextTargets: number }>
    >;
  };
}

/** A flag as a list shows it. */
export interface ListedFlag {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly variations: readonly {
    readonly _id: string;
    readonly value: Json;
    readonly name?: string;
  }[];
  readonly temporary: boolean;
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** Unix milliseconds. */
  readonly creationDate: number;
  readonly maintainerId?: string;
  readonly _maintainer?: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
  };
  readonly _maintainerTeam?: { readonly key: string; readonly name: string };
  readonly environments?: Readonly<Record<string, ListedConfiguration>>;
}

export type FlagKind = "boolean" | "string" | "number" | "json";

/** What the values of a flag are. */
export function kindOf({ variations }: Pick<ListedFlag, "variations">): FlagKind {
  const value = variations[0]?.value;
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return typeof value as FlagKind;
  return "json";
}

/** Who looks after a flag, by name. */
export function ownerOf(flag: ListedFlag): string | undefined {
  if (flag._maintainerTeam !== undefined) return flag._maintainerTeam.name;
  if (flag._maintainer === undefined) return undefined;
  const { firstName, lastName, email } = flag._maintainer;
  return `${firstName} ${lastName}`.trim() || email;
}

/** Whether an environment serves the flag otherwise than the one before it. */
export function differs(
  flag: ListedFlag,
  environment: string,
  before: string | undefined,
): boolean {
  if (before === undefined) return false;
  const [one, other] = [flag.environments?.[before], flag.environments?.[environment]];
  return one?._summary?.likeness !== other?._summary?.likeness;
}
