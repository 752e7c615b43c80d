import { PickToken } from "../../ui/pick-list.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { usePath } from "../try-it/use-path.ts";
import { PathMark, pathClass } from "./path-mark.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

const noneId = " none";

/** What all get while the flag is off, or while what it requires is not so. */
export function OffCard({ editor }: { readonly editor: Editor }) {
  const { configuration, variations, instruct, isReadOnly } = editor;
  const { offVariationId } = configuration;
  const step = usePath()?.off;
  const at = variations.findIndex(({ id }) => id === offVariationId);
  const name = variations[at]?.name ?? t("off.none");
  return (
    <section
      aria-label={t("off.title")}
      data-part="offVariationId"
      className={`relative flex flex-wrap items-center gap-x-2 gap-y-1.5 rounded-lg border bg-surface p-3 ${pathClass(step)}`}
    >
      <PathMark step={step?.state === "matched" ? step : undefined} />
      <div className="w-full empty:hidden">
        <ConflictsAt place="offVariationId" />
      </div>
      <h3 className="font-semibold">{t("off.title")}</h3>
      <span className="text-ink2">{t("off.gets")}</span>
      <PickToken
        label={t("serve.label")}
        groups={[
          {
            picks: variations.map((one, index) => ({
              id: one.id,
              label: one.name,
              isName: true,
              icon: <Swatch index={index} />,
            })),
          },
          {
            picks: [
              {
                id: noneId,
                label: t("off.none"),
                description: t("off.none.words"),
                icon: <Swatch index={undefined} />,
              },
            ],
          },
        ]}
        selected={offVariationId ?? noneId}
        isDisabled={isReadOnly}
        onPick={(id) =>
          instruct({
            kind: "updateOffVariation",
            ...(id === noneId ? {} : { variationId: id }),
          })
        }
      >
        <span className="inline-flex items-center gap-1.5 font-semibold">
          <Swatch index={at === -1 ? undefined : at} />
          <span {...(at === -1 ? {} : { translate: "no" as const })}>{name}</span>
        </span>
      </PickToken>
    </section>
  );
}
