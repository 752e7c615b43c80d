import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { baseRoleChoices } from "../roles/base-roles.ts";
import { PolicyEditor } from "../roles/policy-editor.tsx";
import { customRoles } from "../roles/role.ts";
import { useAttempt } from "../session/attempt.ts";
import { Button } from "../ui/button.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { ExpiryField } from "./expiry-field.tsx";
import { MadeTokenDialog } from "./made-token-dialog.tsx";
import { bodyOf, emptyToken, inline, type NewToken, problemsOf } from "./new-token.ts";
import { t } from "./text.ts";
import { type AccessToken, tokensPath } from "./token.ts";

/** A new token; its secret is shown once it is made. */
export function CreateTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<NewToken>(emptyToken);
  const [isSent, setSent] = useState(false);
  const [made, setMade] = useState<AccessToken>();
  const { attempt, isBusy, problem } = useAttempt();
  const problems = isSent ? problemsOf(draft) : {};
  async function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (Object.keys(problemsOf(draft)).length > 0) return;
    await attempt(async () => {
      setMade(await request("POST", tokensPath, bodyOf(draft, Date.now())));
      await refresh(client, tokensPath);
    });
  }
  if (made !== undefined) return <MadeTokenDialog token={made} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      isHeld={draft.name !== ""}
      size={draft.access === inline ? "large" : "small"}
      onClose={onClose}
      title={t("tokens.create")}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("token.cancel")}
          </Button>
          <Button look="primary" type="submit" form="create-token" isPending={isBusy}>
            {t("tokens.create")}
          </Button>
        </>
      }
    >
      <form id="create-token" onSubmit={(event) => void send(event)} className="mt-1 space-y-4">
        <TokenFields draft={draft} onChange={setDraft} problems={problems} />
        {problem !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface TokenFieldsProps {
  readonly draft: NewToken;
  readonly onChange: (draft: NewToken) => void;
  readonly problems: ReturnType<typeof problemsOf>;
}

function TokenFields({ draft, onChange, problems }: TokenFieldsProps) {
  const roles = useQuery(customRoles).data?.items ?? [];
  const change = (part: Partial<NewToken>) => onChange({ ...draft, ...part });
  const access = [
    ...baseRoleChoices("")
      .filter(({ id }) => ["reader", "writer", "admin"].includes(id))
      .map((one) => ({ ...one, id: String(one.id) })),
    ...roles.map(({ _id, name, description }) => ({
      id: _id,
      label: name,
      description: description || t("token.create.access.custom"),
    })),
    {
      id: inline,
      label: t("token.create.access.inline"),
      description: t("token.create.access.inline.words"),
    },
  ];
  return (
    <>
      <TextField
        label={t("token.create.name")}
        description={t("token.create.name.words")}
        error={problems.name}
        value={draft.name}
        onChange={(name) => change({ name })}
        maxLength={256}
        autoFocus
        autoComplete="off"
      />
      <RadioGroup
        label={t("token.create.kind")}
        choices={[
          {
            id: "personal",
            label: t("token.create.personal"),
            description: t("token.create.personal.words"),
          },
          {
            id: "service",
            label: t("token.create.service"),
            description: t("token.create.service.words"),
          },
        ]}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
      />
      <Select
        label={t("token.create.access")}
        choices={access}
        value={draft.access}
        onChange={(chosen) => change({ access: chosen })}
      />
      {draft.access === inline && (
        <>
          <p className="text-[13px] text-ink3">{t("token.create.inline.words")}</p>
          <PolicyEditor
            policy={draft.policy}
            isChecked={problems.policy === true}
            isDisabled={false}
            onChange={(policy) => change({ policy })}
          />
        </>
      )}
      <ExpiryField draft={draft} onChange={change} error={problems.day} />
    </>
  );
}
