import { type Choice, Select } from "../ui/select.tsx";

const every = "every";
export const filterWidth = "w-38 max-xl:w-auto max-md:grow max-md:basis-[45%]";

interface FilterSelectProps<Id extends string> {
  readonly label: string;
  /** What is said where nothing is chosen. */
  readonly anyLabel: string;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id | undefined;
  readonly onChange: (value: Id | undefined) => void;
  readonly areNames?: boolean;
}

/** One of a few, or any; the place says what it is about. */
export function FilterSelect<Id extends string>(props: FilterSelectProps<Id>) {
  const { label, anyLabel, choices, value, onChange, areNames = false } = props;
  return (
    <Select<Id | typeof every>
      label={label}
      isLabelHidden
      areNames={areNames}
      choices={[{ id: every, label: anyLabel }, ...choices]}
      value={choices.some(({ id }) => id === value) ? value : every}
      onChange={(chosen) => onChange(choices.find(({ id }) => id === chosen)?.id)}
      className={filterWidth}
    />
  );
}
