import { useState } from "react";
import { formatList } from "../../text/format.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { CommentField, useCommentRule } from "../edits/comment-field.tsx";
import { useFlagEdit } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";

/** Brings an archived flag back: it serves at once, so that it says where. */
export function RestoreDialog({ onClose }: { readonly onClose: () => void }) {
  const { flag, environments } = useFlagPage();
  const [comment, setComment] = useState("");
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const rule = useCommentRule();
  const change = useFlagEdit(({ message }) => setRefusal(message));
  const { name } = flag;
  const on = environments.filter(({ key }) => flag.environments[key]?.on === true);
  async function restore() {
    setSent(true);
    if (rule.isRequired && comment.trim() === "") return;
    const edit = {
      instructions: [{ kind: "restoreFlag" as const }],
      undo: [{ kind: "archiveFlag" as const }],
      done: t("restore.done", { name }),
      failed: t("restore.failed", { name }),
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    };
    await change.mutateAsync(edit).then(onClose, () => undefined); // The dialog says why not.
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("restore.title", { name })}
      action={t("restore.action")}
      isBusy={change.isPending}
      error={refusal}
      onConfirm={restore}
    >
      <p>
        {on.length === 0
          ? t("restore.confirm.off")
          : t("restore.confirm", { environments: formatList(on.map((one) => one.name)) })}
      </p>
      {rule.isRequired && (
        <CommentField rule={rule} value={comment} onChange={setComment} isSent={isSent} />
      )}
    </ConfirmDialog>
  );
}
