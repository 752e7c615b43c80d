import { Check, ChevronDown, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
  Button as AriaButton,
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  SearchField,
} from "react-aria-components";
import { Popover } from "./popover.tsx";
import { itemClass } from "./select.tsx";
import { t } from "./text.ts";

interface Pick {
  readonly id: string;
  /** What is shown and found. */
  readonly label: string;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  /** The label is data and not a text of ours. */
  readonly isName?: boolean;
}

export interface PickGroup {
  readonly label?: string;
  readonly picks: readonly Pick[];
}

interface PickListProps {
  /** What is chosen here. */
  readonly label: string;
  readonly groups: readonly PickGroup[];
  readonly selected: readonly string[];
  readonly onPick: (id: string) => void;
  /** Offers what was typed though nothing is it, in these words. */
  readonly other?: (typed: string) => string;
  /** What is said where there is nothing to choose. */
  readonly empty?: string;
  readonly placeholder?: string;
  /** Told what is typed, where the choices come from elsewhere. */
  readonly onType?: (typed: string) => void;
}

const shownAtMost = 200;

/** One or several of many, found by typing: arrows move, Enter picks. */
export function PickList(props: PickListProps) {
  const { label, groups, selected, other, onType } = props;
  const [typed, setTyped] = useState("");
  // A list that is opened again at once is the same list: it begins with all there is.
  const onPick = (id: string) => {
    setTyped("");
    props.onPick(id);
  };
  const wanted = typed.trim().toLowerCase();
  const found = groups
    .map((group) => ({ ...group, picks: group.picks.filter((pick) => fits(pick, wanted)) }))
    .filter(({ picks }) => picks.length > 0);
  const isNew =
    other !== undefined &&
    wanted !== "" &&
    groups.every(({ picks }) => picks.every(({ id }) => id !== typed.trim()));
  return (
    <Autocomplete
      inputValue={typed}
      onInputChange={(text) => {
        setTyped(text);
        onType?.(text);
      }}
      disableAutoFocusFirst={false}
    >
      <SearchField
        aria-label={label}
        autoFocus
        className="flex items-center gap-2 border-b border-line px-2.5"
      >
        <Search size={14} className="shrink-0 text-ink3" aria-hidden />
        <Input
          placeholder={props.placeholder ?? label}
          className="h-9 w-full min-w-0 bg-transparent outline-none pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        tabIndex={0}
        aria-label={label}
        className="max-h-72 overflow-y-auto outline-none"
      >
        <Menu
          aria-label={label}
          className="p-1 outline-none"
          renderEmptyState={() => (
            <p className="p-2 text-[13px] text-ink3">
              {wanted === "" ? (props.empty ?? t("kit.noMatch")) : t("kit.noMatch")}
            </p>
          )}
        >
          {found.map(({ label: name, picks }) => (
            <MenuSection key={name ?? ""} aria-label={name ?? label}>
              {name !== undefined && (
                <Header className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink3">{name}</Header>
              )}
              {picks.slice(0, shownAtMost).map((pick) => (
                <Entry
                  key={pick.id}
                  pick={pick}
                  isSelected={selected.includes(pick.id)}
                  onPick={() => onPick(pick.id)}
                />
              ))}
            </MenuSection>
          ))}
          {isNew && (
            <MenuItem
              id=" other"
              textValue={typed}
              onAction={() => onPick(typed.trim())}
              className={itemClass}
            >
              {other(typed.trim())}
            </MenuItem>
          )}
        </Menu>
      </section>
    </Autocomplete>
  );
}

function fits({ id, label }: Pick, wanted: string): boolean {
  return label.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted);
}

function Entry(props: {
  readonly pick: Pick;
  readonly isSelected: boolean;
  readonly onPick: () => void;
}) {
  const { id, label, description, icon, isName = false } = props.pick;
  return (
    <MenuItem id={id} textValue={label} onAction={props.onPick} className={itemClass}>
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate" {...(isName ? { translate: "no" as const } : {})}>
          {label}
        </span>
        {description !== undefined && (
          <span className="block truncate text-xs text-ink3">{description}</span>
        )}
      </span>
      {props.isSelected && <Check size={14} className="shrink-0 text-link" aria-hidden />}
    </MenuItem>
  );
}

/** How a word of a sentence looks that can be changed. */
const tokenClass =
  "inline-flex min-h-7 max-w-full items-center gap-1 rounded-md border border-line2/60 bg-surface px-2 font-medium text-ink data-hovered:border-line2 data-hovered:bg-chosen aria-expanded:border-link data-disabled:opacity-100 data-disabled:border-transparent data-disabled:px-0 pointer-coarse:min-h-11";

interface TokenProps {
  /** What it is, for those who do not see its place: "Attribute". Its content is said behind it. */
  readonly what: string;
  readonly children: ReactNode;
  readonly isDisabled?: boolean;
  /** There is nothing to read yet. */
  readonly isEmpty?: boolean;
  readonly isMono?: boolean;
  readonly takesFocus?: boolean;
}

/** A word of a sentence that opens something; it has to be in a `Popover`. */
export function TokenButton({ what, children, isDisabled = false, ...look }: TokenProps) {
  const empty = look.isEmpty === true ? "border-dashed text-link" : "";
  return (
    <AriaButton
      isDisabled={isDisabled}
      autoFocus={look.takesFocus === true}
      className={`${tokenClass} ${empty} ${look.isMono === true ? "font-mono text-[13px]" : ""}`}
    >
      <span className="sr-only">{what}: </span>
      <span className="min-w-0 truncate">{children}</span>
      {!isDisabled && <ChevronDown size={13} className="shrink-0 text-ink3" aria-hidden />}
    </AriaButton>
  );
}

interface PickTokenProps extends Omit<PickListProps, "selected"> {
  readonly children: ReactNode;
  readonly selected: string | undefined;
  readonly isDisabled?: boolean;
  readonly isEmpty?: boolean;
  readonly isMono?: boolean;
}

/** A word of a sentence that is one of many. */
export function PickToken(props: PickTokenProps) {
  const { children, selected, isDisabled, isEmpty, isMono, onPick, ...list } = props;
  const look = {
    ...(isDisabled === undefined ? {} : { isDisabled }),
    ...(isEmpty === undefined ? {} : { isEmpty }),
    ...(isMono === undefined ? {} : { isMono }),
  };
  return (
    <Popover
      label={list.label}
      isBare
      button={
        <TokenButton what={list.label} {...look}>
          {children}
        </TokenButton>
      }
    >
      {(close) => (
        <div className="w-72 max-w-full">
          <PickList
            {...list}
            selected={selected === undefined ? [] : [selected]}
            onPick={(id) => {
              close();
              onPick(id);
            }}
          />
        </div>
      )}
    </Popover>
  );
}
