import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { keyFromName } from "../flags/key-from-name.ts";
import { addressesIn, allMembers, type Member } from "../members/member.ts";
import { OfList } from "../members/of-list.tsx";
import { customRoles } from "../roles/role.ts";
import { useAttempt } from "../session/attempt.ts";
import { formatList } from "../text/format.ts";
import { ChipsField } from "../ui/chips-field.tsx";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { membersWith } from "./people.ts";
import { teamsPath } from "./team.ts";
import { t } from "./text.ts";

/** What is typed of a team that is to be made. */
interface NewTeam {
  readonly name: string;
  /** Follows the name until somebody types it. */
  readonly key: string | undefined;
  readonly description: string;
  readonly addresses: readonly string[];
  readonly roles: readonly string[];
}

const empty: NewTeam = { name: "", key: undefined, description: "", addresses: [], roles: [] };
const fit = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

export function CreateTeamDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(empty);
  const [isSent, setSent] = useState(false);
  const { attempt, isBusy, problem } = useAttempt();
  const members = useQuery(allMembers).data?.items ?? [];
  const key = draft.key ?? keyFromName(draft.name);
  const problems = problemsOf(draft, key, members);
  function send() {
    setSent(true);
    if (Object.keys(problems).length > 0) return;
    const { name, description, addresses, roles } = draft;
    void attempt(async () => {
      await request("POST", teamsPath, {
        key,
        name: name.trim(),
        description,
        memberIDs: membersWith(addresses, members).known.map(({ _id }) => _id),
        customRoleKeys: roles,
      });
      await refresh(client, "/api/v2/");
      await navigate({ to: "/account/teams/$team", params: { team: key } });
    });
  }
  return (
    <FormDialog
      title={t("teams.create")}
      action={t("teams.create")}
      onSubmit={send}
      onClose={onClose}
      isBusy={isBusy}
      refusal={problem}
    >
      <TeamFields
        draft={draft}
        keyText={key}
        members={members}
        problems={isSent ? problems : atOnce(problems)}
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
    </FormDialog>
  );
}

interface TeamFieldsProps {
  readonly draft: NewTeam;
  readonly keyText: string;
  readonly members: readonly Member[];
  readonly problems: ReturnType<typeof problemsOf>;
  readonly onChange: (part: Partial<NewTeam>) => void;
}

function TeamFields({ draft, keyText, members, problems, onChange }: TeamFieldsProps) {
  const roles = useQuery(customRoles).data?.items ?? [];
  return (
    <>
      <TextField
        label={t("team.name")}
        error={problems.name}
        value={draft.name}
        onChange={(name) => onChange({ name })}
        maxLength={256}
        autoFocus
        autoComplete="off"
      />
      <TextField
        label={t("team.key")}
        description={t("team.key.words")}
        error={problems.key}
        value={keyText}
        onChange={(key) => onChange({ key })}
        maxLength={256}
        isMono
        autoComplete="off"
      />
      <TextField
        label={t("team.description")}
        value={draft.description}
        onChange={(description) => onChange({ description })}
        maxLength={4096}
        autoComplete="off"
      />
      <ChipsField
        label={t("team.create.members")}
        description={t("team.addresses.words")}
        error={problems.addresses}
        values={draft.addresses}
        suggestions={members.map(({ email }) => email)}
        onChange={(values) => onChange({ addresses: addressesIn(values) })}
        placeholder="ada@example.com"
      />
      {roles.length > 0 && (
        <OfList
          label={t("team.roles")}
          choices={roles.map((role) => ({ id: role.key, name: role.name }))}
          chosen={draft.roles}
          onChange={(chosen) => onChange({ roles: chosen })}
        />
      )}
    </>
  );
}

interface Problems {
  readonly name?: string;
  readonly key?: string;
  readonly addresses?: string;
}

/** What is wrong, by field. */
function problemsOf(
  { name, addresses }: NewTeam,
  key: string,
  members: readonly Member[],
): Problems {
  const { unknown } = membersWith(addresses, members);
  return {
    ...(name.trim() === "" ? { name: t("team.name.missing") } : {}),
    ...(name.trim() !== "" && !fit.test(key) ? { key: t("team.key.wrong") } : {}),
    ...(unknown.length > 0
      ? { addresses: t("team.addresses.unknown", { list: formatList(unknown) }) }
      : {}),
  };
}

/** What is wrong with an address is said at once; what is missing when the form is sent. */
function atOnce({ addresses }: Problems): Problems {
  return addresses === undefined ? {} : { addresses };
}
