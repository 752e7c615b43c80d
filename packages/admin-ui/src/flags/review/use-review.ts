import { useState } from "react";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import { useSaving } from "./use-saving.ts";
import { useWhen, type Way } from "./use-when.ts";

/** What is typed into the review. */
export interface ReviewInput {
  readonly comment: string;
  readonly description: string;
  readonly at: number | undefined;
  readonly name: string;
}

/** What is missing, by the field. */
export type Problems = { readonly [Field in keyof ReviewInput]?: string | undefined };

const nothing: ReviewInput = { comment: "", description: "", at: undefined, name: "" };

/** The state of a review, and saving it. */
export function useReview(onClose: () => void) {
  const desk = useDraftDesk();
  const { environment } = useFlagPage();
  const when = useWhen();
  const [input, setInput] = useState(nothing);
  const [isTried, setTried] = useState(false);
  const saving = useSaving(desk, onClose);
  const problems = problemsOf(input, { way: when.way, environment });
  const isComplete = Object.values(problems).every((problem) => problem === undefined);
  function save(ignoreConflicts = false) {
    setTried(true);
    if (!isComplete || saving.isBusy || desk.instructions.length === 0) return;
    const { comment, description, at = 0 } = input;
    void saving.save({ way: when.way, comment, description, at, ignoreConflicts });
  }
  return {
    ...saving,
    when,
    input,
    change: (more: Partial<ReviewInput>) => setInput((before) => ({ ...before, ...more })),
    problems: isTried ? problems : {},
    save,
  } as const;
}

interface Asked {
  readonly way: Way;
  readonly environment: {
    readonly name: string;
    readonly requireComments: boolean;
    readonly confirmChanges: boolean;
  };
}

/** What the environment asks for and is not there yet. */
function problemsOf(input: ReviewInput, { way, environment }: Asked): Problems {
  const { comment, name, at, description } = input;
  const isUnnamed = way !== "request" && environment.confirmChanges && name !== environment.name;
  const isPast = way === "schedule" && (at === undefined || at <= Date.now());
  return {
    comment:
      environment.requireComments && comment.trim() === ""
        ? t("review.comment.missing")
        : undefined,
    name: isUnnamed ? t("review.typeName.missing", { environment: environment.name }) : undefined,
    at: isPast ? t("review.at.missing") : undefined,
    description:
      way === "request" && description.trim() === "" ? t("review.ask.missing") : undefined,
  };
}
