import { TextArea, TextField } from "../../ui/field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import type { useReview } from "./use-review.ts";
import { WhenFields } from "./when-fields.tsx";

/** Why, when, and what the environment asks for beside. */
export function ReviewFields({ review }: { readonly review: ReturnType<typeof useReview> }) {
  const { environment } = useFlagPage();
  const { when, input, change, problems } = review;
  const { critical, requireComments, confirmChanges, name } = environment;
  return (
    <>
      <TextArea
        label={t("review.comment")}
        value={input.comment}
        onChange={(comment) => change({ comment })}
        rows={2}
        // Nobody saves to a critical environment by one more Enter.
        autoFocus={critical || requireComments}
        description={
          requireComments
            ? t("review.comment.required", { environment: name })
            : t("review.comment.optional")
        }
        error={problems.comment}
      />
      <WhenFields when={when} input={input} onChange={change} problems={problems} />
      {confirmChanges && when.way !== "request" && (
        <TextField
          label={t("review.typeName", { name })}
          value={input.name}
          onChange={(typed) => change({ name: typed })}
          isMono
          autoComplete="off"
          error={problems.name}
        />
      )}
    </>
  );
}
