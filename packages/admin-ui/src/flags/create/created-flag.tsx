import { Link } from "@tanstack/react-router";
import { Button, buttonClass } from "../../ui/button.tsx";
import { CodeBlock, KeyCopy } from "../../ui/copy.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { codeOf, type NewFlag } from "./new-flag.ts";
import { t } from "./text.ts";

/** What comes next: the line of code, the flag itself, another flag. */
export function CreatedFlag(props: {
  readonly project: string;
  readonly flag: NewFlag;
  readonly onAnother: () => void;
}) {
  const { project, flag, onAnother } = props;
  return (
    <>
      <PageHeader
        title={flag.name.trim()}
        isName
        parents={[
          <Link key="flags" to="/p/$project/flags" params={{ project }}>
            {t("create.flags")}
          </Link>,
        ]}
      >
        <KeyCopy value={flag.key} />
      </PageHeader>
      <div className="max-w-2xl space-y-4 rounded-lg border border-line bg-surface p-4">
        <p role="status">{t("create.done.words")}</p>
        <CodeBlock code={codeOf(flag)} label={t("create.done.code")} />
        <div className="flex flex-wrap gap-2">
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: flag.key }}
            className={buttonClass("primary")}
            // Whoever goes on presses Enter.
            ref={(link) => link?.focus()}
          >
            {t("create.done.open")}
          </Link>
          <Button onPress={onAnother}>{t("create.done.more")}</Button>
        </div>
      </div>
    </>
  );
}
