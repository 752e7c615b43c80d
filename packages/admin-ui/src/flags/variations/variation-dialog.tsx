import { useId } from "react";
import { formatList } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { t as kit } from "../../ui/text.ts";
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
  const id = useId();
  const form = useVariationForm(index, onClose);
  const critical = form.reached.filter((one) => one.critical);
  const save = index === undefined ? t("variations.add") : t("dialog.save");
  return (
    <Dialog
      isOpen
      isHeld
      onClose={onClose}
      title={
        index === undefined ? t("dialog.add") : t("dialog.edit", { name: nameAt(flag, index) })
      }
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {kit("kit.cancel")}
          </Button>
          <Button look="primary" type="submit" form={id} isPending={form.isPending}>
            {critical.length > 0
              ? t("dialog.save.critical", { environments: namesOf(critical) })
              : save}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={form.save} className="mt-2 space-y-4">
        <VariationFields form={form} isCritical={critical.length > 0} />
      </form>
    </Dialog>
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
      {form.refusal !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {form.refusal}
        </p>
      )}
    </>
  );
}

function namesOf(environments: readonly { readonly name: string }[]): string {
  return formatList(environments.map(({ name }) => name));
}
