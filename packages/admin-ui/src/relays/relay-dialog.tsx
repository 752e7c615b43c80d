import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { PolicyEditor } from "../roles/policy-editor.tsx";
import { isComplete, type Statement } from "../roles/statement.ts";
import { useAttempt } from "../session/attempt.ts";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { say } from "../ui/toast.tsx";
import { everyEnvironment, type MadeRelay, type Relay, relayPath, relaysPath } from "./relay.ts";
import { t } from "./text.ts";

interface RelayDialogProps {
  /** Left out for one that is to be made. */
  readonly edited?: Relay;
  readonly onClose: () => void;
  readonly onMade?: (relay: MadeRelay) => void;
}

export function RelayDialog({ edited, onClose, onMade }: RelayDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(edited?.name ?? "");
  const [policy, setPolicy] = useState<readonly Statement[]>(edited?.policy ?? everyEnvironment);
  const [isSent, setSent] = useState(false);
  const { attempt, isBusy, problem } = useAttempt();
  const isWhole = policy.length > 0 && policy.every(isComplete);
  function send() {
    setSent(true);
    if (name.trim() === "" || !isWhole) return;
    const settings = { name: name.trim(), policy };
    void attempt(async () => {
      if (edited === undefined) {
        const made = await request<MadeRelay>("POST", relaysPath, settings);
        await refresh(client, relaysPath);
        onMade?.(made);
        return;
      }
      await request("PATCH", relayPath(edited._id), patchOf(settings));
      say(t("relay.saved", { name: settings.name }), async () => {
        await request("PATCH", relayPath(edited._id), patchOf(edited));
        await refresh(client, relaysPath);
      });
      await refresh(client, relaysPath);
      onClose();
    });
  }
  return (
    <FormDialog
      title={
        edited === undefined ? t("relays.create") : t("relay.edit.title", { name: edited.name })
      }
      action={edited === undefined ? t("relays.create") : t("relay.save")}
      size="large"
      onSubmit={send}
      onClose={onClose}
      isBusy={isBusy}
      refusal={problem ?? (isSent && !isWhole ? t("relay.policy.missing") : undefined)}
    >
      <TextField
        label={t("relay.name")}
        error={isSent && name.trim() === "" ? t("relay.name.missing") : undefined}
        value={name}
        onChange={setName}
        maxLength={256}
        autoFocus
        autoComplete="off"
      />
      <p className="text-[13px] text-ink3">{t("relay.policy.words")}</p>
      <PolicyEditor policy={policy} isChecked={isSent} isDisabled={false} onChange={setPolicy} />
    </FormDialog>
  );
}

function patchOf({ name, policy }: Pick<Relay, "name" | "policy">): readonly object[] {
  return Object.entries({ name, policy }).map(([member, value]) => ({
    op: "replace",
    path: `/${member}`,
    value,
  }));
}
