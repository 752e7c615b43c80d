import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import type { FlagKind, TypedVariation, VariationProblem } from "./new-flag.ts";
import { t } from "./text.ts";

interface VariationRowsProps {
  readonly kind: FlagKind;
  readonly variations: readonly TypedVariation[];
  /** In the order of the variations; shown when something was sent. */
  readonly problems: readonly (VariationProblem | undefined)[];
  readonly onChange: (variations: readonly TypedVariation[]) => void;
}

/** A variation a row: its colour, its value, its name. */
export function VariationRows({ kind, variations, problems, onChange }: VariationRowsProps) {
  const change = (at: number, part: Partial<TypedVariation>) =>
    onChange(variations.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const nextId = Math.max(-1, ...variations.map(({ id }) => id)) + 1;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-[13px] font-medium">{t("create.variations")}</legend>
      <ol className="space-y-2">
        {variations.map((variation, at) => (
          <VariationRow
            key={variation.id}
            kind={kind}
            number={at + 1}
            variation={variation}
            problem={problems[at]}
            isRemovable={kind !== "boolean" && variations.length > 2}
            onChange={(part) => change(at, part)}
            onRemove={() => onChange(variations.filter((one) => one !== variation))}
          />
        ))}
      </ol>
      {kind !== "boolean" && (
        <Button
          look="quiet"
          icon={<Plus size={14} aria-hidden />}
          className="mt-2 -ml-2"
          onPress={() => onChange([...variations, { id: nextId, value: "", name: "" }])}
        >
          {t("create.variation.add")}
        </Button>
      )}
    </fieldset>
  );
}

function VariationRow(props: {
  readonly kind: FlagKind;
  readonly number: number;
  readonly variation: TypedVariation;
  readonly problem: VariationProblem | undefined;
  readonly isRemovable: boolean;
  readonly onChange: (part: Partial<TypedVariation>) => void;
  readonly onRemove: () => void;
}) {
  const { kind, number, variation, problem, onChange } = props;
  const { value } = variation;
  const Value = kind === "json" ? TextArea : TextField;
  return (
    <li className="flex items-start gap-2">
      <span className="grid h-8 w-4 shrink-0 place-items-center pointer-coarse:h-11">
        <Swatch index={number - 1} />
      </span>
      <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-2">
        <Value
          label={t("create.variation.value", { number })}
          isLabelHidden
          placeholder={t("create.variation.valuePlaceholder")}
          value={value}
          onChange={(typed) => onChange({ value: typed })}
          isReadOnly={kind === "boolean"}
          error={problem === undefined ? undefined : t(`create.variation.${problem}`, { value })}
          isMono
          {...(kind === "json" ? { rows: 2 } : {})}
          {...(kind === "number" ? { inputMode: "decimal" as const } : {})}
        />
        <TextField
          label={t("create.variation.name", { number })}
          isLabelHidden
          placeholder={t("create.variation.namePlaceholder")}
          value={variation.name}
          onChange={(name) => onChange({ name })}
        />
      </div>
      {props.isRemovable && (
        <IconButton label={t("create.variation.remove", { number })} onPress={props.onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}
