import { useQuery } from "@tanstack/react-query";
import { AccountHeader } from "../account/account-header.tsx";
import { resource } from "../api/queries.ts";
import type { Member } from "../members/member.ts";
import { MemberNameForm } from "../members/member-name-form.tsx";
import { baseRoleName } from "../roles/base-roles.ts";
import { customRoles } from "../roles/role.ts";
import { formatList } from "../text/format.ts";
import { Card } from "../ui/card.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { LooksCard } from "./looks-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { SecondFactorCard } from "./second-factor-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { t } from "./text.ts";

const self = resource<Member>("/api/v2/members/me");

/** What is about oneself. */
export function MePage() {
  const { data, error, refetch, isPending } = useQuery(self);
  useReady(!isPending);
  return (
    <>
      <AccountHeader title={t("me.title")} />
      {error && <ErrorState what={t("me.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={4} />}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          {data !== undefined && <ProfileCard member={data} />}
          <LooksCard />
        </div>
        <div className="space-y-4">
          <SecondFactorCard />
          <PasswordCard />
        </div>
        <div className="lg:col-span-2">
          <SessionsCard />
        </div>
      </div>
    </>
  );
}

function ProfileCard({ member }: { readonly member: Member }) {
  const roles = useQuery(customRoles);
  const names = new Map(roles.data?.items.map(({ _id, name }) => [_id, name]));
  const own = member.customRoles.map((id) => names.get(id) ?? id);
  return (
    <Card title={t("me.profile")}>
      <dl className="mb-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 [&_dt]:text-ink3">
        <dt>{t("me.email")}</dt>
        <dd className="min-w-0">
          <KeyCopy value={member.email} />
        </dd>
        <dt>{t("me.role")}</dt>
        <dd translate="no">{formatList([baseRoleName(member.role), ...own])}</dd>
      </dl>
      <MemberNameForm key={`${member.firstName} ${member.lastName}`} member={member} />
    </Card>
  );
}
