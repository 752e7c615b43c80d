import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { Badge } from "../ui/badge.tsx";
import { useRowKeys } from "../ui/row-keys.ts";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import type { Team } from "./team.ts";
import { t } from "./text.ts";

export function TeamsTable({ teams }: { readonly teams: readonly Team[] }) {
  const list = useRef<HTMLTableSectionElement>(null);
  useRowKeys(list);
  return (
    <Table caption={t("teams.title")}>
      <thead>
        <tr>
          <HeadCell>{t("teams.name")}</HeadCell>
          <HeadCell>{t("teams.members")}</HeadCell>
          <HeadCell className="max-sm:hidden">{t("teams.roles")}</HeadCell>
        </tr>
      </thead>
      <tbody ref={list}>
        {teams.map((team) => (
          <TeamRow key={team.key} team={team} />
        ))}
      </tbody>
    </Table>
  );
}

function TeamRow({ team }: { readonly team: Team }) {
  const { key, name, description, members, roles, _idpSynced } = team;
  return (
    <tr>
      <Cell className="w-full max-w-0 py-2 sm:w-3/5">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/account/teams/$team"
            params={{ team: key }}
            data-row
            translate="no"
            className="min-w-0 truncate font-medium text-ink hover:underline"
          >
            {name}
          </Link>
          <code className="truncate text-[13px] text-ink3">{key}</code>
          {_idpSynced && <Badge tone="info">{t("teams.synced")}</Badge>}
        </div>
        {description !== "" && (
          <div translate="no" className="truncate text-[13px] text-ink2">
            {description}
          </div>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-ink2">
        {t("teams.memberCount", { count: members?.totalCount ?? 0 })}
      </Cell>
      <Cell className="max-w-0 max-sm:hidden sm:w-1/4">
        {roles === undefined || roles.items.length === 0 ? (
          <span className="text-ink3">{t("teams.noRoles")}</span>
        ) : (
          <div translate="no" className="flex flex-wrap gap-1 overflow-hidden">
            {roles.items.map((role) => (
              <Badge key={role.key}>{role.name}</Badge>
            ))}
          </div>
        )}
      </Cell>
    </tr>
  );
}
