import { memo } from "react";
import type { Environment } from "../../api/representations.ts";
import { Swatch } from "../../ui/swatch.tsx";
import { Switch } from "../../ui/switch.tsx";
import type { ListedFlag } from "./listed-flag.ts";
import { servingOf, soleVariation } from "./serving.ts";
import { Sparkline } from "./sparkline.tsx";
import { t } from "./text.ts";
import type { Activity } from "./use-flag-rows.ts";
import { namesOf } from "./use-flag-switches.ts";

interface EnvironmentCellProps {
  readonly flag: ListedFlag;
  readonly environment: Environment;
  readonly isBusy: boolean;
  readonly activity: Activity | undefined;
  /** The name of the environment on the left, where it serves the flag otherwise. */
  readonly differsFrom: string | undefined;
  readonly unavailable: string | undefined;
  /** Somebody has changes here that are not saved. */
  readonly isDrafted: boolean;
  readonly onSwitch: (flag: ListedFlag, environment: Environment) => void;
}

/** A flag in an environment: its switch, what it serves, how often it is asked for. */
export const EnvironmentCell = memo(function EnvironmentCell(props: EnvironmentCellProps) {
  const { flag, environment, isBusy, activity, differsFrom, onSwitch } = props;
  const configuration = flag.environments?.[environment.key];
  if (configuration === undefined) return null;
  const isSaving = isBusy && environment.critical;
  const words = servingOf(flag, configuration);
  const sole = soleVariation(configuration);
  const isDrawn = activity !== undefined && activity.total > 0;
  return (
    <div className="relative flex items-center gap-2">
      {differsFrom !== undefined && (
        <span className="absolute -left-4.5">
          <DiffersMark from={differsFrom} />
        </span>
      )}
      <Switch
        isOn={configuration.on}
        isBusy={isBusy}
        label={t("list.switch.label", namesOf({ flag, environment }))}
        unavailable={flag.archived ? t("list.archived") : props.unavailable}
        onPress={() => onSwitch(flag, environment)}
      />
      <span
        className={`relative flex min-w-0 flex-1 items-center gap-2 text-[13px] leading-4.5 ${isDrawn ? "not-in-data-compact:mb-2.5" : ""}`}
      >
        <span
          title={words}
          className={`flex min-w-0 items-center gap-1.5 ${configuration.on ? "text-ink" : "text-ink3"}`}
        >
          {configuration.on && !isSaving && sole !== undefined && (
            <span className="shrink-0 md:max-lg:hidden">
              <Swatch index={sole} />
            </span>
          )}
          <span className="line-clamp-2 min-w-0 wrap-break-word in-data-compact:block in-data-compact:truncate">
            {isSaving ? t("list.cell.saving") : words}
          </span>
        </span>
        {props.isDrafted && (
          <span
            title={t("list.cell.draft")}
            className="size-2 shrink-0 rounded-full border border-line2 bg-signal forced-color-adjust-none"
          >
            <span className="sr-only">{t("list.cell.draft")}</span>
          </span>
        )}
        {activity !== undefined && <Sparkline activity={activity} />}
      </span>
    </div>
  );
});

/** Stands between two environments that serve a flag otherwise. */
export function DiffersMark({ from }: { readonly from: string }) {
  const words = t("list.cell.differs", { environment: from });
  return (
    <span
      title={words}
      className="grid size-3.5 place-items-center text-xs leading-none font-semibold text-ink3"
    >
      <span aria-hidden="true">≠</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
