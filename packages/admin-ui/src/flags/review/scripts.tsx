import { CodeBlock } from "../../ui/copy.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { commandOf, curlOf } from "./script.ts";
import { t } from "./text.ts";

/** The same for a script. */
export function Scripts({ comment }: { readonly comment: string }) {
  const { place, instructions } = useDraftDesk();
  const { origin } = location;
  const command = commandOf(place, instructions, comment);
  const summary = "cursor-pointer rounded py-1 text-[13px] font-medium text-ink2 hover:text-ink";
  return (
    <div>
      <details>
        <summary className={summary}>{t("review.script")}</summary>
        <CodeBlock
          code={curlOf(place, { origin, instructions, comment })}
          label={t("review.script")}
        />
      </details>
      {command !== undefined && (
        <details>
          <summary className={summary}>{t("review.script.cli")}</summary>
          <CodeBlock code={command} label={t("review.script.cli")} />
        </details>
      )}
    </div>
  );
}
