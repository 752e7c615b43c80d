import { useQuery } from "@tanstack/react-query";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { me } from "../session/me.ts";
import { useUnavailability } from "../session/unavailable.ts";
import { type Team, teamPath } from "./team.ts";

interface TeamChange<Input> {
  readonly instructions: (input: Input) => readonly object[];
  /** What takes them back. */
  readonly inverse: (input: Input) => readonly object[];
  readonly done: (input: Input) => string;
  readonly failed: string;
}

/** A change of the team by instructions; members tell of their teams too, so that both are read anew. */
export function useTeamChange<Input>(team: Team, change: TeamChange<Input>) {
  const send = (instructions: readonly object[]) =>
    request("PATCH", teamPath(team.key), { instructions });
  return useChange<Input>({
    path: "/api/v2/",
    send: (input) => send(change.instructions(input)),
    undo: (input) => send(change.inverse(input)),
    done: change.done,
    failed: () => change.failed,
  });
}

const forMaintainers = [
  "updateTeamName",
  "updateTeamDescription",
  "updateTeamMembers",
  "updateTeamPermissionGrants",
];

/** Why something cannot be done to the team; its maintainers may more than their base role says. */
export function useTeamUnavailability(team: Team): (action: string) => string | undefined {
  const { data: own } = useQuery(me);
  const unavailability = useUnavailability();
  const isMaintainer = team.maintainers?.items.some(({ _id }) => _id === own?.id) === true;
  return (action) => {
    // Asked as what everybody may, so that a lost link still counts.
    const asked = isMaintainer && forMaintainers.includes(action) ? "viewTeam" : action;
    return unavailability(asked, `team/${team.key}`);
  };
}
