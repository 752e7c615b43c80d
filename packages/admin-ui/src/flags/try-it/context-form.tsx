import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useSeenAttributes } from "../sentence/seen.ts";
import { writeObject } from "./context-text.ts";
import { contextOf, type FormPart, type FormRow, partsOf } from "./form-parts.ts";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";

const nobody: readonly FormPart[] = [{ kind: "user", key: "", rows: [] }];

/** The context in fields: what is typed here is written as the text, and the other way round. */
export function ContextForm() {
  const { text, setText, typed } = useTrying();
  // A row without a name is in no text, so that the form keeps what it has written itself.
  const [form, setForm] = useState({ text: "", parts: nobody });
  const isOther = form.text !== text && "json" in typed;
  const parts = isOther ? partsOf(typed.json) : form.parts;
  function change(index: number, part: FormPart) {
    const next = parts.map((one, at) => (at === index ? part : one));
    const written = writeObject(contextOf(next));
    setForm({ text: written, parts: next });
    setText(written);
  }
  return (
    <div className="space-y-3">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its kind may be typed anew; its place is what it is known by.
        <Part key={index} part={part} onChange={(next) => change(index, next)} />
      ))}
    </div>
  );
}

interface PartProps {
  readonly part: FormPart;
  readonly onChange: (part: FormPart) => void;
}

function Part({ part, onChange }: PartProps) {
  const { place } = useDraftDesk();
  const { attributesOf } = useSeenAttributes(place);
  const id = useId();
  const { kind, key, rows } = part;
  const taken = new Set(["key", ...rows.map(({ name }) => name)]);
  const names = attributesOf(kind).filter(({ name }) => !taken.has(name));
  const setRow = (index: number, more: Partial<FormRow>) =>
    onChange({ ...part, rows: rows.map((row, at) => (at === index ? { ...row, ...more } : row)) });
  return (
    <fieldset className="space-y-2">
      <legend className="sr-only">{t("try.form.kind", { kind })}</legend>
      <div className="grid grid-cols-2 gap-2">
        <TextField
          label={t("try.form.kindOf")}
          value={kind}
          isMono
          onChange={(typed) => onChange({ ...part, kind: typed })}
        />
        <TextField
          label={t("try.form.key")}
          value={key}
          isMono
          onChange={(typed) => onChange({ ...part, key: typed })}
        />
      </div>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place; its name is what is typed.
        <div key={index} className="grid grid-cols-[1fr_1fr_auto] items-center gap-2">
          <TextField
            label={t("try.form.name", { at: index + 1 })}
            isLabelHidden
            value={row.name}
            isMono
            suggestionsId={id}
            autoFocus={row.name === "" && row.value === ""}
            onChange={(name) => setRow(index, { name })}
          />
          <TextField
            label={t("try.form.value", { at: index + 1 })}
            isLabelHidden
            value={row.value}
            isMono
            onChange={(value) => setRow(index, { value })}
          />
          <IconButton
            label={t("try.form.remove", { at: index + 1 })}
            onPress={() => onChange({ ...part, rows: rows.toSpliced(index, 1) })}
          >
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      <datalist id={id}>
        {names.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button
        look="quiet"
        className="h-7 px-2"
        icon={<Plus size={14} aria-hidden />}
        onPress={() => onChange({ ...part, rows: [...rows, { name: "", value: "" }] })}
      >
        {t("try.form.add")}
      </Button>
    </fieldset>
  );
}
