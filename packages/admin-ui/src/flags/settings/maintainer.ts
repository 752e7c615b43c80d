import type { FlagInstruction } from "@halyard/instructions";

/** Who maintains a flag: `member:ID`, `team:KEY` or `none`. */
export type MaintainerId = "none" | `member:${string}` | `team:${string}`;

interface Maintained {
  readonly maintainerId?: string;
  readonly maintainerTeamKey?: string;
}

export function maintainerIdOf({ maintainerId, maintainerTeamKey }: Maintained): MaintainerId {
  if (maintainerTeamKey !== undefined) return `team:${maintainerTeamKey}`;
  return maintainerId === undefined ? "none" : `member:${maintainerId}`;
}

export function maintainerInstruction(id: MaintainerId): FlagInstruction {
  if (id === "none") return { kind: "removeMaintainer" };
  const value = id.slice(id.indexOf(":") + 1);
  return id.startsWith("team:")
    ? { kind: "updateMaintainerTeam", value }
    : { kind: "updateMaintainerMember", value };
}
