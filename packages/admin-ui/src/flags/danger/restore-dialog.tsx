import { formatList } from "../../text/format.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { CommentField } from "../edits/comment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import { useStep } from "./use-step.ts";

/** Brings an archived flag back: it serves at once, so that it says where. */
export function RestoreDialog({ onClose }: { readonly onClose: () => void }) {
  const { flag, environments } = useFlagPage();
  const { name } = flag;
  const on = environments.filter(({ key }) => flag.environments[key]?.on === true);
  const step = useStep(
    {
      instructions: [{ kind: "restoreFlag" }],
      undo: [{ kind: "archiveFlag" }],
      done: t("restore.done", { name }),
      failed: t("restore.failed", { name }),
    },
    onClose,
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("restore.title", { name })}
      action={t("restore.action")}
      isBusy={step.isBusy}
      error={step.refusal}
      onConfirm={step.confirm}
    >
      <p>
        {on.length === 0
          ? t("restore.confirm.off")
          : t("restore.confirm", { environments: formatList(on.map((one) => one.name)) })}
      </p>
      {step.rule.isRequired && <CommentField {...step.comment} />}
    </ConfirmDialog>
  );
}
