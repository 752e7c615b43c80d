import { SlidersHorizontal } from "lucide-react";
import type { Environment } from "../../api/representations.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, RadioGroup } from "../../ui/choice.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Select } from "../../ui/select.tsx";
import { type ListPreferences, optionalColumns } from "./preferences.ts";
import { type FlagSort, flagSorts } from "./search.ts";
import { t } from "./text.ts";

interface DisplayMenuProps {
  readonly preferences: ListPreferences;
  readonly onChange: (changed: Partial<ListPreferences>) => void;
  readonly environments: readonly Environment[];
  readonly sort: FlagSort;
  readonly onSort: (sort: FlagSort) => void;
}

/** Order, height of rows and columns. */
export function DisplayMenu(props: DisplayMenuProps) {
  const { preferences, onChange, environments, sort, onSort } = props;
  const { columns, hidden, density } = preferences;
  const toggled = <T,>(list: readonly T[], one: T, isIn: boolean): readonly T[] =>
    isIn ? [...list, one] : list.filter((other) => other !== one);
  return (
    <Popover
      label={t("display.label")}
      isAtEnd
      button={
        <Button icon={<SlidersHorizontal size={14} aria-hidden />}>{t("display.button")}</Button>
      }
    >
      <div className="flex w-64 max-w-full flex-col gap-4">
        <Select
          label={t("display.sort")}
          choices={flagSorts.map((id) => ({ id, label: t(`display.sort.${id}`) }))}
          value={sort}
          onChange={onSort}
        />
        <div className="max-md:hidden">
          <RadioGroup
            label={t("display.density")}
            isHorizontal
            choices={[
              { id: "cosy", label: t("display.density.cosy") },
              { id: "compact", label: t("display.density.compact") },
            ]}
            value={density}
            onChange={(chosen) => onChange({ density: chosen })}
          />
        </div>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-[13px] font-medium">{t("display.columns")}</legend>
          {environments.map(({ key, name }) => (
            <Checkbox
              key={key}
              isSelected={!hidden.includes(key)}
              onChange={(isShown) => onChange({ hidden: toggled(hidden, key, !isShown) })}
            >
              <span translate="no">{name}</span>
            </Checkbox>
          ))}
          {optionalColumns.map((column) => (
            <Checkbox
              key={column}
              className="max-md:hidden"
              isSelected={columns.includes(column)}
              onChange={(isShown) =>
                onChange({
                  columns: optionalColumns.filter((one) =>
                    toggled(columns, column, isShown).includes(one),
                  ),
                })
              }
            >
              {t(`list.column.${column}`)}
            </Checkbox>
          ))}
        </fieldset>
      </div>
    </Popover>
  );
}
