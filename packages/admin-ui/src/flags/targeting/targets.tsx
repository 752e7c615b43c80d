import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Swatch } from "../../ui/swatch.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { usePath } from "../try-it/use-path.ts";
import { PathMark, pathClass } from "./path-mark.tsx";
import { TargetRow } from "./target-row.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

/** Who gets a variation by name, before any rule. In a line until somebody wants to see them. */
export function Targets({ editor }: { readonly editor: Editor }) {
  const { configuration, variations } = editor;
  const [isOpen, setOpen] = useState(false);
  const step = usePath()?.targets;
  const counts = variations
    .map(({ id, name }, index) => ({
      id,
      name,
      index,
      count: configuration.targets
        .filter(({ variationId }) => variationId === id)
        .reduce((sum, { values }) => sum + values.length, 0),
    }))
    .filter(({ count }) => count > 0);
  return (
    <section
      aria-label={t("targets.title")}
      data-part="targets"
      className={`relative rounded-lg border bg-surface ${pathClass(step)}`}
    >
      <PathMark step={step} />
      <h3>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-2 text-left"
        >
          <span className="font-semibold">{t("targets.title")}</span>
          {counts.length === 0 && <span className="text-ink2">{t("targets.none")}</span>}
          {counts.map(({ id, name, index, count }) => (
            <span key={id} className="inline-flex items-center gap-1.5 text-ink2">
              <Swatch index={index} />
              <span>
                {t.rich("targets.count", {
                  count,
                  name: (
                    <b key="name" translate="no" className="font-semibold text-ink">
                      {name}
                    </b>
                  ),
                })}
              </span>
            </span>
          ))}
          <ChevronDown
            size={16}
            aria-hidden
            className={`ml-auto shrink-0 text-ink3 transition-transform duration-100 ${isOpen ? "rotate-180" : ""}`}
          />
        </button>
      </h3>
      <div className="px-3 empty:hidden">
        <ConflictsAt place="targets" />
      </div>
      {isOpen && (
        <div className="divide-y divide-line border-t border-line">
          {variations.map((variation, index) => (
            <TargetRow key={variation.id} editor={editor} variation={variation} index={index} />
          ))}
        </div>
      )}
    </section>
  );
}
