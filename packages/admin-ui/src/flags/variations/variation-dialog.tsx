import { formatList } from "../../text/format.ts";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CommentField } from "../edits/comment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";
import { useVariationForm } from "./use-variation-form.ts";
import { ValueField } from "./value-field.tsx";

interface VariationDialogProps {
  /** Its place; absent where one is added. */
  readonly index?: number;
  readonly onClose: () => void;
}

/** Adds a variation, or changes one. It is there only while it is open. */
export function VariationDialog({ index, onClose }: VariationDialogProps) {
  const { flag } = useFlagPage();
  const form = useVariationForm(index, onClose);
  const critical = form.reached.filter((one) => one.critical);
  const save = index === undefined ? t("variations.add") : t("dialog.save");
  return (
    <FormDialog
      title={
        index === undefined ? t("dialog.add") : t("dialog.edit", { name: nameAt(flag, index) })
      }
      action={
        critical.length > 0 ? t("dialog.save.critical", { environments: namesOf(critical) }) : save
      }
      isBusy={form.isPending}
      refusal={form.refusal}
      onSubmit={form.save}
      onClose={onClose}
    >
      <VariationFields form={form} isCritical={critical.length > 0} />
    </FormDialog>
  );
}

interface VariationFieldsProps {
  readonly form: ReturnType<typeof useVariationForm>;
  readonly isCritical: boolean;
}

function VariationFields({ form, isCritical }: VariationFieldsProps) {
  const { typed, setTyped, reached, rule, isSent } = form;
  return (
    <>
      {form.isChanged && <Notice tone="info">{t("dialog.meanwhile")}</Notice>}
      <TextField
        label={t("dialog.name")}
        description={t("dialog.name.words")}
        value={typed.name}
        onChange={(name) => setTyped({ ...typed, name })}
        autoComplete="off"
        autoFocus
      />
      <ValueField
        kind={form.kind}
        text={typed.text}
        onChange={(text) => setTyped({ ...typed, text })}
        error={form.valueProblem}
      />
      <TextField
        label={t("dialog.description")}
        value={typed.description}
        onChange={(description) => setTyped({ ...typed, description })}
        autoComplete="off"
      />
      {reached.length > 0 && (
        <Notice tone={isCritical ? "critical" : "plain"}>
          {t("dialog.served", { environments: namesOf(reached) })}
        </Notice>
      )}
      {(reached.length > 0 || rule.isRequired) && (
        <CommentField rule={rule} value={form.comment} onChange={form.setComment} isSent={isSent} />
      )}
    </>
  );
}

function namesOf(environments: readonly { readonly name: string }[]): string {
  return formatList(environments.map(({ name }) => name));
}
