import type { SegmentStateRule } from "@halyard/instructions";
import { NumberField } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { everyone } from "./segment-changes.ts";
import { t } from "./text.ts";

interface ShareEditorProps {
  readonly rule: SegmentStateRule;
  readonly isReadOnly: boolean;
  readonly onChange: (change: (rule: SegmentStateRule) => SegmentStateRule) => void;
}

/** In thousandths of a percent. */
const onePercent = 1_000;
const firstPart = 50 * onePercent;

/** How many of those who match are in the segment: all of them, or a part that stays the same. */
export function ShareEditor({ rule, isReadOnly, onChange }: ShareEditorProps) {
  const { weight = everyone, bucketBy = "key", rolloutContextKind: kind = "user" } = rule;
  const isPart = weight < everyone;
  const set = (wanted: number) =>
    onChange((one) => ({ ...one, weight: wanted, rolloutContextKind: kind }));
  const choices = [
    { id: "all", label: t("edit.rule.all") },
    { id: "part", label: t("edit.rule.part") },
  ] as const;
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2 text-ink2">
      <span>{t("edit.rule.they")}</span>
      <Select
        label={t("edit.rule.share")}
        isLabelHidden
        value={isPart ? "part" : "all"}
        choices={choices}
        isDisabled={isReadOnly}
        onChange={(id) => set(id === "all" ? everyone : firstPart)}
        className="w-36"
      />
      {isPart && (
        <span className="flex items-center gap-1.5">
          <NumberField
            label={t("edit.rule.percent")}
            isLabelHidden
            value={weight / onePercent}
            minValue={0}
            maxValue={100}
            isDisabled={isReadOnly}
            onChange={(percent) =>
              Number.isFinite(percent) && set(Math.round(percent * onePercent))
            }
            className="w-20"
          />
          <span>
            {t.rich("edit.rule.by", {
              kind: (
                <b key="kind" translate="no" className="font-medium text-ink">
                  {kind}
                </b>
              ),
              attribute: (
                <b key="attribute" translate="no" className="font-medium text-ink">
                  {bucketBy}
                </b>
              ),
            })}
          </span>
        </span>
      )}
    </div>
  );
}
