import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { keyFromName } from "../flags/key-from-name.ts";
import { Checkbox } from "../ui/choice.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { bodyOf, type ContextKind, formOf, kindsPath, problemOfKey } from "./context-kind.ts";
import { t } from "./text.ts";

interface KindDialogProps {
  readonly project: string;
  readonly known: readonly ContextKind[];
  readonly edited: ContextKind | undefined;
  readonly onClose: () => void;
}

/** Makes a kind of contexts, or edits the one given. */
export function KindDialog({ project, known, edited, onClose }: KindDialogProps) {
  const [form, setForm] = useState(formOf(edited));
  const [refusal, setRefusal] = useState<string>();
  const key = form.key === "" ? keyFromName(form.name) : form.key;
  const isTyped = form.name.trim() !== "";
  const problem = edited === undefined && isTyped ? problemOfKey(key, known) : undefined;
  const name = form.name.trim();
  const change = useChange<void>({
    path: kindsPath(project),
    send: () =>
      request("PUT", `${kindsPath(project)}/${encodeURIComponent(key)}`, bodyOf(form, edited)),
    done: () => (edited === undefined ? t("kind.created", { name }) : t("kind.saved", { name })),
    failed: () => t("kind.save.failed", { name }),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  return (
    <FormDialog
      title={
        edited === undefined ? t("kind.create.title") : t("kind.edit.title", { name: edited.name })
      }
      action={edited === undefined ? t("kind.create") : t("kind.save")}
      isIdle={!isTyped || problem !== undefined}
      isBusy={change.isPending}
      refusal={refusal}
      onClose={onClose}
      onSubmit={() => change.mutate(undefined, { onSuccess: onClose })}
    >
      <TextField
        label={t("kind.name")}
        value={form.name}
        onChange={(typed) => setForm({ ...form, name: typed })}
        maxLength={256}
        autoFocus
        isRequired
      />
      {edited === undefined && (
        <TextField
          label={t("kind.key")}
          description={t("kind.key.words")}
          value={key}
          onChange={(typed) => setForm({ ...form, key: typed })}
          error={problem === undefined ? undefined : t(`kind.key.${problem}`)}
          isMono
        />
      )}
      <TextArea
        label={t("kind.description")}
        value={form.description}
        onChange={(description) => setForm({ ...form, description })}
        rows={2}
      />
      <div>
        <Checkbox
          isSelected={form.isOffered}
          onChange={(isOffered) => setForm({ ...form, isOffered })}
        >
          {t("kind.offered")}
        </Checkbox>
        <p className="pl-6 text-xs text-ink3">{t("kind.offered.words")}</p>
      </div>
    </FormDialog>
  );
}
