import { memo } from "react";
import { Swatch } from "../../ui/swatch.tsx";
import { Switch } from "../../ui/switch.tsx";
import type { ListedFlag } from "./listed-flag.ts";
import { servingOf, soleVariation } from "./serving.ts";
import { Sparkline } from "./sparkline.tsx";
import { t } from "./text.ts";
import type { Activity } from "./use-flag-rows.ts";
import { type ListedEnvironment, namesOf } from "./use-flag-switches.ts";

interface EnvironmentCellProps {
  readonly flag: ListedFlag;
  readonly environment: ListedEnvironment;
  readonly isBusy: boolean;
  readonly activity: Activity | undefined;
  /** The name of the environment on the left, where it serves the flag otherwise. */
  readonly differsFrom: string | undefined;
  readonly unavailable: string | undefined;
  readonly onSwitch: (flag: ListedFlag, environment: ListedEnvironment) => void;
}

/** A flag in an environment: its switch, what it serves, how often it is asked for. */
export const EnvironmentCell = memo(function EnvironmentCell(props: EnvironmentCellProps) {
  const { flag, environment, isBusy, activity, differsFrom, onSwitch } = props;
  const configuration = flag.environments?.[environment.key];
  if (configuration === undefined) return null;
  const isSaving = isBusy && environment.critical;
  const words = servingOf(flag, configuration);
  const sole = soleVariation(configuration);
  return (
    <div className="relative flex items-center gap-2">
      {differsFrom !== undefined && (
        <span
          title={t("list.cell.differs", { environment: differsFrom })}
          className="absolute -left-4.5 grid size-3.5 place-items-center rounded-full bg-surface text-xs leading-none font-semibold text-ink3"
        >
          <span aria-hidden="true">≠</span>
          <span className="sr-only">{t("list.cell.differs", { environment: differsFrom })}</span>
        </span>
      )}
      <Switch
        isOn={configuration.on}
        isBusy={isBusy}
        label={t("list.switch.label", namesOf({ flag, environment }))}
        unavailable={flag.archived ? t("list.archived") : props.unavailable}
        onPress={() => onSwitch(flag, environment)}
      />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5 in-data-compact:flex-row in-data-compact:items-center">
        <span
          title={words}
          className={`flex min-w-0 flex-1 items-center gap-1.5 text-[13px] leading-4.5 ${configuration.on ? "text-ink" : "text-ink3"}`}
        >
          {configuration.on && !isSaving && sole !== undefined && <Swatch index={sole} />}
          <span className="truncate">{isSaving ? t("list.cell.saving") : words}</span>
        </span>
        {activity !== undefined && <Sparkline activity={activity} />}
      </span>
    </div>
  );
});
