import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  RadioGroup as AriaRadioGroup,
  Radio,
} from "react-aria-components";
import { FieldLabel, type FieldProps, FieldWords, invalidity } from "./field.tsx";

interface CheckboxProps extends Omit<AriaCheckboxProps, "children" | "className" | "style"> {
  /** Left out where `aria-label` says it, as in a row of a table. */
  readonly children?: ReactNode;
  readonly className?: string;
}

export function Checkbox({ children, className = "", ...props }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...props}
      className={`group flex min-h-6 items-center gap-2 data-disabled:opacity-60 pointer-coarse:min-h-11 ${className}`}
    >
      {({ isIndeterminate, isSelected }) => (
        <>
          <span className="grid size-4 shrink-0 place-items-center rounded border border-line2 bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-link group-data-indeterminate:border-primary group-data-indeterminate:bg-primary group-data-selected:border-primary group-data-selected:bg-primary">
            {isIndeterminate && <Minus size={12} strokeWidth={3} className="text-onprimary" />}
            {isSelected && !isIndeterminate && (
              <Check
                size={12}
                strokeWidth={3}
                className="text-onprimary forced-colors:text-[CanvasText]"
              />
            )}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}

interface RadioGroupProps<Id extends string> extends FieldProps {
  readonly choices: readonly {
    readonly id: Id;
    readonly label: string;
    readonly description?: string;
  }[];
  readonly value: Id | undefined;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  readonly isHorizontal?: boolean;
  readonly name?: string;
}

export function RadioGroup<Id extends string>(props: RadioGroupProps<Id>) {
  const { choices, value, label, description, error, isHorizontal = false } = props;
  function change(chosen: string) {
    const choice = choices.find(({ id }) => id === chosen);
    if (choice !== undefined) props.onChange(choice.id);
  }
  return (
    <AriaRadioGroup
      value={value ?? null}
      onChange={change}
      isDisabled={props.isDisabled ?? false}
      orientation={isHorizontal ? "horizontal" : "vertical"}
      {...(props.name === undefined ? {} : { name: props.name })}
      {...invalidity(error)}
      className="flex flex-col gap-1.5"
    >
      <FieldLabel label={label} isHidden={props.isLabelHidden} />
      <div className={isHorizontal ? "flex flex-wrap gap-4" : "flex flex-col gap-1"}>
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            className="group flex min-h-6 items-start gap-2 py-0.5 pointer-coarse:min-h-11"
          >
            <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line2 bg-surface group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-link group-data-selected:border-[5px] group-data-selected:border-primary" />
            <span>
              {choice.label}
              {choice.description !== undefined && (
                <span className="block text-xs text-ink3">{choice.description}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldWords description={description} error={error} />
    </AriaRadioGroup>
  );
}
