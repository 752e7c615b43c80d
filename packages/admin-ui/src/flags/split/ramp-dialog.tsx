import type { FlagInstruction, Split } from "@halyard/instructions";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { MomentField } from "../../ui/moment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nextStep, problemOf, type RampStep, rampFrom } from "./ramp.ts";
import { everyone, weightOfPercent, withWeight } from "./split.ts";
import { partsOf, type SplitVariation, weightsOf } from "./split-model.ts";
import { t } from "./text.ts";
import { useRamp } from "./use-ramp.ts";

interface RampDialogProps {
  readonly split: Split;
  readonly variations: readonly SplitVariation[];
  /** What makes the split the one that is served. */
  readonly instructionOf: (split: Split) => FlagInstruction;
  readonly onClose: () => void;
}

/** Plans how the first variation grows, step by step, by scheduled changes. */
export function RampDialog({ split, variations, instructionOf, onClose }: RampDialogProps) {
  const { environment } = useFlagPage();
  const parts = partsOf(split, variations);
  const [now] = useState(Date.now);
  const [steps, setSteps] = useState(() =>
    rampFrom(((parts[0]?.weight ?? 0) / everyone) * 100, now, () => crypto.randomUUID()),
  );
  const [answers, setAnswers] = useState({ comment: "", name: "" });
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Error>();
  const ramp = useRamp(setRefusal);
  const name = variations.find(({ id }) => id === parts[0]?.variationId)?.name ?? "";
  const isUnnamed = environment.confirmChanges && answers.name !== environment.name;
  const isSilent = environment.requireComments && answers.comment.trim() === "";
  const isRight = steps.every((_, index) => problemOf(steps, index, now) === undefined);
  function plan() {
    setTried(true);
    setRefusal(undefined);
    if (!isRight || isUnnamed || isSilent) return;
    const planned = steps.map(({ percent, at = 0 }) => {
      const weights = withWeight(parts, 0, weightOfPercent(percent) ?? 0);
      return { at, instruction: instructionOf({ ...split, weights: weightsOf(weights, split) }) };
    });
    const comment = answers.comment.trim();
    ramp.mutate({ steps: planned, comment }, { onSuccess: onClose });
  }
  return (
    <FormDialog
      title={t("ramp.title", { environment: environment.name })}
      action={t("ramp.action", { count: steps.length })}
      size="medium"
      isBusy={ramp.isPending}
      isIdle={steps.length === 0}
      refusal={refusal?.message}
      onClose={onClose}
      onSubmit={plan}
    >
      <p className="text-ink2">{t("ramp.words")}</p>
      <Steps name={name} steps={steps} now={now} isTried={isTried} onChange={setSteps} />
      {environment.requireComments && (
        <TextField
          label={t("ramp.comment")}
          value={answers.comment}
          onChange={(comment) => setAnswers({ ...answers, comment })}
          error={isTried && isSilent ? t("ramp.comment.missing") : undefined}
        />
      )}
      {environment.confirmChanges && (
        <TextField
          label={t("ramp.typeName", { name: environment.name })}
          value={answers.name}
          onChange={(typed) => setAnswers({ ...answers, name: typed })}
          isMono
          autoComplete="off"
          error={isTried && isUnnamed ? t("ramp.typeName.missing") : undefined}
        />
      )}
    </FormDialog>
  );
}

interface StepsProps {
  readonly name: string;
  readonly steps: readonly RampStep[];
  readonly now: number;
  readonly isTried: boolean;
  readonly onChange: (steps: RampStep[]) => void;
}

function Steps({ name, steps, now, isTried, onChange }: StepsProps) {
  const set = (index: number, more: Partial<RampStep>) =>
    onChange(steps.map((step, at) => (at === index ? { ...step, ...more } : step)));
  return (
    <div className="space-y-2">
      <ol className="space-y-2">
        {steps.map((step, index) => {
          const problem = isTried ? problemOf(steps, index, now) : undefined;
          return (
            <li key={step.id} className="grid grid-cols-[7rem_1fr_auto] items-start gap-2">
              <TextField
                label={t("ramp.percent", { step: index + 1, name })}
                value={step.percent}
                inputMode="decimal"
                onChange={(percent) => set(index, { percent })}
                error={problem === "percent" ? t("ramp.percent.wrong") : undefined}
              />
              <MomentField
                label={t("ramp.at", { step: index + 1 })}
                value={step.at}
                min={now}
                onChange={(at) => set(index, { at })}
                error={
                  problem === "past" || problem === "order"
                    ? t(problem === "past" ? "ramp.past" : "ramp.order")
                    : undefined
                }
              />
              <IconButton
                label={t("ramp.remove", { step: index + 1 })}
                className="mt-6"
                onPress={() => onChange(steps.toSpliced(index, 1))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          );
        })}
      </ol>
      <Button
        look="quiet"
        icon={<Plus size={14} aria-hidden />}
        onPress={() => onChange([...steps, nextStep(steps, now, () => crypto.randomUUID())])}
      >
        {t("ramp.add")}
      </Button>
    </div>
  );
}
