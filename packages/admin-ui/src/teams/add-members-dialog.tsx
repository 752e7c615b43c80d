import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { InviteDialog } from "../members/invite-dialog.tsx";
import { addressesIn, allMembers, type Member } from "../members/member.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatList } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { membersWith } from "./people.ts";
import type { Team } from "./team.ts";
import { t } from "./text.ts";
import { useTeamChange } from "./use-team.ts";

interface AddMembersDialogProps {
  readonly team: Team;
  readonly onClose: () => void;
}

/** Puts people into the team by their addresses, many at once; who is no member yet can be invited into it. */
export function AddMembersDialog({ team, onClose }: AddMembersDialogProps) {
  const members = useQuery(allMembers).data?.items ?? [];
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  const [isSent, setSent] = useState(false);
  const [isInviting, setInviting] = useState(false);
  const { known, unknown } = membersWith(addresses, members);
  const isIn = ({ teams }: Member) => teams.some(({ key }) => key === team.key);
  const added = known.filter((member) => !isIn(member)).map(({ _id }) => _id);
  const present = known.filter(isIn).length;
  const add = useTeamChange<readonly string[]>(team, {
    instructions: (values) => [{ kind: "addMembers", values }],
    inverse: (values) => [{ kind: "removeMembers", values }],
    done: ({ length }) => t("team.done.added", { count: length, name: team.name }),
    failed: t("team.failed.members"),
  });
  function send() {
    setSent(true);
    if (added.length === 0) return;
    // Who could not be found stays here, to be invited or mended.
    const next = unknown.length === 0 ? onClose : () => setAddresses(unknown);
    add.mutate(added, { onSuccess: next });
  }
  if (isInviting) return <InviteDialog onClose={onClose} emails={unknown} teamKeys={[team.key]} />;
  return (
    <FormDialog
      title={t("team.members.add.title", { name: team.name })}
      action={
        added.length === 0
          ? t("team.members.add")
          : t("team.members.add.some", { count: added.length })
      }
      onSubmit={send}
      onClose={onClose}
      isBusy={add.isPending}
    >
      <ChipsField
        label={t("team.members.add.addresses")}
        description={t("team.addresses.words")}
        error={isSent && addresses.length === 0 ? t("team.members.add.none") : undefined}
        values={addresses}
        suggestions={members.filter((one) => !isIn(one)).map(({ email }) => email)}
        onChange={(values) => setAddresses(addressesIn(values))}
        placeholder="ada@example.com"
        isFocusedFirst
      />
      <div role="status" className="space-y-3 empty:hidden">
        {present > 0 && (
          <p className="text-ink2">{t("team.members.add.present", { count: present })}</p>
        )}
        {unknown.length > 0 && <Unknown unknown={unknown} onInvite={() => setInviting(true)} />}
      </div>
    </FormDialog>
  );
}

function Unknown(props: { readonly unknown: readonly string[]; readonly onInvite: () => void }) {
  const { unknown, onInvite } = props;
  const count = unknown.length;
  return (
    <div className="rounded-md border border-line bg-sunken p-3">
      <p translate="no" className="break-words">
        {t("team.members.add.unknown", { count, list: formatList(unknown) })}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <Button unavailable={useUnavailable("createMember", "member/*")} onPress={onInvite}>
          {t("team.members.add.invite", { count })}
        </Button>
        <span className="text-[13px] text-ink2">{t("team.members.add.invite.words")}</span>
      </div>
    </div>
  );
}
