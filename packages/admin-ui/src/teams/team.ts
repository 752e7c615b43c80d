import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

export interface Team {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** Whether a provisioning client keeps the members. */
  readonly _idpSynced: boolean;
  readonly members?: { readonly totalCount: number };
  readonly roles?: { readonly items: readonly { readonly key: string; readonly name: string }[] };
}

const teamsPath = "/api/v2/teams";
export const teams = resource<Items<Team>>(`${teamsPath}?limit=10000&expand=members,roles`);
