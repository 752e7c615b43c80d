import { TextField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { Swatch } from "../ui/swatch.tsx";
import type { FlagDefaults } from "./flag-defaults.ts";
import { t } from "./text.ts";

type BooleanDefaults = FlagDefaults["booleanDefaults"];

interface BooleanFieldsProps {
  readonly defaults: BooleanDefaults;
  readonly onChange: (defaults: BooleanDefaults) => void;
}

const rows = [
  { value: "true", index: 0, name: "trueDisplayName", description: "trueDescription" },
  { value: "false", index: 1, name: "falseDisplayName", description: "falseDescription" },
] as const;

/** How true and false are called, and which is served. */
export function BooleanFields({ defaults, onChange }: BooleanFieldsProps) {
  const choices = rows.map(({ value, index, name }) => ({
    id: value,
    label: defaults[name] === "" ? value : `${defaults[name]} (${value})`,
    icon: <Swatch index={index} />,
  }));
  const placeOf = (value: "true" | "false") => (value === "true" ? 0 : 1);
  return (
    <div className="space-y-4">
      <p className="text-[13px] text-ink2">{t("defaults.boolean.words")}</p>
      <ul className="space-y-3">
        {rows.map(({ value, index, name, description }) => (
          <li key={value} className="flex items-start gap-3">
            <span className="flex h-8 w-16 shrink-0 items-center gap-2 font-mono text-[13px] pointer-coarse:h-11">
              <Swatch index={index} />
              <span translate="no">{value}</span>
            </span>
            <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2">
              <TextField
                label={t("defaults.name", { value })}
                isLabelHidden
                placeholder={t("defaults.name.placeholder")}
                value={defaults[name]}
                onChange={(typed) => onChange({ ...defaults, [name]: typed })}
              />
              <TextField
                label={t("defaults.description", { value })}
                isLabelHidden
                placeholder={t("defaults.description.placeholder")}
                value={defaults[description]}
                onChange={(typed) => onChange({ ...defaults, [description]: typed })}
              />
            </div>
          </li>
        ))}
      </ul>
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t("defaults.on")}
          areNames
          choices={choices}
          value={rows[defaults.onVariation].value}
          onChange={(value) => onChange({ ...defaults, onVariation: placeOf(value) })}
        />
        <Select
          label={t("defaults.off")}
          areNames
          choices={choices}
          value={rows[defaults.offVariation].value}
          onChange={(value) => onChange({ ...defaults, offVariation: placeOf(value) })}
        />
      </div>
    </div>
  );
}
