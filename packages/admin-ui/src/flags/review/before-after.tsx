import { flagSentences } from "@halyard/instructions";
import type { DraftDesk } from "../draft/draft-desk.ts";
import { t } from "./text.ts";

/** What the flag does in the environment, read aloud, as it is and as it will be. */
export function BeforeAfter({ desk }: { readonly desk: DraftDesk }) {
  const before = flagSentences(desk.saved, desk.environment);
  const after = flagSentences(desk.drafted, desk.environment);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Side label={t("review.before")} sentences={before} others={after} look="removed" />
      <Side label={t("review.after")} sentences={after} others={before} look="added" />
    </div>
  );
}

function Side(props: {
  readonly label: string;
  readonly sentences: readonly string[];
  readonly others: readonly string[];
  readonly look: "added" | "removed";
}) {
  const { label, sentences, others, look } = props;
  const mark = look === "added" ? "bg-onbg" : "bg-dangerbg line-through decoration-danger/60";
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-xs font-medium text-ink3">{label}</h4>
      <ol translate="no" className="space-y-1 text-[13px]">
        {sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are known by.
          <li key={index} className="text-pretty">
            {others.includes(sentence) ? (
              <span className="text-ink2">{sentence}</span>
            ) : look === "added" ? (
              <ins className={`rounded px-1 -mx-1 no-underline ${mark}`}>{sentence}</ins>
            ) : (
              <del className={`rounded px-1 -mx-1 ${mark}`}>{sentence}</del>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
