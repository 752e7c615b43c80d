import { useRef } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { usePath } from "../try-it/use-path.ts";
import { servingOf } from "./edits.ts";
import { PathMark, pathClass } from "./path-mark.tsx";
import { ServeEditor } from "./serve-editor.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

/** What all get whom nothing above is about. */
export function DefaultCard({ editor }: { readonly editor: Editor }) {
  const { configuration, saved, isReadOnly } = editor;
  const card = useRef<HTMLElement>(null);
  const step = usePath()?.fallthrough;
  useShortcut(
    "d",
    t("default.edit"),
    () => card.current?.querySelector<HTMLElement>("button")?.focus(),
    !isReadOnly,
  );
  return (
    <section
      ref={card}
      data-part="fallthrough"
      aria-label={t("default.title")}
      className={`relative rounded-lg border bg-surface p-3 ${pathClass(step)}`}
    >
      <PathMark step={step} />
      <ConflictsAt place="fallthrough" />
      <ServeEditor
        editor={editor}
        serve={configuration.fallthrough}
        saved={saved?.fallthrough}
        gets={t("default.gets")}
        split={t("default.split")}
        marker={step?.state === "matched" ? step.place : undefined}
        instructionOf={(serve) => ({
          kind: "updateFallthroughVariationOrRollout",
          ...servingOf(serve),
        })}
      >
        <h3 className="font-semibold">{t("default.title")}</h3>
      </ServeEditor>
    </section>
  );
}
