import { useReady } from "../../ui/ready.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { DefaultCard } from "./default-card.tsx";
import { OffCard } from "./off-card.tsx";
import { Requirements } from "./requirements.tsx";
import { RuleList } from "./rule-list.tsx";
import { StateBanner } from "./state-banner.tsx";
import { Targets } from "./targets.tsx";
import { t } from "./text.ts";
import { useEditor } from "./use-editor.ts";

/** Who gets what in the environment, in the order it is decided; all of it can be changed where it stands. */
export function Targeting() {
  const { environment } = useFlagPage();
  const editor = useEditor();
  useReady(true);
  if (editor === undefined)
    return <p className="text-ink2">{t("targeting.none", { environment: environment.name })}</p>;
  return (
    <section aria-labelledby="targeting-title" className="space-y-3">
      <h2 id="targeting-title" className="sr-only">
        {t("targeting.title", { environment: environment.name })}
      </h2>
      <StateBanner editor={editor} />
      <Requirements editor={editor} />
      <Targets editor={editor} />
      <RuleList editor={editor} />
      <DefaultCard editor={editor} />
      <OffCard editor={editor} />
    </section>
  );
}
