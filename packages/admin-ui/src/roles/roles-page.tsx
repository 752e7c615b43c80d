import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { AccountHeader } from "../account/account-header.tsx";
import { allMembers, memberName } from "../members/member.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { useProject } from "../shell/project.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useReady } from "../ui/ready.ts";
import { ComboBox } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { baseRoleChoices } from "./base-roles.ts";
import { holdersOf } from "./holders.ts";
import { type CustomRole, customRoles } from "./role.ts";
import { statementWords } from "./statement-words.ts";
import { type Asked, Tester } from "./tester.tsx";
import { t } from "./text.ts";

/** What there is to be given to people, and whether it lets them do something. */
export function RolesPage() {
  const { data, error, refetch, isPending } = useQuery(customRoles);
  const navigate = useNavigate();
  const unavailable = useUnavailable("createRole", "role/*");
  const create = () => void navigate({ to: "/account/roles/new" });
  useReady(!isPending);
  useShortcut("c", t("roles.create"), create, unavailable === undefined);
  const button = (
    <Button
      look="primary"
      icon={<Plus size={16} aria-hidden />}
      keys="c"
      unavailable={unavailable}
      onPress={create}
    >
      {t("roles.create")}
    </Button>
  );
  return (
    <>
      <AccountHeader title={t("roles.title")} actions={button} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_24rem]">
        <div className="space-y-4">
          {error && <ErrorState what={t("roles.what")} error={error} onRetry={refetch} />}
          {isPending && <SkeletonRows count={2} />}
          {data?.items.length === 0 && <Empty words={t("roles.empty")} action={button} />}
          {data !== undefined && data.items.length > 0 && <CustomRoles roles={data.items} />}
          <BaseRoles />
        </div>
        <div className="lg:sticky lg:top-16">
          <RoleTester roles={data?.items ?? []} />
        </div>
      </div>
    </>
  );
}

function CustomRoles({ roles }: { readonly roles: readonly CustomRole[] }) {
  return (
    <Card title={t("roles.custom")}>
      <ul className="-my-3 divide-y divide-line">
        {roles.map((role) => (
          <li key={role.key} className="py-3">
            <div className="flex flex-wrap items-center gap-x-2">
              <Link
                to="/account/roles/$role"
                params={{ role: role.key }}
                translate="no"
                className="font-semibold text-link hover:underline"
              >
                {role.name}
              </Link>
              <code className="text-[13px] text-ink3">{role.key}</code>
              <span className="ml-auto">
                <Badge>{holdersOf(role)}</Badge>
              </span>
            </div>
            {role.description !== "" && (
              <p translate="no" className="mt-0.5 text-ink2">
                {role.description}
              </p>
            )}
            <ul className="mt-1 space-y-0.5 text-[13px] text-ink3">
              {role.policy.map((statement) => (
                <li key={JSON.stringify(statement)}>{statementWords(statement)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function BaseRoles() {
  return (
    <Card title={t("roles.base")}>
      <p className="mb-3 text-[13px] text-ink3">{t("roles.base.words")}</p>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
        {baseRoleChoices("owner").map(({ id, label, description }) => (
          <div key={id} className="contents">
            <dt className="font-medium">{label}</dt>
            <dd className="text-ink2 max-sm:mb-1">{description}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function RoleTester({ roles }: { readonly roles: readonly CustomRole[] }) {
  const project = useProject();
  const { who = "role:writer" } = useSearch({ from: "/signed-in/account/roles" });
  const navigate = useNavigate({ from: "/account/roles" });
  const members = useQuery(allMembers);
  const choices = [
    ...(members.data?.items ?? []).map((member) => ({
      id: `member:${member._id}`,
      label: memberName(member),
      description: member.email,
    })),
    ...roles.map(({ key, name }) => ({
      id: `role:${key}`,
      label: name,
      description: t("tester.who.custom"),
    })),
    ...baseRoleChoices("owner").map(({ id, label }) => ({
      id: `role:${id}`,
      label,
      description: t("tester.who.role"),
    })),
  ];
  // The field takes its choices once, so that it waits for them.
  if (members.isPending) return <SkeletonRows count={3} />;
  return (
    <Tester
      asked={askedOf(who)}
      project={project}
      who={
        <ComboBox
          label={t("tester.who")}
          choices={choices}
          value={who}
          onChange={(chosen) => void navigate({ search: { who: chosen }, replace: true })}
        />
      }
    />
  );
}

function askedOf(who: string): Asked | undefined {
  const [, kind, id = ""] = /^(member|role):(.+)$/u.exec(who) ?? [];
  if (kind === "member") return { member: id };
  return kind === "role" ? { role: id } : undefined;
}
