import type { Environment } from "../../api/representations.ts";
import { RadioGroup } from "../../ui/choice.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { MomentField } from "../../ui/moment-field.tsx";
import { t } from "./text.ts";

interface AnswerTexts {
  readonly way: "now" | "request";
  readonly comment: string;
  readonly typedName: string;
  /** For a request: what is asked for. */
  readonly description: string;
  /** For a request: when it is made, in Unix milliseconds. */
  readonly at: number | undefined;
}

export const noAnswers: AnswerTexts = {
  way: "now",
  comment: "",
  typedName: "",
  description: "",
  at: undefined,
};

type AnswerProblems = { readonly [Field in keyof AnswerTexts]?: string | undefined };

/** What is missing, by the field. */
export function problemsOf(environment: Environment, answers: AnswerTexts): AnswerProblems {
  const { name, requireComments, confirmChanges } = environment;
  const { way, comment, typedName, description, at } = answers;
  const isAsked = way === "request";
  return {
    comment: requireComments && comment.trim() === "" ? t("review.comment.missing") : undefined,
    typedName:
      !isAsked && confirmChanges && typedName !== name
        ? t("review.typeName.missing", { environment: name })
        : undefined,
    description: isAsked && description.trim() === "" ? t("review.ask.missing") : undefined,
    at: isAsked && at !== undefined && at <= Date.now() ? t("review.ask.at.past") : undefined,
  };
}

/** What the button says that goes on. */
export function actionWords({ critical, name }: Environment, { way }: AnswerTexts): string {
  if (way === "request") return t("review.requestIt");
  return critical ? t("review.saveTo", { environment: name }) : t("review.save");
}

interface AnswersProps {
  readonly environment: Environment;
  readonly answers: AnswerTexts;
  readonly problems: AnswerProblems;
  readonly onChange: (change: Partial<AnswerTexts>) => void;
}

/** What a change asks for. The comment has the focus, so that nobody saves to a critical environment by one more Enter. */
export function Answers({ environment, answers, problems, onChange }: AnswersProps) {
  return (
    <>
      <TextArea
        label={t("review.comment")}
        value={answers.comment}
        onChange={(comment) => onChange({ comment })}
        rows={2}
        autoFocus={environment.critical || environment.requireComments}
        description={
          environment.requireComments
            ? t("review.comment.required", { environment: environment.name })
            : undefined
        }
        error={problems.comment}
      />
      <RadioGroup
        label={t("review.when")}
        choices={[
          { id: "now", label: t("review.when.now") },
          { id: "request", label: t("review.when.request") },
        ]}
        value={answers.way}
        onChange={(way) => onChange({ way })}
        isHorizontal
      />
      {answers.way === "request" && (
        <RequestFields answers={answers} problems={problems} onChange={onChange} />
      )}
      {environment.confirmChanges && answers.way === "now" && (
        <TextField
          label={t("review.typeName", { name: environment.name })}
          value={answers.typedName}
          onChange={(typedName) => onChange({ typedName })}
          isMono
          autoComplete="off"
          error={problems.typedName}
        />
      )}
    </>
  );
}

function RequestFields({ answers, problems, onChange }: Omit<AnswersProps, "environment">) {
  return (
    <div className="space-y-3">
      <TextField
        label={t("review.ask")}
        value={answers.description}
        onChange={(description) => onChange({ description })}
        error={problems.description}
      />
      <MomentField
        label={t("review.ask.at")}
        value={answers.at}
        min={Date.now()}
        description={t("review.ask.at.words")}
        error={problems.at}
        onChange={(at) => onChange({ at })}
      />
    </div>
  );
}
