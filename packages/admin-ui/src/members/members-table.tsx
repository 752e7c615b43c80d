import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { baseRoleName } from "../roles/base-roles.ts";
import { customRoles } from "../roles/role.ts";
import { me } from "../session/me.ts";
import { formatList } from "../text/format.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type Member, memberName, memberState } from "./member.ts";
import { MemberMenu } from "./member-menu.tsx";
import { t } from "./text.ts";

/** More rows than this come on demand, so that the page stays quick. */
const shownAtFirst = 200;

interface MembersTableProps {
  readonly members: readonly Member[];
  readonly onOpen: (id: string) => void;
}

export function MembersTable({ members, onOpen }: MembersTableProps) {
  const { data: own } = useQuery(me);
  const roles = useQuery(customRoles);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? members : members.slice(0, shownAtFirst);
  const names = new Map(roles.data?.items.map(({ _id, name }) => [_id, name]));
  return (
    <>
      <Table caption={t("members.title")}>
        <thead>
          <tr>
            <HeadCell>{t("members.name")}</HeadCell>
            <HeadCell className="max-sm:hidden">{t("members.role")}</HeadCell>
            <HeadCell className="max-lg:hidden">{t("members.teams")}</HeadCell>
            <HeadCell className="max-md:hidden">{t("members.factor")}</HeadCell>
            <HeadCell className="max-md:hidden">{t("members.lastSeen")}</HeadCell>
            <HeadCell>
              <span className="sr-only">{t("members.actions")}</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {shown.map((member) => (
            <MemberRow
              key={member._id}
              member={member}
              isSelf={member._id === own?.id}
              roleNames={member.customRoles.map((id) => names.get(id) ?? id)}
              onOpen={() => onOpen(member._id)}
            />
          ))}
        </tbody>
      </Table>
      {shown.length < members.length && (
        <Button className="mt-3" onPress={() => setWhole(true)}>
          {t("members.showAll", { count: members.length })}
        </Button>
      )}
    </>
  );
}

interface MemberRowProps {
  readonly member: Member;
  readonly isSelf: boolean;
  readonly roleNames: readonly string[];
  readonly onOpen: () => void;
}

function MemberRow({ member, isSelf, roleNames, onOpen }: MemberRowProps) {
  const { email, role, teams, mfa, _lastSeen } = member;
  const name = memberName(member);
  const state = memberState(member);
  return (
    <tr className={state === "suspended" ? "text-ink3" : ""}>
      <Cell className="w-full max-w-0 py-1.5 sm:w-auto sm:max-w-80">
        <div className="flex items-center gap-3">
          <Avatar name={name} isNameBeside />
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-2">
              <button
                type="button"
                translate="no"
                onClick={onOpen}
                className="min-h-6 min-w-0 truncate font-medium text-ink hover:underline"
              >
                {name}
              </button>
              {isSelf && <Badge tone="info">{t("members.you")}</Badge>}
              {state !== "active" && (
                <Badge tone={state === "suspended" ? "danger" : "plain"}>
                  {t(`members.state.${state}`)}
                </Badge>
              )}
            </div>
            {email !== name && (
              <div translate="no" className="truncate text-[13px] text-ink3">
                {email}
              </div>
            )}
            <div className="text-[13px] text-ink2 sm:hidden">{baseRoleName(role)}</div>
          </div>
        </div>
      </Cell>
      <Cell className="max-sm:hidden">
        <span className="whitespace-nowrap">{baseRoleName(role)}</span>
        {roleNames.length > 0 && (
          <div translate="no" className="text-[13px] text-ink3">
            {formatList(roleNames)}
          </div>
        )}
      </Cell>
      <Cell className="max-lg:hidden">
        <div translate="no" className="flex flex-wrap gap-1">
          {teams.map((team) => (
            <Badge key={team.key}>{team.name}</Badge>
          ))}
        </div>
      </Cell>
      <Cell className="max-md:hidden">
        <span
          className={`inline-flex items-center gap-1.5 ${mfa === "enabled" ? "text-on" : "text-ink3"}`}
        >
          {mfa === "enabled" && <ShieldCheck size={16} aria-hidden />}
          {t(`members.factor.${mfa}`)}
        </span>
      </Cell>
      <Cell className="whitespace-nowrap text-ink2 max-md:hidden">
        {_lastSeen === 0 ? t("members.never") : <RelativeTime at={_lastSeen} />}
      </Cell>
      <Cell className="text-right">
        <MemberMenu member={member} onOpen={onOpen} />
      </Cell>
    </tr>
  );
}
