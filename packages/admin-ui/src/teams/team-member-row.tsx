import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, PanelRight, ShieldCheck, ShieldOff, UserMinus } from "lucide-react";
import { type Member, memberState } from "../members/member.ts";
import { t as members } from "../members/text.ts";
import { baseRoleName } from "../roles/base-roles.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { IconButton } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";
import type { Team } from "./team.ts";
import { t } from "./text.ts";
import { useTeamChange, useTeamUnavailability } from "./use-team.ts";

interface TeamMemberRowProps {
  readonly team: Team;
  readonly member: Member;
  readonly name: string;
  readonly isMaintainer: boolean;
  /** Why nobody can be taken out. */
  readonly unavailable: string | undefined;
}

export function TeamMemberRow(props: TeamMemberRowProps) {
  const { member, name, isMaintainer } = props;
  const state = memberState(member);
  return (
    <li className="flex items-center gap-3 py-2">
      <Avatar name={name} isNameBeside />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2">
          <Link
            to="/account/members"
            search={{ member: member._id }}
            translate="no"
            className="min-w-0 truncate font-medium text-ink hover:underline"
          >
            {name}
          </Link>
          {isMaintainer && <Badge tone="info">{t("team.maintainer")}</Badge>}
          {state !== "active" && (
            <Badge tone={state === "suspended" ? "danger" : "plain"}>
              {members(`members.state.${state}`)}
            </Badge>
          )}
        </div>
        {member.email !== name && (
          <div translate="no" className="truncate text-[13px] text-ink3">
            {member.email}
          </div>
        )}
      </div>
      <span className="text-[13px] text-ink2 max-sm:hidden">{baseRoleName(member.role)}</span>
      <RowMenu {...props} />
    </li>
  );
}

function RowMenu({ team, member, name, isMaintainer, unavailable }: TeamMemberRowProps) {
  const navigate = useNavigate();
  const cannotGrant = useTeamUnavailability(team)("updateTeamPermissionGrants");
  const { remove, maintain } = useRowChanges(team, member, { name, isMaintainer });
  const sections = [
    {
      entries: [
        {
          id: "open",
          label: t("team.members.open", { name }),
          icon: <PanelRight size={16} aria-hidden />,
          onPress: () => void navigate({ to: "/account/members", search: { member: member._id } }),
        },
      ],
    },
    {
      entries: [
        {
          id: "maintainer",
          label: isMaintainer ? t("team.maintainer.unmake") : t("team.maintainer.make"),
          icon: isMaintainer ? (
            <ShieldOff size={16} aria-hidden />
          ) : (
            <ShieldCheck size={16} aria-hidden />
          ),
          ...(isMaintainer ? {} : { description: t("team.maintainer.make.words") }),
          unavailable: cannotGrant,
          onPress: () => maintain.mutate(!isMaintainer),
        },
        {
          id: "remove",
          label: t("team.members.remove"),
          icon: <UserMinus size={16} aria-hidden />,
          isDanger: true,
          unavailable,
          onPress: () => remove.mutate(),
        },
      ],
    },
  ];
  return (
    <Menu label={t("team.members.actions", { name })} isAtEnd sections={sections}>
      <IconButton label={t("team.members.actions", { name })}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
    </Menu>
  );
}

function useRowChanges(
  team: Team,
  { _id }: Member,
  { name, isMaintainer }: { readonly name: string; readonly isMaintainer: boolean },
) {
  const grant = (isGiven: boolean) => ({
    kind: isGiven ? "addPermissionGrants" : "removePermissionGrants",
    actionSet: "maintainTeam",
    memberIDs: [_id],
  });
  const remove = useTeamChange<void>(team, {
    instructions: () => [{ kind: "removeMembers", values: [_id] }],
    inverse: () => [{ kind: "addMembers", values: [_id] }, ...(isMaintainer ? [grant(true)] : [])],
    done: () => t("team.done.removed", { member: name, name: team.name }),
    failed: t("team.failed.members"),
  });
  const maintain = useTeamChange<boolean>(team, {
    instructions: (isGiven) => [grant(isGiven)],
    inverse: (isGiven) => [grant(!isGiven)],
    done: (isGiven) =>
      t(isGiven ? "team.done.maintainer" : "team.done.noMaintainer", {
        member: name,
        name: team.name,
      }),
    failed: t("team.failed.members"),
  });
  return { remove, maintain };
}
