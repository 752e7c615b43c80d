import { Check } from "lucide-react";
import type { ReactNode } from "react";
import {
  Menu as AriaMenu,
  Header,
  Keyboard,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { keysInWords } from "./key-hint.tsx";
import { itemClass, listClass, popoverClass } from "./select.tsx";

/** @public */
export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly description?: string;
  readonly isDanger?: boolean;
  readonly isSelected?: boolean;
  /** Why it cannot be done; it is shown instead of the description. */
  readonly unavailable?: string | undefined;
  readonly onPress: () => void;
}

interface MenuProps {
  /** A `Button` or `IconButton`. */
  readonly children: ReactNode;
  readonly label: string;
  /** Sections, with a line between. */
  readonly sections: readonly {
    readonly title?: string;
    readonly entries: readonly MenuEntry[];
  }[];
  readonly isAtEnd?: boolean;
}

export function Menu({ children, label, sections, isAtEnd = false }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover
        placement={isAtEnd ? "bottom end" : "bottom start"}
        offset={4}
        className={`${popoverClass} min-w-48`}
      >
        <AriaMenu aria-label={label} className={listClass}>
          {sections.flatMap(({ title, entries }) => [
            ...(entries === sections[0]?.entries
              ? []
              : [<Separator key={`before ${entries[0]?.id}`} className="my-1 h-px bg-line" />]),
            <MenuSection key={entries[0]?.id ?? ""} aria-label={title ?? label}>
              {title !== undefined && (
                <Header className="px-2 py-1 text-xs font-medium text-ink3">{title}</Header>
              )}
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </MenuSection>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const { id, label, icon, keys, isDanger, isSelected, unavailable, onPress } = entry;
  const words = unavailable ?? entry.description;
  return (
    <MenuItem
      id={id}
      textValue={label}
      isDisabled={unavailable !== undefined}
      onAction={onPress}
      className={`${itemClass} ${isDanger === true ? "text-danger" : ""}`}
    >
      {icon}
      <span className="flex-1">
        {label}
        {words !== undefined && <span className="block text-xs text-ink3">{words}</span>}
      </span>
      {isSelected === true && <Check size={14} className="text-link" aria-hidden />}
      {keys !== undefined && (
        <Keyboard className="font-mono text-[11px] text-ink3">{keysInWords(keys)}</Keyboard>
      )}
    </MenuItem>
  );
}
