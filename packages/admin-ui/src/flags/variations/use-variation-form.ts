import { useState } from "react";
import { useCommentRule } from "../edits/comment-field.tsx";
import { useFlagEdit } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { editOf, typedOf } from "./edited-variation.ts";
import { t } from "./text.ts";
import { isServed } from "./uses.ts";
import { kindOfValues, valueFrom } from "./value.ts";

/** What the form of a variation holds, what is wrong with it, whom it reaches, and how it is saved. */
export function useVariationForm(index: number | undefined, onDone: () => void) {
  const { flag, environments } = useFlagPage();
  const kind = kindOfValues(flag.variations);
  const present = index === undefined ? undefined : flag.variations[index];
  const [before] = useState(present);
  const [typed, setTyped] = useState(() => typedOf(before, kind));
  const [comment, setComment] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [isSent, setSent] = useState(false);
  const change = useFlagEdit(({ message }) => setRefusal(message));
  const rule = useCommentRule();

  const parsed = valueFrom(typed.text, kind);
  const valueProblem = "problem" in parsed ? parsed.problem : takenBy(parsed.value);
  const isNewValue = before === undefined || typed.text !== typedOf(before, kind).text;
  const reached = environments.filter(({ key }) => {
    const configuration = flag.environments[key];
    if (!isNewValue || index === undefined || configuration === undefined) return false;
    return isServed(configuration, index);
  });

  function takenBy(value: unknown): string | undefined {
    const same = flag.variations.findIndex(
      (one, at) => at !== index && JSON.stringify(one.value) === JSON.stringify(value),
    );
    return same < 0 ? undefined : t("value.taken", { name: nameAt(flag, same) });
  }
  function save() {
    setSent(true);
    setRefusal(undefined);
    if (!("value" in parsed) || valueProblem !== undefined) return;
    if (rule.isRequired && comment.trim() === "") return;
    const edit = editOf({ before, typed, value: parsed.value });
    if (edit === undefined) return onDone();
    const words = comment.trim() === "" ? {} : { comment: comment.trim() };
    change.mutate({ ...edit, ...words }, { onSuccess: onDone });
  }
  return {
    kind,
    typed,
    setTyped,
    comment,
    setComment,
    rule,
    isSent,
    refusal,
    reached,
    isPending: change.isPending,
    valueProblem: isSent || (typed.text !== "" && isNewValue) ? valueProblem : undefined,
    /** Somebody else has changed it since the form is open. */
    isChanged: JSON.stringify(present) !== JSON.stringify(before),
    save,
  };
}
