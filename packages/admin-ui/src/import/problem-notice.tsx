import { CircleAlert } from "lucide-react";
import { formatList } from "../text/format.ts";
import { t } from "./text.ts";
import type { Problem } from "./use-import.ts";

/** Why the files are not to be imported, and what would be. */
export function ProblemNotice({ problem }: { readonly problem: Problem }) {
  const { title, words } = wordsOf(problem);
  return (
    <div role="alert" className="rounded-lg border border-danger/40 bg-dangerbg p-3">
      <p className="flex items-start gap-2 font-semibold text-danger">
        <CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden />
        <span className="min-w-0 wrap-anywhere">{title}</span>
      </p>
      <p className="mt-1 pl-6 text-ink2">{words}</p>
    </div>
  );
}

function wordsOf(problem: Problem): { readonly title: string; readonly words: string } {
  switch (problem.kind) {
    case "unreadable": {
      const { file, message } = problem;
      return {
        title: t("import.unreadable", { file }),
        words: t("import.unreadable.words", { problem: message }),
      };
    }
    case "unknown":
      return {
        title: t("import.unknown", { files: formatList(problem.names) }),
        words: t("import.unknown.words"),
      };
    case "several":
      return {
        title: t("import.several", { files: formatList(problem.names) }),
        words: t("import.several.words"),
      };
    default:
      return problem satisfies never;
  }
}
