import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { AccountHeader } from "../account/account-header.tsx";
import { RequestError } from "../api/request.ts";
import { KeyCopy } from "../ui/copy.tsx";
import { Notice } from "../ui/notice.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { DeleteTeam } from "./delete-team.tsx";
import { RoleAttributesCard } from "./role-attributes-card.tsx";
import { teamCalled } from "./team.ts";
import { TeamDetails } from "./team-details.tsx";
import { TeamMembers } from "./team-members.tsx";
import { TeamRoles } from "./team-roles.tsx";
import { t } from "./text.ts";

/** One team: who is in it, and what it lets them do. */
export function TeamPage() {
  const { team: key } = useParams({ from: "/signed-in/account/teams/$team" });
  const { data: team, error, refetch, isPending } = useQuery(teamCalled(key));
  useReady(!isPending);
  if (error instanceof RequestError && error.status === 404) {
    return (
      <NotFound title={t("team.notFound")}>
        <Link to="/account/teams" className="text-link underline">
          {t("team.back")}
        </Link>
      </NotFound>
    );
  }
  return (
    <>
      <AccountHeader
        title={team?.name ?? key}
        isName
        actions={team && <DeleteTeam team={team} />}
      />
      {error && <ErrorState what={t("team.one")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={4} />}
      {team !== undefined && (
        <>
          <div className="-mt-1 mb-4 flex flex-wrap items-center gap-x-3 text-ink2">
            <KeyCopy value={team.key} />
            {team.description !== "" && <span translate="no">{team.description}</span>}
          </div>
          {team._idpSynced && (
            <div className="mb-4">
              <Notice tone="info">{t("team.synced.words")}</Notice>
            </div>
          )}
          <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_24rem]">
            <TeamMembers team={team} />
            <div className="min-w-0 space-y-4">
              <TeamRoles team={team} />
              <RoleAttributesCard team={team} />
              <TeamDetails key={`${team.name} ${team.description}`} team={team} />
            </div>
          </div>
        </>
      )}
    </>
  );
}
