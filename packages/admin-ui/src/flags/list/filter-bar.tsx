import { ListFilter, X } from "lucide-react";
import type { Ref } from "react";
import { formatList } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { SearchField } from "../../ui/field.tsx";
import { Menu } from "../../ui/menu.tsx";
import {
  type FilterField,
  type FilterProblem,
  type FlagFilter,
  withoutTerm,
  withTerm,
} from "./filter.ts";
import { t } from "./text.ts";

interface FilterBarProps {
  readonly text: string;
  readonly filter: FlagFilter;
  readonly onChange: (text: string) => void;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly tags: readonly string[];
}

/** The filter as text, and the common parts of it to choose from. */
export function FilterBar({ text, filter, onChange, inputRef, tags }: FilterBarProps) {
  const [problem] = filter.problems;
  const add = (field: FilterField, value: string) => onChange(withTerm(text, field, value));
  return (
    <div className="min-w-0 flex-1 max-md:basis-full">
      <div className="flex gap-2">
        <SearchField
          label={t("filter.label")}
          placeholder={t("filter.placeholder")}
          keys="/"
          inputRef={inputRef}
          value={text}
          onChange={onChange}
          spellCheck="false"
          autoComplete="off"
          isInvalid={problem !== undefined}
          className="min-w-0 flex-1"
        />
        <Menu label={t("filter.add.label")} sections={menuOf(add, tags)}>
          <Button icon={<ListFilter size={14} aria-hidden />}>{t("filter.add")}</Button>
        </Menu>
      </div>
      <p role="status" className="text-xs text-danger">
        {problem !== undefined && <span className="mt-1 block">{problemWords(problem)}</span>}
      </p>
    </div>
  );
}

/** What the text asks for, each part to be taken away by a press. */
export function FilterChips({
  text,
  filter,
  onChange,
}: Pick<FilterBarProps, "text" | "filter" | "onChange">) {
  if (filter.terms.length === 0) return null;
  return (
    <ul aria-label={t("filter.chips")} className="flex flex-wrap items-center gap-1.5">
      {filter.terms.map((term) => (
        <li
          key={term.text}
          className="inline-flex h-7 items-center gap-1 rounded-md border border-line bg-surface pl-2 text-[13px]"
        >
          <span translate="no">
            <span className="text-ink3">
              {term.isNegated ? "−" : ""}
              {term.field}:
            </span>
            <b className="font-medium">{term.value}</b>
          </span>
          <button
            type="button"
            aria-label={t("filter.remove", { filter: term.text })}
            onClick={() => onChange(withoutTerm(text, term))}
            className="grid size-6 place-items-center rounded text-ink3 hover:text-ink"
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button look="quiet" className="h-7" onPress={() => onChange("")}>
          {t("filter.clear")}
        </Button>
      </li>
    </ul>
  );
}

function problemWords(problem: FilterProblem): string {
  const { text } = problem;
  switch (problem.why) {
    case "unknownField":
      return problem.nearest === undefined
        ? t("filter.problem.unknownField", { text })
        : t("filter.problem.nearest", { text, nearest: problem.nearest });
    case "unknownValue":
      return t("filter.problem.unknownValue", { text, allowed: formatList(problem.allowed) });
    case "noDuration":
    case "notNegatable":
    case "twice":
      return t(`filter.problem.${problem.why}`, { text });
    default:
      return problem satisfies never;
  }
}

const shownTags = 8;

function menuOf(add: (field: FilterField, value: string) => void, tags: readonly string[]) {
  const entry = (field: FilterField, value: string, label: string) => ({
    id: `${field}:${value}`,
    label,
    onPress: () => add(field, value),
  });
  const sections = [
    {
      title: t("filter.on"),
      entries: [
        entry("on", "everywhere", t("filter.on.everywhere")),
        entry("on", "somewhere", t("filter.on.somewhere")),
        entry("on", "nowhere", t("filter.on.nowhere")),
      ],
    },
    {
      title: t("filter.evaluated"),
      entries: [
        entry("evaluated", "7d", t("filter.evaluated.7d")),
        entry("evaluated", "never", t("filter.evaluated.never")),
      ],
    },
    {
      title: t("filter.changed"),
      entries: [
        entry("changed", "1d", t("filter.changed.1d")),
        entry("changed", "7d", t("filter.changed.7d")),
      ],
    },
    {
      title: t("filter.type"),
      entries: [
        entry("type", "temporary", t("filter.type.temporary")),
        entry("type", "permanent", t("filter.type.permanent")),
      ],
    },
    {
      title: t("filter.state"),
      entries: [
        entry("state", "deprecated", t("filter.state.deprecated")),
        entry("state", "archived", t("filter.state.archived")),
      ],
    },
    {
      title: t("filter.maintainer"),
      entries: [
        entry("maintainer", "me", t("filter.maintainer.me")),
        entry("is", "starred", t("filter.is.starred")),
      ],
    },
    {
      title: t("filter.tag"),
      entries: tags.slice(0, shownTags).map((tag) => entry("tag", tag, tag)),
    },
  ];
  return sections.filter(({ entries }) => entries.length > 0);
}
