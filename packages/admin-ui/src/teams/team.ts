import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

export interface Team {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** Whether a provisioning client keeps the members. */
  readonly _idpSynced: boolean;
  readonly members?: { readonly totalCount: number };
  readonly roles?: { readonly items: readonly TeamRole[] };
  readonly maintainers?: { readonly items: readonly { readonly _id: string }[] };
  readonly roleAttributes?: RoleAttributes;
}

interface TeamRole {
  readonly key: string;
  readonly name: string;
}

/** What fills `${roleAttribute/…}` in the resources of roles, by attribute. */
type RoleAttributes = Readonly<Record<string, readonly string[]>>;

export const teamsPath = "/api/v2/teams";
export const teams = resource<Items<Team>>(`${teamsPath}?limit=10000&expand=members,roles`);
export const teamPath = (key: string) => apiPath("teams", key);
export const teamCalled = (key: string) =>
  resource<Team>(`${teamPath(key)}?expand=members,roles,maintainers,roleAttributes`);

export interface TeamsSearch {
  readonly q?: string | undefined;
  readonly create?: true | undefined;
}

/** What the address of the teams' page holds. */
export function teamsSearch({ q, create }: Readonly<Record<string, unknown>>): TeamsSearch {
  return {
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(create === true ? { create } : {}),
  };
}

export function teamsThat(all: readonly Team[], { q = "" }: TeamsSearch): readonly Team[] {
  const words = q.toLowerCase().split(/\s+/u);
  return all.filter(({ name, key, description, roles }) => {
    const text = [name, key, description, ...(roles?.items ?? []).map((role) => role.name)]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The names in which a role's resources ask for an attribute: `proj/${roleAttribute/projects}`. */
export function attributesAskedFor(resources: readonly string[]): readonly string[] {
  const names = resources.flatMap((resource) =>
    [...resource.matchAll(/\$\{roleAttribute\/([^}]+)\}/gu)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].sort();
}
