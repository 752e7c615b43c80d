import { useState } from "react";
import { ChipsField } from "../../ui/chips-field.tsx";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useFlagEdit } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { keyFromName } from "../key-from-name.ts";
import { t } from "./text.ts";

interface PropertyDialogProps {
  /** Absent where one is added. */
  readonly propertyKey: string | undefined;
  readonly onClose: () => void;
}

/** Adds a custom property, or changes one. It is there only while it is open. */
export function PropertyDialog({ propertyKey, onClose }: PropertyDialogProps) {
  const { flag } = useFlagPage();
  const before = propertyKey === undefined ? undefined : flag.customProperties[propertyKey];
  const [name, setName] = useState(before?.name ?? "");
  const [ownKey, setOwnKey] = useState(propertyKey);
  const [values, setValues] = useState<readonly string[]>(before?.value ?? []);
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const change = useFlagEdit(({ message }) => setRefusal(message));
  const key = ownKey ?? keyFromName(name);
  const isUnnamed = name.trim() === "" || key === "";
  function save() {
    setSent(true);
    if (isUnnamed || values.length === 0) return;
    const known = flag.customProperties[key];
    const edit = {
      instructions: [
        { kind: "replaceCustomProperties" as const, key, name: name.trim(), values: [...values] },
      ],
      undo: [
        {
          kind: "replaceCustomProperties" as const,
          key,
          name: known?.name ?? name,
          values: [...(known?.value ?? [])],
        },
      ],
      done: t("properties.saved", { name }),
      failed: t("properties.failed", { name }),
    };
    change.mutate(edit, { onSuccess: onClose });
  }
  return (
    <FormDialog
      title={
        before === undefined
          ? t("properties.dialog.add")
          : t("properties.dialog.edit", { name: before.name })
      }
      action={t("properties.save")}
      isBusy={change.isPending}
      refusal={refusal}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={t("properties.name")}
        value={name}
        onChange={setName}
        error={isSent && isUnnamed ? t("properties.missing") : undefined}
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t("properties.key")}
        value={key}
        onChange={setOwnKey}
        isReadOnly={propertyKey !== undefined}
        autoComplete="off"
        isMono
      />
      <ChipsField
        label={t("properties.values")}
        values={values}
        onChange={setValues}
        error={isSent && values.length === 0 ? t("properties.valueMissing") : undefined}
      />
    </FormDialog>
  );
}
