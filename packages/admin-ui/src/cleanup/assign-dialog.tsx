import { useState } from "react";
import { FormDialog } from "../ui/form-dialog.tsx";
import { ComboBox } from "../ui/select.tsx";
import { t } from "./text.ts";
import { useMemberNames } from "./use-cleanup.ts";

interface AssignDialogProps {
  readonly name: string;
  readonly maintainerId: string | undefined;
  readonly onAssign: (memberId: string, memberName: string) => void;
  readonly onClose: () => void;
}

/** Asks who is to look after a flag. */
export function AssignDialog({ name, maintainerId, onAssign, onClose }: AssignDialogProps) {
  const names = useMemberNames(true);
  const [chosen, setChosen] = useState(maintainerId);
  const choices = [...names].map(([id, label]) => ({ id, label }));
  const isIdle = chosen === undefined || chosen === maintainerId;
  return (
    <FormDialog
      title={t("cleanup.assign.title", { name })}
      action={t("cleanup.assign.act")}
      isIdle={isIdle}
      onClose={onClose}
      onSubmit={() => chosen !== undefined && onAssign(chosen, names.get(chosen) ?? "")}
    >
      <ComboBox
        key={choices.length}
        label={t("cleanup.assign.who")}
        description={t("cleanup.assign.words")}
        choices={choices}
        value={chosen}
        onChange={setChosen}
      />
    </FormDialog>
  );
}
