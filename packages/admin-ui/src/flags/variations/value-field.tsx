import { Button } from "../../ui/button.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { t } from "./text.ts";
import { textOfValue, type ValueKind, valueFrom } from "./value.ts";

interface ValueFieldProps {
  readonly kind: ValueKind;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly error: string | undefined;
}

/** A value of the flag's type; JSON says where it goes wrong, and can be laid out. */
export function ValueField({ kind, text, onChange, error }: ValueFieldProps) {
  const field = { label: t("dialog.value"), value: text, onChange, error, isMono: true } as const;
  if (kind === "number") return <TextField {...field} inputMode="decimal" autoComplete="off" />;
  if (kind === "boolean") return <TextField {...field} isReadOnly />;
  if (kind === "string")
    return <TextArea {...field} rows={Math.min(6, text.split("\n").length)} spellCheck="false" />;
  const parsed = valueFrom(text, kind);
  const laidOut = "value" in parsed ? textOfValue(parsed.value, kind) : text;
  return (
    <div className="relative">
      <TextArea
        {...field}
        rows={Math.max(4, Math.min(16, text.split("\n").length))}
        spellCheck="false"
      />
      <Button
        look="quiet"
        className="absolute -top-1.5 right-0 h-6 px-2 text-xs"
        isDisabled={laidOut === text}
        onPress={() => onChange(laidOut)}
      >
        {t("value.format")}
      </Button>
    </div>
  );
}
