import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import type { Environment } from "../api/representations.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { type ContextSearch, isFiltered } from "./context-filter.ts";
import { useAttributeNames, useAttributeValues } from "./context-queries.ts";
import { shownJson } from "./individual.ts";
import { t } from "./text.ts";

interface ContextFiltersProps {
  readonly project: string;
  readonly environments: readonly Environment[];
  readonly environment: Environment;
  readonly search: ContextSearch;
  readonly onChange: (search: ContextSearch) => void;
  /** How many there are. */
  readonly children: ReactNode;
}

const every = " every";

/** Where and for what contexts are searched; what is offered has been seen there. */
export function ContextFilters(props: ContextFiltersProps) {
  const { project, environments, environment, search, onChange } = props;
  const { q = "", kind, attribute, value } = search;
  const offered = useOffered(project, environment.key, search);
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", t("context.filter"), () => input.current?.focus());
  const set = (next: Record<string, string | undefined>) => {
    const all = Object.entries({ ...search, ...next }).filter(([, one]) => one !== undefined);
    onChange(Object.fromEntries(all));
  };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      {environments.length > 1 && (
        <Select
          label={t("context.environment")}
          isLabelHidden
          areNames
          value={environment.key}
          choices={environments.map((one) => ({ id: one.key, label: one.name }))}
          onChange={(env) => set({ env })}
          className="w-44 max-sm:w-full"
        />
      )}
      <SearchField
        label={t("context.filter")}
        placeholder={t("context.filter.placeholder")}
        keys="/"
        inputRef={input}
        value={q}
        onChange={(typed) => set({ q: typed === "" ? undefined : typed })}
        className="w-64 max-sm:w-full"
      />
      <Choice
        label={t("context.filter.kind")}
        anyLabel={t("context.filter.anyKind")}
        choices={offered.kinds}
        value={kind}
        onChange={(next) => set({ kind: next })}
      />
      <Choice
        label={t("context.filter.attribute")}
        anyLabel={t("context.filter.anyAttribute")}
        choices={offered.attributes}
        value={attribute}
        onChange={(next) => set({ attribute: next, value: undefined })}
      />
      {attribute !== undefined && (
        <Choice
          label={t("context.filter.value")}
          anyLabel={t("context.filter.anyValue")}
          choices={offered.values}
          shown={(json) => shownJson(JSON.parse(json))}
          value={value}
          onChange={(next) => set({ value: next })}
        />
      )}
      {isFiltered(search) && (
        <Button
          look="quiet"
          icon={<X size={14} aria-hidden />}
          onPress={() => onChange({ env: environment.key })}
        >
          {t("context.filter.clear")}
        </Button>
      )}
      <p role="status" className="ml-auto text-[13px] text-ink2 tabular-nums">
        {props.children}
      </p>
    </div>
  );
}

/** What has been seen, and what is asked for though it has not. */
function useOffered(project: string, environment: string, search: ContextSearch) {
  const { kind, attribute, value } = search;
  const names = useAttributeNames(project, environment).data?.items ?? [];
  const values = useAttributeValues(project, environment, attribute).data?.items ?? [];
  const ofKind = (one: { readonly kind: string }) => kind === undefined || one.kind === kind;
  const asked = (one: string | undefined) => (one === undefined ? [] : [one]);
  const named = names.filter(ofKind).flatMap((one) => one.names.map(({ name }) => name));
  const seen = values.filter(ofKind).flatMap((one) => one.values.map(({ name }) => name));
  return {
    kinds: unique([...names.map((one) => one.kind), ...asked(kind)]),
    attributes: unique([...named, ...asked(attribute)]).filter((name) => name !== "key"),
    values: unique([...seen.map((one) => JSON.stringify(one)), ...asked(value)]),
  };
}

interface ChoiceProps {
  readonly label: string;
  readonly anyLabel: string;
  readonly choices: readonly string[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly shown?: (choice: string) => string;
}

function Choice({ label, anyLabel, choices, value, onChange, shown }: ChoiceProps) {
  return (
    <Select
      label={label}
      isLabelHidden
      {...(value === undefined ? {} : { areNames: true })}
      value={value ?? every}
      choices={[
        { id: every, label: anyLabel },
        ...choices.map((id) => ({ id, label: shown?.(id) ?? id })),
      ]}
      onChange={(id) => onChange(id === every ? undefined : id)}
      className="w-40 max-sm:w-[calc(50%-0.25rem)]"
    />
  );
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
