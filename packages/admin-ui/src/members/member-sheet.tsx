import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { baseRoleChoices, baseRoleName } from "../roles/base-roles.ts";
import { customRoles } from "../roles/role.ts";
import { me } from "../session/me.ts";
import { formatDay } from "../text/format.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { Select } from "../ui/select.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type Member, memberName, memberPath, memberState, membersPath } from "./member.ts";
import { useRefusal } from "./member-acts.ts";
import { MemberMenu } from "./member-menu.tsx";
import { MemberNameForm } from "./member-name-form.tsx";
import { OfList } from "./of-list.tsx";
import { t } from "./text.ts";

interface MemberSheetProps {
  /** Undefined where the member of the address is not there any more. */
  readonly member: Member | undefined;
  readonly onClose: () => void;
}

/** One member: who it is, what they may do, and how to help. */
export function MemberSheet({ member, onClose }: MemberSheetProps) {
  if (member === undefined) {
    return (
      <Sheet isOpen onClose={onClose} title={t("members.title")}>
        <p className="text-ink2">{t("members.unknown")}</p>
      </Sheet>
    );
  }
  const name = memberName(member);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <Avatar name={name} isNameBeside />
          <span translate="no" className="min-w-0 truncate">
            {name}
          </span>
          <StateBadge member={member} />
          <MemberMenu member={member} />
        </span>
      }
    >
      <Facts member={member} />
      <AccessOfMember member={member} />
      <Part title={t("member.teams")}>
        {member.teams.length === 0 ? (
          <p className="text-ink3">{t("member.noTeams")}</p>
        ) : (
          <div translate="no" className="flex flex-wrap gap-1">
            {member.teams.map((team) => (
              <Link
                key={team.key}
                to="/account/teams/$team"
                params={{ team: team.key }}
                className="rounded hover:underline"
              >
                <Badge>{team.name}</Badge>
              </Link>
            ))}
          </div>
        )}
      </Part>
      <Part title={t("member.name")}>
        <MemberNameForm key={name} member={member} />
      </Part>
    </Sheet>
  );
}

function StateBadge({ member }: { readonly member: Member }) {
  const state = memberState(member);
  if (state === "active") return null;
  return (
    <Badge tone={state === "suspended" ? "danger" : "plain"}>{t(`members.state.${state}`)}</Badge>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-5 border-t border-line pt-4">
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ member }: { readonly member: Member }) {
  const { email, creationDate, _lastSeen, mfa } = member;
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 [&_dt]:text-ink3">
      <dt>{t("member.email")}</dt>
      <dd className="min-w-0">
        <KeyCopy value={email} />
      </dd>
      <dt>{t("member.since")}</dt>
      <dd>
        <time dateTime={new Date(creationDate).toISOString()}>{formatDay(creationDate)}</time>
      </dd>
      <dt>{t("member.lastSeen")}</dt>
      <dd>{_lastSeen === 0 ? t("members.never") : <RelativeTime at={_lastSeen} />}</dd>
      <dt>{t("member.factor")}</dt>
      <dd>{t(`members.factor.${mfa}`)}</dd>
    </dl>
  );
}

function AccessOfMember({ member }: { readonly member: Member }) {
  const { data: own } = useQuery(me);
  const roles = useQuery(customRoles);
  const refusal = useRefusal(member);
  const name = memberName(member);
  const setRole = useChange({
    path: membersPath,
    send: (role: string) => patchMember(member, "/role", role),
    done: (role) => t("member.done.role", { name, role: baseRoleName(role) }),
    undo: () => patchMember(member, "/role", member.role),
    failed: () => t("member.failed.role", { name }),
  });
  const setCustomRoles = useChange({
    path: membersPath,
    send: (ids: readonly string[]) => patchMember(member, "/customRoles", ids),
    done: () => t("member.done.customRoles", { name }),
    undo: () => patchMember(member, "/customRoles", member.customRoles),
    failed: () => t("member.failed.role", { name }),
  });
  const refused = refusal("updateRole");
  const customRefused = refusal("updateCustomRole");
  return (
    <Part title={t("member.access")}>
      <p className="mb-3 text-[13px] text-ink3">{t("member.access.words")}</p>
      <div className="space-y-4">
        <Select
          label={t("member.baseRole")}
          choices={baseRoleChoices(own?.scopes[0] ?? "").map((one) => ({
            ...one,
            id: String(one.id),
          }))}
          value={setRole.isPending ? setRole.variables : member.role}
          onChange={(role) => role !== member.role && setRole.mutate(role)}
          isDisabled={refused !== undefined || setRole.isPending}
          {...(refused === undefined ? {} : { description: refused })}
        />
        {roles.data !== undefined && roles.data.items.length > 0 && (
          <OfList
            label={t("member.customRoles")}
            choices={roles.data.items.map((role) => ({ id: role._id, name: role.name }))}
            chosen={setCustomRoles.isPending ? setCustomRoles.variables : member.customRoles}
            onChange={(ids) => setCustomRoles.mutate(ids)}
            isDisabled={customRefused !== undefined}
          />
        )}
      </div>
      <Link
        to="/account/roles"
        search={{ who: `member:${member._id}` }}
        className="mt-3 inline-block text-link hover:underline"
      >
        {t("member.test", { name })}
      </Link>
    </Part>
  );
}

function patchMember(member: Member, path: string, value: unknown): Promise<unknown> {
  return request("PATCH", memberPath(member._id), [{ op: "replace", path, value }]);
}
