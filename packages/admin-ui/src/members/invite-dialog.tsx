import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { refresh } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { type BaseRole, baseRoleChoices } from "../roles/base-roles.ts";
import { customRoles } from "../roles/role.ts";
import { me } from "../session/me.ts";
import { teams } from "../teams/team.ts";
import { formatList } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Select } from "../ui/select.tsx";
import { LinksDialog } from "./links-dialog.tsx";
import { addressesIn, type Member, membersPath, wrongAddresses } from "./member.ts";
import { OfList } from "./of-list.tsx";
import { t } from "./text.ts";

interface InvitedMember extends Member {
  readonly invitation?: string;
}

interface Invitation {
  readonly emails: readonly string[];
  readonly role: BaseRole;
  readonly customRoles: readonly string[];
  readonly teamKeys: readonly string[];
}

const atMost = 50;

interface InviteDialogProps {
  readonly onClose: () => void;
  /** With whom and for which teams it begins. */
  readonly emails?: readonly string[];
  readonly teamKeys?: readonly string[];
}

/** Several people at once; each gets a link, which is shown when they are invited. */
export function InviteDialog({ onClose, emails: given = [], teamKeys = [] }: InviteDialogProps) {
  const [draft, setDraft] = useState<Invitation>({
    emails: given,
    role: "reader",
    customRoles: [],
    teamKeys,
  });
  const [isSent, setSent] = useState(false);
  const { invited, refusal, isBusy, invite } = useInvite();
  const { emails } = draft;

  function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (problemOf(emails, true) === undefined) void invite(draft);
  }
  if (invited !== undefined) {
    const links = invited.map(({ email, invitation = "" }) => ({ name: email, path: invitation }));
    return <LinksDialog kind="invitation" links={links} onClose={onClose} />;
  }
  return (
    <Dialog
      isOpen
      isHeld={emails.length > 0}
      onClose={onClose}
      title={t("members.invite")}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("members.invite.cancel")}
          </Button>
          <Button look="primary" type="submit" form="invite" isPending={isBusy}>
            {emails.length === 0
              ? t("members.invite")
              : t("members.invite.send", { count: emails.length })}
          </Button>
        </>
      }
    >
      <form id="invite" className="mt-1 space-y-4" onSubmit={send}>
        <InviteFields draft={draft} onChange={setDraft} problem={problemOf(emails, isSent)} />
        {refusal !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {refusal}
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface InviteFieldsProps {
  readonly draft: Invitation;
  readonly onChange: (draft: Invitation) => void;
  readonly problem: string | undefined;
}

function InviteFields({ draft, onChange, problem }: InviteFieldsProps) {
  const { data: own } = useQuery(me);
  const roles = useQuery(customRoles).data?.items ?? [];
  const allTeams = useQuery(teams).data?.items ?? [];
  return (
    <>
      <ChipsField
        label={t("members.invite.addresses")}
        description={t("members.invite.addresses.words")}
        error={problem}
        values={draft.emails}
        onChange={(values) => onChange({ ...draft, emails: addressesIn(values) })}
        placeholder="ada@example.com"
        isFocusedFirst
      />
      <Select
        label={t("members.invite.role")}
        choices={baseRoleChoices(own?.scopes[0] ?? "")}
        value={draft.role}
        onChange={(role) => onChange({ ...draft, role })}
      />
      {roles.length > 0 && (
        <OfList
          label={t("members.invite.customRoles")}
          choices={roles.map(({ _id, name }) => ({ id: _id, name }))}
          chosen={draft.customRoles}
          onChange={(chosen) => onChange({ ...draft, customRoles: chosen })}
        />
      )}
      {allTeams.length > 0 && (
        <OfList
          label={t("members.invite.teams")}
          choices={allTeams.map(({ key, name }) => ({ id: key, name }))}
          chosen={draft.teamKeys}
          onChange={(teamKeys) => onChange({ ...draft, teamKeys })}
        />
      )}
    </>
  );
}

function useInvite() {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [invited, setInvited] = useState<readonly InvitedMember[]>();
  async function invite({ emails, ...rest }: Invitation) {
    setBusy(true);
    setRefusal(undefined);
    try {
      const body = emails.map((email) => ({ email, ...rest }));
      const { items } = await request<Items<InvitedMember>>("POST", membersPath, body);
      setInvited(items);
      await refresh(client, membersPath);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }
  return { invited, refusal, isBusy, invite };
}

/** What is wrong with the addresses; that there are none counts only once they were sent. */
function problemOf(emails: readonly string[], isSent: boolean): string | undefined {
  const wrong = wrongAddresses(emails);
  if (wrong.length > 0) return t("members.invite.wrong", { list: formatList(wrong) });
  if (emails.length > atMost) return t("members.invite.tooMany", { count: emails.length - atMost });
  return isSent && emails.length === 0 ? t("members.invite.none") : undefined;
}
