import { Pause, Play } from "lucide-react";
import { useMemo } from "react";
import type { NamedFlag } from "../palette/flag-names.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { formatCompact } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { SearchField } from "../ui/field.tsx";
import { ComboBox, Select } from "../ui/select.tsx";
import type { TailCardProps } from "./tail-card-props.ts";
import { t } from "./text.ts";
import type { useTail } from "./use-tail.ts";

interface TailControlsProps extends TailCardProps {
  readonly live: ReturnType<typeof useTail>;
  /** Evaluations a second. */
  readonly rate: number;
  readonly flags: readonly NamedFlag[];
  readonly hidesKeys: boolean;
  readonly onHidesKeys: (hides: boolean) => void;
}

const every = "";

export function TailControls(props: TailControlsProps) {
  const { environment, environments, flag = every, flags, typed, live, onChange } = props;
  const { isPaused, pause, waiting } = live;
  // The card is drawn anew each second, and there may be thousands of flags.
  const choices = useMemo(
    () => [
      { id: every, label: t("tail.flag.every") },
      ...flags.map(({ key, name }) => ({ id: key, label: name, description: key })),
    ],
    [flags],
  );
  useShortcut("p", t(isPaused ? "tail.resume" : "tail.pause"), () => pause(!isPaused));
  return (
    <div className="flex flex-wrap items-center gap-2 p-3">
      <Select
        label={t("tail.environment")}
        isLabelHidden
        areNames
        value={environment.key}
        choices={environments.map(({ key, name }) => ({ id: key, label: name }))}
        onChange={(env) => onChange({ env })}
        className="w-40 max-sm:w-full"
      />
      <ComboBox
        label={t("tail.flag")}
        isLabelHidden
        areNames
        value={flag}
        choices={choices}
        onChange={(key) => onChange({ flag: key })}
        className="w-52 max-sm:w-full"
      />
      <SearchField
        label={t("tail.filter")}
        placeholder={t("tail.filter.placeholder")}
        value={typed}
        onChange={(q) => onChange({ q })}
        className="w-56 max-sm:w-full"
      />
      <Checkbox isSelected={props.hidesKeys} onChange={props.onHidesKeys}>
        {t("tail.hideKeys")}
      </Checkbox>
      <span className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
        <span className="text-[13px] whitespace-nowrap text-ink2 tabular-nums">
          {isPaused
            ? t("tail.paused", { count: waiting })
            : t("tail.rate", { rate: formatCompact(props.rate) })}
        </span>
        <Button look="quiet" onPress={live.clear} isDisabled={live.tail.lines.length === 0}>
          {t("tail.clear")}
        </Button>
        <Button
          keys="p"
          look={isPaused ? "primary" : "secondary"}
          icon={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          onPress={() => pause(!isPaused)}
        >
          {t(isPaused ? "tail.resume" : "tail.pause")}
        </Button>
      </span>
    </div>
  );
}
