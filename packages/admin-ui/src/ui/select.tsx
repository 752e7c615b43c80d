import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  Select as AriaSelect,
  Button,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import { FieldLabel, type FieldProps, FieldWords, inputClass, invalidity } from "./field.tsx";
import { t } from "./text.ts";

/** @public */
export interface Choice<Id extends string = string> {
  readonly id: Id;
  /** What is searched and shown. */
  readonly label: string;
  readonly description?: string;
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
}

interface SelectProps<Id extends string> extends FieldProps {
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | undefined;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  readonly placeholder?: string;
  /** The choices are data, such as names, and not texts of ours. */
  readonly areNames?: boolean;
  /** For forms that are sent. */
  readonly name?: string;
  readonly className?: string;
}

/** One of a few; with more than a dozen take a `ComboBox`. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { choices, value, onChange, label, description, error, isLabelHidden, className } = props;
  return (
    <AriaSelect
      value={value ?? null}
      onChange={(id) => pick(choices, id, onChange)}
      isDisabled={props.isDisabled ?? false}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      {...(props.name === undefined ? {} : { name: props.name })}
      {...invalidity(error)}
      className={`flex min-w-0 flex-col gap-1 ${className ?? ""}`}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} />
      <Button className={`${inputClass} flex items-center gap-2 text-left`}>
        <SelectValue
          {...(props.areNames === true ? { translate: "no" as const } : {})}
          className="flex min-w-0 flex-1 items-center gap-2 truncate data-placeholder:text-ink3 [&_[slot=description]]:hidden [&>span]:truncate"
        />
        <ChevronDown size={14} className="shrink-0 text-ink3" aria-hidden />
      </Button>
      <FieldWords description={description} error={error} />
      <Choices choices={choices} />
    </AriaSelect>
  );
}

interface ComboBoxProps<Id extends string> extends Omit<SelectProps<Id>, "name"> {
  readonly isMono?: boolean;
  /** Takes what was typed though no choice is it. */
  readonly onOther?: (typed: string) => void;
}

/** One of many, found by typing. */
export function ComboBox<Id extends string>(props: ComboBoxProps<Id>) {
  const { choices, value, onChange, onOther, label, description, error, isLabelHidden } = props;
  const isOther = value !== undefined && choices.every(({ id }) => id !== value);
  return (
    <AriaComboBox
      menuTrigger="focus"
      allowsEmptyCollection
      allowsCustomValue={onOther !== undefined}
      defaultItems={choices}
      value={isOther ? null : (value ?? null)}
      {...(isOther ? { defaultInputValue: value } : {})}
      onChange={(id) => pick(choices, id, onChange)}
      {...(onOther === undefined
        ? {}
        : { onInputChange: (typed: string) => typed !== "" && onOther(typed) })}
      isDisabled={props.isDisabled ?? false}
      {...invalidity(error)}
      className={`flex min-w-0 flex-col gap-1 ${props.className ?? ""}`}
    >
      <FieldLabel label={label} isHidden={isLabelHidden} />
      <div className="relative flex items-center">
        <Input
          {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
          className={`${inputClass} pr-7 ${props.isMono === true ? "font-mono text-[13px]" : ""}`}
        />
        <Button className="absolute right-1 grid size-6 place-items-center text-ink3">
          <ChevronDown size={14} aria-label={t("kit.showOptions")} />
        </Button>
      </div>
      <FieldWords description={description} error={error} />
      <Choices />
    </AriaComboBox>
  );
}

function pick<Id extends string>(
  choices: readonly Choice<Id>[],
  id: unknown,
  onChange: (id: Id) => void,
): void {
  const chosen = choices.find((choice) => choice.id === id);
  if (chosen !== undefined) onChange(chosen.id);
}

export const listClass = "max-h-72 overflow-auto p-1 outline-none";
export const itemClass =
  "flex min-h-8 items-center gap-2 rounded px-2 py-1 outline-none data-focused:bg-chosen data-disabled:opacity-50 pointer-coarse:min-h-11";
export const popoverClass =
  "comes-in rounded-lg border border-line bg-raised shadow-float forced-colors:border-2";

function Choices({ choices }: { readonly choices?: readonly Choice[] }) {
  return (
    <Popover offset={4} className={`${popoverClass} min-w-(--trigger-width)`}>
      <ListBox
        {...(choices === undefined ? {} : { items: choices })}
        renderEmptyState={() => <p className="p-2 text-[13px] text-ink3">{t("kit.noMatch")}</p>}
        className={listClass}
      >
        {(choice: Choice) => (
          <ListBoxItem
            id={choice.id}
            textValue={choice.label}
            isDisabled={choice.isDisabled ?? false}
            className={itemClass}
          >
            {({ isSelected }) => <ChoiceWords choice={choice} isSelected={isSelected} />}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}

function ChoiceWords({ choice, isSelected }: { choice: Choice; isSelected: boolean }) {
  return (
    <>
      {choice.icon}
      <span className="min-w-0 flex-1">
        {choice.label}
        {choice.description !== undefined && (
          <span slot="description" className="block text-xs text-ink3">
            {choice.description}
          </span>
        )}
      </span>
      {isSelected && <Check size={14} className="shrink-0 text-link" aria-hidden />}
    </>
  );
}
