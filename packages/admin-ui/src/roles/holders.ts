import { formatList } from "../text/format.ts";
import type { CustomRole } from "./role.ts";
import { t } from "./text.ts";

/** "2 members and 1 team", or "nobody". */
export function holdersOf({ assignedTo: { membersCount, teamsCount } }: CustomRole): string {
  const holders = [
    ...(membersCount === 0 ? [] : [t("roles.members", { count: membersCount })]),
    ...(teamsCount === 0 ? [] : [t("roles.teams", { count: teamsCount })]),
  ];
  return holders.length === 0 ? t("roles.nobody") : formatList(holders);
}
