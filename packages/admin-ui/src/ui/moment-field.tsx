import { useId } from "react";
import { type FieldProps, inputClass } from "./field.tsx";

interface MomentFieldProps extends FieldProps {
  /** Unix milliseconds. */
  readonly value: number | undefined;
  readonly onChange: (at: number | undefined) => void;
  readonly min?: number;
}

const minuteMs = 60_000;

/** A date and time in the local time zone, to the minute, by the browser's own picker. */
export function MomentField(props: MomentFieldProps) {
  const { label, value, onChange, min, description, error, isLabelHidden = false } = props;
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "text-[13px] font-medium"}>
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        value={value === undefined ? "" : localInput(value)}
        min={min === undefined ? undefined : localInput(min)}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-words`}
        onChange={(event) => onChange(momentOfInput(event.target.value))}
        className={`${inputClass} tabular-nums`}
      />
      <p
        id={`${id}-words`}
        className={`text-xs ${error === undefined ? "text-ink3" : "text-danger"}`}
      >
        {error ?? description}
      </p>
    </div>
  );
}

/** `2026-11-25T14:30` in the local time zone, as such a field holds it. */
function localInput(at: number): string {
  const offsetMs = new Date(at).getTimezoneOffset() * minuteMs;
  return new Date(at - offsetMs).toISOString().slice(0, 16);
}

function momentOfInput(typed: string): number | undefined {
  const at = new Date(typed).getTime();
  return Number.isNaN(at) ? undefined : at;
}
