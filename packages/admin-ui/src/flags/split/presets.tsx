import { Button } from "../../ui/button.tsx";
import { t } from "./text.ts";

interface PresetsProps {
  /** The part that grows from the left: who has it keeps it. */
  readonly name: string;
  /** A share from 0 to 1. */
  readonly onPreset: (share: number) => void;
  readonly onEven: () => void;
  readonly onReset: (() => void) | undefined;
  /** Plans how it grows; absent where nothing can be planned. */
  readonly onRamp: (() => void) | undefined;
}

const percents = [1, 5, 10, 25, 50, 100] as const;

export function Presets({ name, onPreset, onEven, onReset, onRamp }: PresetsProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="float-left mr-2 text-[13px] text-ink2">
          {t.rich("split.presets", {
            name: (
              <span key="name" translate="no" className="font-medium text-ink">
                {name}
              </span>
            ),
          })}
        </legend>
        {percents.map((percent) => (
          <button
            key={percent}
            type="button"
            aria-label={t("split.preset", { name, percent })}
            onClick={() => onPreset(percent / 100)}
            className="h-7 min-w-9 rounded-md border border-line px-1.5 text-[13px] text-ink2 tabular-nums hover:border-line2 hover:text-ink pointer-coarse:h-11 pointer-coarse:min-w-11"
          >
            {percent}%
          </button>
        ))}
      </fieldset>
      <span className="flex gap-4">
        <Button look="link" onPress={onEven}>
          {t("split.even")}
        </Button>
        {onRamp !== undefined && (
          <Button look="quiet" className="h-7" onPress={onRamp}>
            {t("split.ramp")}
          </Button>
        )}
        {onReset !== undefined && (
          <Button look="link" onPress={onReset}>
            {t("split.reset")}
          </Button>
        )}
      </span>
    </div>
  );
}
