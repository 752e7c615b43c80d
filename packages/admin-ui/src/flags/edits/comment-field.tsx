import type { Environment } from "../../api/representations.ts";
import { formatList } from "../../text/format.ts";
import { TextArea } from "../../ui/field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";

export interface CommentRule {
  readonly isRequired: boolean;
  /** Who asks for it. */
  readonly environments: string;
}

/** Whether a change of what the whole flag serves needs a comment. */
export function useCommentRule(): CommentRule {
  return commentRuleOf(useFlagPage().environments);
}

/** Whether a change of what these environments serve needs one. */
export function commentRuleOf(environments: readonly Environment[]): CommentRule {
  const asking = environments.filter(({ requireComments }) => requireComments);
  return {
    isRequired: asking.length > 0,
    environments: formatList(asking.map(({ name }) => name)),
  };
}

interface CommentFieldProps {
  readonly rule: CommentRule;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Somebody has tried to save: what is missing is said. */
  readonly isSent?: boolean;
}

export function CommentField({ rule, value, onChange, isSent = false }: CommentFieldProps) {
  const { isRequired, environments } = rule;
  return (
    <TextArea
      label={t("comment.label")}
      description={isRequired ? t("comment.required", { environments }) : t("comment.words")}
      value={value}
      onChange={onChange}
      rows={2}
      isRequired={isRequired}
      validationBehavior="aria"
      error={isSent && isRequired && value.trim() === "" ? t("comment.missing") : undefined}
    />
  );
}
