import { MomentField } from "../../ui/moment-field.tsx";
import { t } from "./text.ts";
import { momentOf } from "./values.ts";
import type { ValuesProps } from "./values-props.ts";

const utc = new Intl.DateTimeFormat("en", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
  hourCycle: "h23",
});

/** A moment in the own time zone; that of UTC stands below, as servers log it. */
export function DateEditor({ condition, onChange }: ValuesProps) {
  const at = momentOf(condition.values[0]);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <MomentField
      label={t("sentence.date")}
      value={at}
      description={
        at === undefined
          ? t("sentence.date.local", { zone: timeZone })
          : `${t("sentence.date.local", { zone: timeZone })} ${t("sentence.date.utc", { moment: utc.format(at) })}`
      }
      onChange={(moment) => onChange(moment === undefined ? [] : [moment])}
    />
  );
}
