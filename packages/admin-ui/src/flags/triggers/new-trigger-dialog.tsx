import { useState } from "react";
import { RadioGroup } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import { type Trigger, type TriggerAction, useNewTrigger } from "./trigger-queries.ts";

interface NewTriggerDialogProps {
  readonly path: string;
  readonly onClose: () => void;
  readonly onMade: (trigger: Trigger) => void;
}

export function NewTriggerDialog({ path, onClose, onMade }: NewTriggerDialogProps) {
  const { environment } = useFlagPage();
  const [action, setAction] = useState<TriggerAction>("turnFlagOff");
  const [caller, setCaller] = useState("");
  const [isSent, setSent] = useState(false);
  const creation = useNewTrigger(path, onMade);
  const here = { environment: environment.name };
  const isUnnamed = caller.trim() === "";
  function create() {
    setSent(true);
    if (!isUnnamed) creation.mutate({ caller: caller.trim(), action });
  }
  return (
    <FormDialog
      title={t("triggers.create.title", here)}
      action={t("triggers.create")}
      isBusy={creation.isPending}
      onSubmit={create}
      onClose={onClose}
    >
      <RadioGroup
        label={t("triggers.action")}
        value={action}
        onChange={setAction}
        choices={[
          { id: "turnFlagOff", label: t("triggers.turnFlagOff") },
          { id: "turnFlagOn", label: t("triggers.turnFlagOn") },
        ]}
      />
      <TextField
        label={t("triggers.by")}
        description={t("triggers.by.words")}
        value={caller}
        onChange={setCaller}
        error={isSent && isUnnamed ? t("triggers.by.missing") : undefined}
        autoComplete="off"
      />
      {environment.critical && <Notice tone="critical">{t("triggers.critical", here)}</Notice>}
    </FormDialog>
  );
}
