import { useState } from "react";
import { formatDay } from "../text/format.ts";
import { RadioGroup } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { dayIn, isLater } from "./keep.ts";
import { t } from "./text.ts";

interface KeepDialogProps {
  readonly name: string;
  readonly onKeep: (day: string) => void;
  readonly onClose: () => void;
}

const periods = { month: 30, quarter: 90, half: 180 } as const;
type Period = keyof typeof periods | "own";

/** Asks until when a flag is kept off the board. */
export function KeepDialog({ name, onKeep, onClose }: KeepDialogProps) {
  const [now] = useState(Date.now);
  const [period, setPeriod] = useState<Period>("month");
  const [own, setOwn] = useState(dayIn(periods.month, now));
  const day = period === "own" ? own : dayIn(periods[period], now);
  const isGood = isLater(day, now);
  return (
    <FormDialog
      title={t("cleanup.keep.title", { name })}
      action={t("cleanup.keep.act")}
      isIdle={!isGood}
      onClose={onClose}
      onSubmit={() => onKeep(day)}
    >
      <p className="text-ink2">{t("cleanup.keep.words")}</p>
      <RadioGroup
        label={t("cleanup.keep.until")}
        value={period}
        onChange={setPeriod}
        choices={[
          ...(Object.keys(periods) as (keyof typeof periods)[]).map((id) => ({
            id,
            label: t(`cleanup.keep.${id}`),
            description: formatDay(Date.parse(dayIn(periods[id], now))),
          })),
          { id: "own" as const, label: t("cleanup.keep.own") },
        ]}
      />
      {period === "own" && (
        <TextField
          label={t("cleanup.keep.day")}
          type="date"
          value={own}
          onChange={setOwn}
          error={isGood ? undefined : t("cleanup.keep.past")}
          className="max-w-48"
        />
      )}
    </FormDialog>
  );
}
