import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Button,
  FieldError,
  Group,
  Input,
  Label,
  Text,
} from "react-aria-components";
import { KeyHint } from "./key-hint.tsx";
import { t } from "./text.ts";

export const inputClass =
  "h-8 w-full min-w-0 rounded-md border border-line2 bg-surface px-2 text-ink data-invalid:border-danger data-disabled:opacity-60 pointer-coarse:h-11 pointer-coarse:text-base";

/** What all fields have: a label, perhaps words below, and what is wrong with the value. */
export interface FieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  /** What is wrong, and what to do. */
  readonly error?: string | undefined;
  /** The label is for screen readers alone, where the place says what it is. */
  readonly isLabelHidden?: boolean;
}

export function FieldLabel({ label, isHidden }: { label: string; isHidden?: boolean | undefined }) {
  return (
    <Label className={isHidden === true ? "sr-only" : "text-[13px] font-medium text-ink"}>
      {label}
    </Label>
  );
}

export function FieldWords({ description, error }: Pick<FieldProps, "description" | "error">) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="text-xs text-ink3">
          {description}
        </Text>
      )}
      <FieldError className="text-xs text-danger">{error}</FieldError>
    </>
  );
}

const column = "flex min-w-0 flex-col gap-1";

interface TextFieldProps
  extends FieldProps,
    Omit<AriaTextFieldProps, "children" | "className" | "style"> {
  readonly placeholder?: string;
  readonly isMono?: boolean;
  /** Of a `<datalist>` with what is offered while typing. */
  readonly suggestionsId?: string;
  readonly className?: string;
}

export function TextField(props: TextFieldProps) {
  const {
    label,
    description,
    error,
    isLabelHidden,
    placeholder,
    isMono,
    className,
    suggestionsId,
    ...rest
  } = props;
  return (
    <AriaTextField {...rest} {...invalidity(error)} className={`${column} ${className ?? ""}`}>
      <FieldLabel label={label} isHidden={isLabelHidden} />
      <Input
        {...given({ placeholder, list: suggestionsId })}
        className={`${inputClass} ${isMono === true ? "font-mono text-[13px]" : ""}`}
      />
      <FieldWords description={description} error={error} />
    </AriaTextField>
  );
}

export function TextArea(props: TextFieldProps & { readonly rows?: number }) {
  const {
    label,
    description,
    error,
    isLabelHidden,
    placeholder,
    isMono,
    className,
    rows,
    ...rest
  } = props;
  return (
    <AriaTextField {...rest} {...invalidity(error)} className={`${column} ${className ?? ""}`}>
      <FieldLabel label={label} isHidden={isLabelHidden} />
      <AriaTextArea
        {...given({ placeholder })}
        rows={rows ?? 3}
        className={`${inputClass} h-auto resize-y py-1.5 ${isMono === true ? "font-mono text-[13px]" : ""}`}
      />
      <FieldWords description={description} error={error} />
    </AriaTextField>
  );
}

interface NumberFieldProps
  extends FieldProps,
    Omit<AriaNumberFieldProps, "children" | "className" | "style"> {
  readonly className?: string;
}

export function NumberField(props: NumberFieldProps) {
  const { label, description, error, isLabelHidden, className, ...rest } = props;
  const step = "grid h-3.5 w-6 place-items-center text-ink3 data-hovered:text-ink";
  return (
    <AriaNumberField {...rest} {...invalidity(error)} className={`${column} ${className ?? ""}`}>
      <FieldLabel label={label} isHidden={isLabelHidden} />
      <Group className="flex items-center rounded-md border border-line2 bg-surface data-focus-within:outline-2 data-focus-within:outline-offset-2 data-focus-within:outline-link">
        <Input className="h-7.5 w-full min-w-0 bg-transparent px-2 tabular-nums outline-none pointer-coarse:h-11" />
        <span className="flex flex-col">
          <Button slot="increment" className={step}>
            <ChevronUp size={12} aria-hidden />
          </Button>
          <Button slot="decrement" className={step}>
            <ChevronDown size={12} aria-hidden />
          </Button>
        </span>
      </Group>
      <FieldWords description={description} error={error} />
    </AriaNumberField>
  );
}

interface SearchFieldProps extends Omit<AriaSearchFieldProps, "children" | "className" | "style"> {
  readonly label: string;
  readonly placeholder?: string;
  readonly keys?: string;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Its label is for screen readers: the glass and the placeholder say it to all others. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, keys, className, inputRef, ...rest } = props;
  return (
    <AriaSearchField
      {...rest}
      aria-label={label}
      className={`group relative flex items-center ${className ?? ""}`}
    >
      <Search size={14} className="pointer-events-none absolute left-2 text-ink3" aria-hidden />
      <Input
        {...given({ placeholder })}
        ref={inputRef}
        className={`${inputClass} px-7 [&::-webkit-search-cancel-button]:hidden`}
      />
      <Button className="absolute right-1 grid size-6 place-items-center rounded text-ink3 group-data-empty:hidden data-hovered:text-ink">
        <X size={14} aria-label={t("kit.clear")} />
      </Button>
      {keys !== undefined && (
        <span className="absolute right-2 hidden text-ink3 group-data-empty:block">
          <KeyHint keys={keys} />
        </span>
      )}
    </AriaSearchField>
  );
}

/** With `exactOptionalPropertyTypes` an absent property has to be left out. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function invalidity(error: string | undefined): { isInvalid?: boolean } {
  return error === undefined ? {} : { isInvalid: true };
}
