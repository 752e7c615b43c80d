import { useQuery } from "@tanstack/react-query";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { NumberField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { Swatch } from "../ui/swatch.tsx";
import { type Gradual, percentOf, stepsOf } from "./gradual.ts";
import { nameOfVariation, stageNameIn, variationsOf } from "./stage-name.ts";
import { t } from "./text.ts";
import { waitUnits } from "./workflow.ts";

interface GradualFieldsProps {
  readonly project: string;
  readonly flag: string;
  readonly gradual: Gradual;
  readonly onChange: (gradual: Gradual) => void;
}

/** A rollout in steps: of which variation, how large each step is, and how long between them. */
export function GradualFields({ project, flag, gradual, onChange }: GradualFieldsProps) {
  const found = useQuery({ ...variationsOf(project, flag), enabled: flag !== "" });
  const variations = found.data?.variations ?? [];
  const set = (part: Partial<Gradual>) => onChange({ ...gradual, ...part });
  const choices = variations.map((one, at) => ({
    id: one._id,
    label: nameOfVariation(one),
    icon: <Swatch index={at} />,
  }));
  function chooseVariation(variationId: string) {
    const other = variations.find(({ _id }) => _id !== variationId)?._id ?? "";
    const { restId } = gradual;
    set({ variationId, restId: restId === "" || restId === variationId ? other : restId });
  }
  if (flag === "") return null;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t("begin.variation")}
          areNames
          choices={choices}
          value={gradual.variationId === "" ? undefined : gradual.variationId}
          onChange={chooseVariation}
        />
        <Select
          label={t("begin.rest")}
          areNames
          choices={choices.filter(({ id }) => id !== gradual.variationId)}
          value={gradual.restId === "" ? undefined : gradual.restId}
          onChange={(restId) => set({ restId })}
        />
      </div>
      <ChipsField
        label={t("begin.steps")}
        description={t("begin.steps.words")}
        values={gradual.steps.map(String)}
        onChange={(steps) => set({ steps: stepsOf(steps) })}
        accept={(typed) => {
          const value = percentOf(typed);
          return value === undefined ? { problem: t("begin.steps.wrong", { typed }) } : { value };
        }}
      />
      <div className="flex items-end gap-2">
        <NumberField
          label={t("begin.wait")}
          value={gradual.wait}
          onChange={(wait) => set({ wait })}
          minValue={1}
          maxValue={1000}
          className="w-32"
        />
        <Select
          label={t("begin.unit")}
          isLabelHidden
          choices={waitUnits.map((id) => ({ id, label: t(`begin.unit.${id}`) }))}
          value={gradual.unit}
          onChange={(unit) => set({ unit })}
          className="w-32"
        />
      </div>
      <Checkbox
        isSelected={gradual.needsApproval}
        onChange={(needsApproval) => set({ needsApproval })}
      >
        {t("begin.approval")}
      </Checkbox>
      {gradual.variationId !== "" && <Preview gradual={gradual} variations={variations} />}
    </>
  );
}

function Preview(props: {
  readonly gradual: Gradual;
  readonly variations: Parameters<typeof stageNameIn>[0];
}) {
  const { gradual, variations } = props;
  const { steps, wait, unit, needsApproval, variationId } = gradual;
  const nameOf = stageNameIn(variations, variationId);
  return (
    <section aria-label={t("begin.preview")} className="rounded-md bg-sunken p-3">
      <p className="text-[13px] font-medium">{t("begin.preview")}</p>
      <ol className="mt-1 list-decimal space-y-0.5 pl-5 text-[13px]">
        {steps.map((percent, at) => (
          <li key={percent}>
            <span translate="no">{nameOf(percent)}</span>{" "}
            <span className="text-ink2">
              {at > 0
                ? t(`condition.schedule.${unit}`, { count: wait })
                : t(needsApproval ? "condition.approval" : "condition.schedule.soon")}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
