import { type RefObject, useEffect, useState } from "react";
import type { Environment } from "../api/representations.ts";
import { Button } from "../ui/button.tsx";
import { SearchField, TextField } from "../ui/field.tsx";
import { nameOfPerson, usePeople } from "./audit-queries.ts";
import {
  type AuditScope,
  type AuditSearch,
  auditDoors,
  auditKinds,
  auditSpans,
  isFiltered,
} from "./audit-search.ts";
import { FilterSelect, filterWidth } from "./filter-select.tsx";
import { t } from "./text.ts";

interface AuditFiltersProps {
  readonly scope: AuditScope;
  readonly search: AuditSearch;
  readonly onChange: (search: AuditSearch) => void;
  readonly environments: readonly Environment[];
  readonly input: RefObject<HTMLInputElement | null>;
}

const actions = [
  "updateOn",
  "updateRules",
  "updateTargets",
  "updateFallthrough",
  "updateOffVariation",
  "updatePrerequisites",
  "updateFlagVariations",
  "updateTags",
  "createFlag",
  "updateGlobalArchived",
  "createApprovalRequest",
  "deleteFlag",
] as const;

type Set = (
  change: {
    readonly [Name in keyof AuditSearch]: AuditSearch[Name] | undefined;
  },
) => void;

/** What of the log is shown; all of it stands in the address. */
export function AuditFilters(props: AuditFiltersProps) {
  const { scope, search, onChange, environments, input } = props;
  const people = usePeople();
  /** The search with some of it set anew; what is undefined goes. */
  const set: Set = (change) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined),
      ),
    );
  return (
    <search className="mb-4 flex flex-wrap items-end gap-2 md:max-xl:grid md:max-xl:grid-cols-3">
      <Words value={search.q ?? ""} onChange={(q) => set({ q: given(q) })} input={input} />
      {scope.flag === undefined && <Kind search={search} set={set} />}
      {(scope.flag !== undefined || search.kind === "flag") && (
        <FilterSelect
          label={t("audit.action")}
          anyLabel={t("audit.action.any")}
          choices={actions.map((id) => ({ id, label: t(`audit.action.${id}`) }))}
          value={actions.find((id) => id === search.action)}
          onChange={(action) => set({ action })}
        />
      )}
      {environments.length > 1 && (
        <FilterSelect
          label={t("audit.environment")}
          anyLabel={t("audit.environment.any")}
          areNames
          choices={environments.map(({ key, name }) => ({ id: key, label: name }))}
          value={search.in}
          onChange={(chosen) => set({ in: chosen })}
        />
      )}
      {people.length > 0 && (
        <FilterSelect
          label={t("audit.who")}
          anyLabel={t("audit.who.any")}
          areNames
          choices={people.map((person) => ({ id: person._id, label: nameOfPerson(person) }))}
          value={search.who}
          onChange={(who) => set({ who })}
        />
      )}
      <FilterSelect
        label={t("audit.door")}
        anyLabel={t("audit.door.any")}
        choices={auditDoors.map((id) => ({ id, label: t(`audit.door.${id}`) }))}
        value={search.door}
        onChange={(door) => set({ door })}
      />
      <When search={search} set={set} />
      {isFiltered(search) && (
        <Button look="quiet" onPress={() => onChange({})}>
          {t("audit.clear")}
        </Button>
      )}
    </search>
  );
}

function given(text: string): string | undefined {
  return text === "" ? undefined : text;
}

interface PartProps {
  readonly search: AuditSearch;
  readonly set: Set;
}

/** Of what kind the changed thing is, and its key. */
function Kind({ search, set }: PartProps) {
  const { kind, key = "", action } = search;
  return (
    <>
      <FilterSelect
        label={t("audit.kind")}
        anyLabel={t("audit.kind.any")}
        choices={auditKinds.map((id) => ({ id, label: t(`audit.kind.${id}`) }))}
        value={kind}
        onChange={(chosen) =>
          set({ kind: chosen, key: undefined, action: chosen === "flag" ? action : undefined })
        }
      />
      {(kind === "flag" || kind === "segment") && (
        <Key value={key} onChange={(typed) => set({ key: given(typed) })} />
      )}
    </>
  );
}

const typingMs = 250;

/** Text that is asked for once nobody types for a moment. */
function useTyped(value: string, onChange: (value: string) => void) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), typingMs);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return [typed, setTyped] as const;
}

interface TypedProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Words({
  value,
  onChange,
  input,
}: TypedProps & { readonly input: RefObject<HTMLInputElement | null> }) {
  const [typed, setTyped] = useTyped(value, onChange);
  return (
    <SearchField
      label={t("audit.search")}
      placeholder={t("audit.search.placeholder")}
      keys="/"
      inputRef={input}
      value={typed}
      onChange={setTyped}
      className="min-w-0 max-md:basis-full xl:min-w-56 xl:flex-1"
    />
  );
}

function Key({ value, onChange }: TypedProps) {
  const [typed, setTyped] = useTyped(value, onChange);
  return (
    <TextField
      label={t("audit.key")}
      isLabelHidden
      isMono
      placeholder={t("audit.key.placeholder")}
      value={typed}
      onChange={setTyped}
      className={filterWidth}
    />
  );
}

const chosenDays = "days";

function When({ search: { since, from, to }, set }: PartProps) {
  const isOfDays = from !== undefined || to !== undefined;
  return (
    <>
      <FilterSelect
        label={t("audit.since")}
        anyLabel={t("audit.since.any")}
        choices={[
          ...auditSpans.map((id) => ({ id, label: t(`audit.since.${id}`) })),
          { id: chosenDays, label: t("audit.since.days") },
        ]}
        value={isOfDays ? chosenDays : since}
        onChange={(span) =>
          set({
            since: span === chosenDays ? undefined : span,
            from: span === chosenDays ? dayOf(Date.now()) : undefined,
            to: undefined,
          })
        }
      />
      {isOfDays && (
        <>
          <Day label={t("audit.from")} value={from} onChange={(day) => set({ from: day })} />
          <Day label={t("audit.to")} value={to} onChange={(day) => set({ to: day })} />
        </>
      )}
    </>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}) {
  return (
    <TextField
      label={label}
      isLabelHidden
      type="date"
      value={value ?? ""}
      onChange={(day) => onChange(day === "" ? undefined : day)}
      className={filterWidth}
    />
  );
}

/** As `2026-11-25`, by the calendar here. */
function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
