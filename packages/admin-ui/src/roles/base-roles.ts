import { catalogue } from "../text/catalogue.ts";
import type { Choice } from "../ui/select.tsx";

const t = catalogue({
  "base.no_access": "No access",
  "base.reader": "Reader",
  "base.writer": "Writer",
  "base.admin": "Admin",
  "base.owner": "Owner",
  "base.no_access.words": "Sees nothing but what custom roles allow.",
  "base.reader.words": "Sees everything, changes nothing.",
  "base.writer.words": "Changes flags, segments and projects; no keys, no people.",
  "base.admin.words": "May do everything but make owners.",
  "base.owner.words": "May do everything.",
});

const baseRoles = ["no_access", "reader", "writer", "admin", "owner"] as const;
export type BaseRole = (typeof baseRoles)[number];

/** The role's name as people say it; a name that is not known is given back. */
export function baseRoleName(role: string): string {
  const known = baseRoles.find((one) => one === role);
  return known === undefined ? role : t(`base.${known}`);
}

/** What somebody may give: only owners make owners. */
export function baseRoleChoices(ownRole: string): readonly Choice<BaseRole>[] {
  return baseRoles.map((role) => ({
    id: role,
    label: t(`base.${role}`),
    description: t(`base.${role}.words`),
    isDisabled: role === "owner" && ownRole !== "owner",
  }));
}
