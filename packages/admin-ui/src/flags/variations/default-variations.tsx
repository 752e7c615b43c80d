import { Card } from "../../ui/card.tsx";
import { Select } from "../../ui/select.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { useFlagEdit, useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";

/** What environments that are made later begin with. */
export function DefaultVariations() {
  const { flag } = useFlagPage();
  const change = useFlagEdit();
  const unavailable = useFlagUnavailable("updateFlagDefaultVariations");
  const { onVariation, offVariation } = flag.defaults;
  const choices = flag.variations.map(({ _id }, at) => ({
    id: _id,
    label: nameAt(flag, at),
    icon: <Swatch index={at} />,
  }));
  const valueAt = (index: number) => flag.variations[index]?.value ?? null;
  function choose(which: "onVariation" | "offVariation", id: string) {
    const index = flag.variations.findIndex(({ _id }) => _id === id);
    if (index === flag.defaults[which]) return;
    const next = { ...flag.defaults, [which]: index };
    const member = which === "onVariation" ? "onVariationValue" : "offVariationValue";
    change.mutate({
      instructions: [{ kind: "updateDefaultVariation", [member]: valueAt(index) }],
      undo: [{ kind: "updateDefaultVariation", [member]: valueAt(flag.defaults[which]) }],
      done: t("done.defaults", {
        on: nameAt(flag, next.onVariation),
        off: nameAt(flag, next.offVariation),
      }),
      failed: t("failed.defaults"),
      foresee: (shown) => ({ ...shown, defaults: next }),
    });
  }
  const common = { choices, areNames: true, isDisabled: unavailable !== undefined };
  return (
    <Card title={t("defaults.title")}>
      <p className="mb-3 text-ink2">{t("defaults.words")}</p>
      <div className="grid gap-4 sm:max-w-xl sm:grid-cols-2">
        <Select
          {...common}
          label={t("defaults.on")}
          value={flag.variations[onVariation]?._id}
          onChange={(id) => choose("onVariation", id)}
        />
        <Select
          {...common}
          label={t("defaults.off")}
          value={flag.variations[offVariation]?._id}
          onChange={(id) => choose("offVariation", id)}
        />
      </div>
      {unavailable !== undefined && <p className="mt-2 text-xs text-ink3">{unavailable}</p>}
    </Card>
  );
}
