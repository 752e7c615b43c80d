import { Notice } from "../../ui/notice.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

/** Says over the rules that they wait. */
export function StateBanner({ editor }: { readonly editor: Editor }) {
  const { configuration, variations } = editor;
  if (configuration.on) return null;
  const at = variations.findIndex(({ id }) => id === configuration.offVariationId);
  const name = variations[at]?.name;
  return (
    <Notice>
      {t.rich("targeting.off", {
        name: (
          <span
            key="name"
            className="inline-flex items-center gap-1.5 align-bottom font-semibold text-ink"
          >
            <Swatch index={at === -1 ? undefined : at} />
            <span {...(name === undefined ? {} : { translate: "no" as const })}>
              {name ?? t("targeting.codeDefault")}
            </span>
          </span>
        ),
      })}
    </Notice>
  );
}
