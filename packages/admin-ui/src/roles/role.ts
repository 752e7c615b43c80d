import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import type { Statement } from "./statement.ts";

/** A role that the account made for itself. */
export interface CustomRole {
  readonly _id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly policy: readonly Statement[];
  /** From what the policy begins. */
  readonly basePermissions: "reader" | "no_access";
  readonly assignedTo: { readonly membersCount: number; readonly teamsCount: number };
}

export const rolesPath = "/api/v2/roles";
export const customRoles = resource<Items<CustomRole>>(`${rolesPath}?limit=10000`);
export const rolePath = (key: string) => apiPath("roles", key);
