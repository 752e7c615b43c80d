import { X } from "lucide-react";
import {
  type ClipboardEvent,
  type FocusEvent,
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
  /** What a typed text is as a value, or what is wrong with it; the text itself where it is left out. */
  readonly accept?: (typed: string) => Accepted;
  /** Chips beyond so many are not drawn: what is typed finds them. */
  readonly shownAtMost?: number;
  /** More that can be done with a value, inside its chip. */
  readonly chipAction?: (value: string) => ReactNode;
  readonly className?: string;
  /** Takes the focus when a dialog with it opens. */
  readonly isFocusedFirst?: boolean;
}

export type Accepted = { readonly value: string } | { readonly problem: string };

/** Several values: Enter or a comma adds one, a paste adds many, Backspace in the empty field removes the last. */
export function ChipsField(props: ChipsFieldProps) {
  const { label, description, values, isDisabled = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const typing = useTyping(props);
  const { typed } = typing;
  const shown = shownOf(values, { typed, atMost: props.shownAtMost ?? Number.POSITIVE_INFINITY });
  const error = props.error ?? typing.problem;
  function remove(value: string) {
    props.onChange(values.filter((one) => one !== value));
    typing.type("");
    input.current?.focus();
  }
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${props.className ?? ""}`}>
      <label
        htmlFor={id}
        className={props.isLabelHidden === true ? "sr-only" : "text-[13px] font-medium"}
      >
        {label}
      </label>
      <div className="flex max-h-64 min-h-8 flex-wrap items-center gap-1 overflow-y-auto rounded-md border border-line2 bg-surface p-1 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-link">
        <Chips
          values={shown}
          onRemove={isDisabled ? undefined : remove}
          render={props.render}
          action={props.chipAction}
        />
        {shown.length < values.length && (
          <span className="px-1 text-xs text-ink2">
            {t("kit.chips.shown", { shown: shown.length, count: values.length })}
          </span>
        )}
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
          onChange={(event) => typing.type(event.target.value)}
          onKeyDown={typing.press}
          onPaste={typing.paste}
          onBlur={(event) => leaves(event) && typing.commit()}
          className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none"
        />
      </div>
      <Suggestions id={`${id}-list`} values={props.suggestions} />
      <p
        id={`${id}-words`}
        className={`text-xs ${error === undefined ? "text-ink3" : "text-danger"}`}
      >
        {error ?? description}
      </p>
      <span role="status" className="sr-only">
        {typing.said}
      </span>
    </div>
  );
}

/** Whether the focus goes elsewhere than to the chips beside: those would be gone with what is typed. */
function leaves({ currentTarget, relatedTarget }: FocusEvent<HTMLInputElement>): boolean {
  return currentTarget.parentElement?.contains(relatedTarget) !== true;
}

/** What is being typed, and how it becomes values. */
function useTyping({ values, onChange, accept }: ChipsFieldProps) {
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<string>();
  function add(texts: readonly string[]) {
    const accepted = texts.map((text) => accept?.(text.trim()) ?? { value: text });
    const [refused] = accepted.flatMap((one) => ("problem" in one ? [one.problem] : []));
    setProblem(refused);
    if (refused !== undefined && texts.length === 1) return;
    const taken = accepted.flatMap((one) => ("value" in one ? [one.value] : []));
    const all = addedTo(values, taken);
    setTyped("");
    if (all.length === values.length) return;
    setSaid(t("kit.pasted", { count: all.length - values.length }));
    onChange(all);
  }
  return {
    typed,
    said,
    problem,
    type: (text: string) => {
      setTyped(text);
      setProblem(undefined);
    },
    press: (event: KeyboardEvent) => {
      if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
        event.preventDefault();
        add([typed]);
      } else if (event.key === "Backspace" && typed === "" && values.length > 0) {
        onChange(values.slice(0, -1));
      }
    },
    paste: (event: ClipboardEvent) => {
      const many = splitValues(event.clipboardData.getData("text"));
      if (many.length < 2) return;
      event.preventDefault();
      add(many);
    },
    commit: () => typed.trim() !== "" && add([typed]),
  };
}

function Suggestions({
  id,
  values,
}: {
  readonly id: string;
  readonly values: readonly string[] | undefined;
}) {
  if (values === undefined) return null;
  return (
    <datalist id={id}>
      {values.map((one) => (
        <option key={one} value={one} />
      ))}
    </datalist>
  );
}

/** Those that are drawn: where there are too many, the ones that hold what is typed. */
function shownOf(
  values: readonly string[],
  { typed, atMost }: { readonly typed: string; readonly atMost: number },
): readonly string[] {
  if (values.length <= atMost) return values;
  const wanted = typed.trim().toLowerCase();
  return values.filter((value) => value.toLowerCase().includes(wanted)).slice(0, atMost);
}

interface ChipsProps {
  readonly values: readonly string[];
  readonly onRemove?: ((value: string) => void) | undefined;
  readonly render?: ((value: string) => ReactNode) | undefined;
  readonly action?: ((value: string) => ReactNode) | undefined;
}

/** Values as they stand in a sentence. @public */
export function Chips({ values, onRemove, render, action }: ChipsProps) {
  return values.map((value) => (
    <span
      key={value}
      translate="no"
      className="inline-flex h-6 max-w-full items-center gap-1 rounded bg-sunken px-1.5 font-mono text-[12.5px] text-ink"
    >
      <span className="truncate">{render?.(value) ?? value}</span>
      {action?.(value)}
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
