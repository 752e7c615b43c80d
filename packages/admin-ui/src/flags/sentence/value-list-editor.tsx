import type { Json } from "@halyard/evaluation";
import { useState } from "react";
import { formatNumber } from "../../text/format.ts";
import { type Accepted, ChipsField } from "../../ui/chips-field.tsx";
import { Select } from "../../ui/select.tsx";
import { comparedBy } from "./operator.ts";
import { type SeenValue, useSeenValues } from "./seen.ts";
import { t } from "./text.ts";
import { isVersion, parseNumber, shownValue, typeOfValues, type ValueType } from "./values.ts";
import type { ValuesProps } from "./values-props.ts";

const types = [
  { id: "text", label: t("sentence.values.type.text") },
  { id: "number", label: t("sentence.values.type.number") },
  { id: "boolean", label: t("sentence.values.type.boolean") },
] as const satisfies readonly { id: ValueType; label: string }[];

const chipsAtMost = 200;

/** Values one by one or pasted, with those beside that contexts have here. */
export function ValueListEditor({ condition, seenIn, onChange }: ValuesProps) {
  const { contextKind = "user", attribute, op, values } = condition;
  const compared = comparedBy(op);
  const seen = useSeenValues(seenIn, { kind: contextKind, attribute });
  const [chosen, setChosen] = useState<ValueType>();
  const samples = seen.map(({ value }) => value);
  const type =
    compared === "number"
      ? "number"
      : compared === "any"
        ? (chosen ?? typeOfValues(values, samples))
        : "text";
  const ids = values.map((value) => JSON.stringify(value));
  const toggle = (value: Json) => {
    const id = JSON.stringify(value);
    onChange(
      ids.includes(id) ? values.filter((one) => JSON.stringify(one) !== id) : [...values, value],
    );
  };
  return (
    <div className="space-y-2">
      <ChipsField
        isFocusedFirst
        label={t("sentence.values")}
        description={t("sentence.values.paste")}
        values={ids}
        shownAtMost={chipsAtMost}
        accept={(typed) => accepted(typed, { type, isVersion: compared === "version" })}
        render={(id) => <Value id={id} type={type} />}
        onChange={(next) => onChange(next.map(valueOfId))}
      />
      {compared === "any" && (
        <Select
          label={t("sentence.values.type")}
          choices={types}
          value={type}
          onChange={setChosen}
          className="max-w-40"
        />
      )}
      <SeenValues seen={type === "boolean" ? truths(seen) : seen} ids={ids} onToggle={toggle} />
    </div>
  );
}

function valueOfId(id: string): Json {
  return JSON.parse(id) as Json; // Made by JSON.stringify above.
}

function accepted(
  typed: string,
  { type, isVersion: isOfVersions }: { readonly type: ValueType; readonly isVersion: boolean },
): Accepted {
  if (isOfVersions && !isVersion(typed))
    return { problem: t("sentence.values.notVersion", { value: typed }) };
  if (type === "text") return { value: JSON.stringify(typed) };
  const value = type === "number" ? parseNumber(typed) : truthOf(typed);
  return value === undefined
    ? { problem: t("sentence.values.notNumber", { value: typed }) }
    : { value: JSON.stringify(value) };
}

function truthOf(typed: string): boolean | undefined {
  if (typed.toLowerCase() === "true") return true;
  return typed.toLowerCase() === "false" ? false : undefined;
}

/** Where texts and numbers could be mistaken for each other, it says which of them a value is. */
function Value({ id, type }: { readonly id: string; readonly type: ValueType }) {
  const value = valueOfId(id);
  const looksOtherwise = typeof value === "string" && parseNumber(value) !== undefined;
  return looksOtherwise && type === "text"
    ? t("sentence.values.asText.words", { value })
    : shownValue(value);
}

interface SeenValuesProps {
  readonly seen: readonly SeenValue[];
  readonly ids: readonly string[];
  readonly onToggle: (value: Json) => void;
}

const offeredAtMost = 24;

/** What contexts have there: a press takes it, another leaves it. */
function SeenValues({ seen, ids, onToggle }: SeenValuesProps) {
  if (seen.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">{t("sentence.values.seen")}</legend>
      <div className="flex max-h-40 flex-wrap gap-1 overflow-y-auto p-0.5">
        {seen.slice(0, offeredAtMost).map(({ value, count }) => {
          const id = JSON.stringify(value);
          return (
            <button
              key={id}
              type="button"
              aria-pressed={ids.includes(id)}
              onClick={() => onToggle(value)}
              className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-md border border-line px-1.5 hover:border-line2 aria-pressed:border-link aria-pressed:bg-infobg pointer-coarse:min-h-11"
            >
              <span translate="no" className="truncate font-mono text-[12.5px]">
                {shownValue(value)}
              </span>
              {count > 0 && <span className="text-xs text-ink3">{formatNumber(count)}</span>}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

/** Both truths are offered, whatever is seen. */
function truths(seen: readonly SeenValue[]): readonly SeenValue[] {
  return [true, false].map((value) => ({
    value,
    count: seen.find((one) => one.value === value)?.count ?? 0,
  }));
}
