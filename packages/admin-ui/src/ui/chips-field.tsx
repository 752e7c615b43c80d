import { X } from "lucide-react";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
} from "react";
import { addedTo, splitValues } from "./chip-values.ts";
import type { FieldProps } from "./field.tsx";
import { t } from "./text.ts";

interface ChipsFieldProps extends FieldProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  /** What is offered while typing. */
  readonly suggestions?: readonly string[];
  /** How a value is shown in its chip. */
  readonly render?: (value: string) => ReactNode;
  readonly className?: string;
  /** Takes the focus when a dialog with it opens. */
  readonly isFocusedFirst?: boolean;
}

/** Several values: Enter or a comma adds one, a paste adds many, Backspace in the empty field removes the last. */
export function ChipsField(props: ChipsFieldProps) {
  const { label, description, error, values, onChange, isDisabled = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  function add(texts: readonly string[]) {
    const all = addedTo(values, texts);
    setTyped("");
    if (all.length === values.length) return;
    setSaid(t("kit.pasted", { count: all.length - values.length }));
    onChange(all);
  }
  function remove(value: string) {
    onChange(values.filter((one) => one !== value));
    input.current?.focus();
  }
  function press(event: KeyboardEvent) {
    if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
      event.preventDefault();
      add([typed]);
    } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
      onChange(values.slice(0, -1));
    }
  }
  function paste(event: ClipboardEvent) {
    const many = splitValues(event.clipboardData.getData("text"));
    if (many.length < 2) return;
    event.preventDefault();
    add(many);
  }
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${props.className ?? ""}`}>
      <label
        htmlFor={id}
        className={props.isLabelHidden === true ? "sr-only" : "text-[13px] font-medium"}
      >
        {label}
      </label>
      <div className="flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-line2 bg-surface p-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-link">
        <Chips values={values} onRemove={isDisabled ? undefined : remove} render={props.render} />
        <input
          ref={input}
          id={id}
          value={typed}
          disabled={isDisabled}
          // biome-ignore lint/a11y/noAutofocus: for the first field of a dialog that was asked for.
          autoFocus={props.isFocusedFirst}
          placeholder={values.length === 0 ? props.placeholder : undefined}
          list={props.suggestions === undefined ? undefined : `${id}-list`}
          autoComplete="off"
          aria-describedby={`${id}-words`}
          aria-invalid={error !== undefined}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => typed.trim() !== "" && add([typed])}
          className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none"
        />
      </div>
      {props.suggestions !== undefined && (
        <datalist id={`${id}-list`}>
          {props.suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <p
        id={`${id}-words`}
        className={`text-xs ${error === undefined ? "text-ink3" : "text-danger"}`}
      >
        {error ?? description}
      </p>
      <span role="status" className="sr-only">
        {said}
      </span>
    </div>
  );
}

interface ChipsProps {
  readonly values: readonly string[];
  readonly onRemove?: ((value: string) => void) | undefined;
  readonly render?: ((value: string) => ReactNode) | undefined;
}

/** Values as they stand in a sentence. @public */
export function Chips({ values, onRemove, render }: ChipsProps) {
  return values.map((value) => (
    <span
      key={value}
      translate="no"
      className="inline-flex h-6 max-w-full items-center gap-1 rounded bg-sunken px-1.5 font-mono text-[12.5px] text-ink"
    >
      <span className="truncate">{render?.(value) ?? value}</span>
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={t("kit.remove", { what: value })}
          onClick={() => onRemove(value)}
          className="-mr-1 grid size-6 place-items-center rounded text-ink3 hover:text-ink"
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  ));
}
