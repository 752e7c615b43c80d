import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { allMembers, memberName, membersThat } from "../members/member.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SearchField } from "../ui/field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { AddMembersDialog } from "./add-members-dialog.tsx";
import { membersOfTeam } from "./people.ts";
import type { Team } from "./team.ts";
import { TeamMemberRow } from "./team-member-row.tsx";
import { t } from "./text.ts";
import { useTeamUnavailability } from "./use-team.ts";

/** More rows than this come on demand, so that the page stays quick. */
const shownAtFirst = 100;
const filteredFrom = 10;

export function TeamMembers({ team }: { readonly team: Team }) {
  const { data, error, refetch } = useQuery(allMembers);
  const [isAdding, setAdding] = useState(false);
  const [q, setQ] = useState("");
  const [isWhole, setWhole] = useState(false);
  const denied = useTeamUnavailability(team)("updateTeamMembers");
  const unavailable = team._idpSynced ? t("team.synced.unavailable") : denied;
  const all = data === undefined ? [] : membersOfTeam(data.items, team.key);
  const found = membersThat(all, { q });
  const shown = isWhole ? found : found.slice(0, shownAtFirst);
  const maintainers = new Set(team.maintainers?.items.map(({ _id }) => _id));
  return (
    <Card
      title={
        <>
          {t("team.members")}{" "}
          {data !== undefined && <span className="font-normal text-ink3">{all.length}</span>}
        </>
      }
      actions={
        <Button
          icon={<UserPlus size={16} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setAdding(true)}
        >
          {t("team.members.add")}
        </Button>
      }
    >
      {error && <ErrorState what={t("team.members")} error={error} onRetry={refetch} />}
      {data === undefined && !error && <SkeletonRows count={3} />}
      {data !== undefined && all.length === 0 && (
        <p className="py-4 text-center text-ink3">{t("team.members.empty")}</p>
      )}
      {all.length >= filteredFrom && (
        <SearchField
          label={t("team.members.filter")}
          placeholder={t("team.members.filter")}
          value={q}
          onChange={setQ}
          className="mb-3 w-full sm:w-72"
        />
      )}
      {all.length > 0 && found.length === 0 && (
        <p role="status" className="py-4 text-center text-ink3">
          {t("team.members.none")}
        </p>
      )}
      <ul className="-mb-3 divide-y divide-line first:-mt-3">
        {shown.map((member) => (
          <TeamMemberRow
            key={member._id}
            team={team}
            member={member}
            name={memberName(member)}
            isMaintainer={maintainers.has(member._id)}
            unavailable={unavailable}
          />
        ))}
      </ul>
      {shown.length < found.length && (
        <Button className="mt-6" onPress={() => setWhole(true)}>
          {t("team.members.showAll", { count: found.length })}
        </Button>
      )}
      {isAdding && <AddMembersDialog team={team} onClose={() => setAdding(false)} />}
    </Card>
  );
}
