import { useId } from "react";
import { Checkbox } from "../ui/choice.tsx";

interface OfListProps {
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly isDisabled?: boolean;
}

/** Any of a few names. */
export function OfList({ label, choices, chosen, onChange, isDisabled = false }: OfListProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as the fields beside it.
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1">
      <span id={id} className="text-[13px] font-medium">
        {label}
      </span>
      <div className="grid max-h-48 gap-x-4 overflow-y-auto rounded-md border border-line p-2 sm:grid-cols-2">
        {choices.map((choice) => (
          <Checkbox
            key={choice.id}
            isSelected={chosen.includes(choice.id)}
            isDisabled={isDisabled}
            onChange={(isChosen) =>
              onChange(
                isChosen ? [...chosen, choice.id] : chosen.filter((one) => one !== choice.id),
              )
            }
          >
            <span translate="no" className="min-w-0 truncate">
              {choice.name}
            </span>
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
