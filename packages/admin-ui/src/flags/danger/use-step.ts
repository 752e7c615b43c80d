import { useState } from "react";
import { useCommentRule } from "../edits/comment-field.tsx";
import { type FlagEdit, useFlagEdit } from "../edits/flag-edit.ts";

/** A step of the flag's life that is confirmed in a dialog, with a comment where one is required. */
export function useStep(edit: Omit<FlagEdit, "comment" | "foresee">, onClose: () => void) {
  const [comment, setComment] = useState("");
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const rule = useCommentRule();
  const change = useFlagEdit(({ message }) => setRefusal(message));
  async function confirm() {
    setSent(true);
    const said = comment.trim();
    if (rule.isRequired && said === "") return;
    const whole = { ...edit, ...(said === "" ? {} : { comment: said }) };
    await change.mutateAsync(whole).then(onClose, () => undefined); // The dialog says why not.
  }
  return {
    rule,
    isBusy: change.isPending,
    refusal,
    confirm,
    comment: { rule, value: comment, onChange: setComment, isSent },
  };
}
