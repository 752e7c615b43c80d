import { Search } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { KeyHint } from "../ui/key-hint.tsx";
import { type Command, useKnownCommands } from "./commands.ts";
import { useFlagCommands } from "./flag-commands.tsx";
import { noteUse, recentlyUsed } from "./recent.ts";
import { searchCommands } from "./search.ts";
import { t } from "./text.ts";

/** Everything by its name: pages and flags, what can be done, what can be asked. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="comes-in fixed inset-0 z-40 flex items-start justify-center bg-[rgb(8_15_24/0.5)] p-4 pt-[10vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-xl border border-line bg-raised shadow-float">
        <Dialog aria-label={t("palette.title")} className="outline-none">
          <Finder onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Finder({ onClose }: { readonly onClose: () => void }) {
  const known = useKnownCommands();
  const flags = useFlagCommands();
  const all = useMemo(() => [...known, ...flags], [known, flags]);
  const [typed, setTyped] = useState("");
  const [recent] = useState(recentlyUsed);
  const found = useMemo(() => searchCommands(all, typed, recent), [all, typed, recent]);
  const [isActing, setActing] = useState(false);
  function run(command: Command) {
    noteUse(command.id);
    onClose();
    if (isActing && command.act !== undefined) command.act();
    else command.run();
  }
  const noteModifier = (event: KeyboardEvent) => setActing(event.ctrlKey || event.metaKey);
  return (
    <div onKeyDownCapture={noteModifier} onKeyUpCapture={noteModifier}>
      <Autocomplete inputValue={typed} onInputChange={setTyped} disableAutoFocusFirst={false}>
        <SearchField
          aria-label={t("palette.title")}
          autoFocus
          className="flex items-center gap-2 border-b border-line px-3"
        >
          <Search size={16} className="text-ink3" aria-hidden />
          <Input
            placeholder={t("palette.placeholder")}
            className="h-12 w-full bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
          tabIndex={0}
          aria-label={t("palette.found")}
          className="max-h-[50vh] overflow-y-auto"
        >
          <Menu
            aria-label={t("palette.title")}
            className="p-1 outline-none"
            renderEmptyState={() => <p className="p-3 text-ink2">{t("palette.none", { typed })}</p>}
          >
            {found.map(({ section, commands }) => (
              <MenuSection key={section} aria-label={t(`palette.${section}`)}>
                <Header className="px-2 pt-2 pb-1 text-xs font-medium text-ink3">
                  {t(`palette.${section}`)}
                </Header>
                {commands.map((command) => (
                  <Entry key={command.id} command={command} onRun={() => run(command)} />
                ))}
              </MenuSection>
            ))}
          </Menu>
        </section>
      </Autocomplete>
      <div className="flex gap-4 border-t border-line px-3 py-2 text-xs text-ink3">
        <span className="flex items-center gap-1">
          <KeyHint keys="enter" /> {t("palette.enter")}
        </span>
        <span className="flex items-center gap-1">
          <KeyHint keys="escape" /> {t("palette.escape")}
        </span>
      </div>
    </div>
  );
}

function Entry({ command, onRun }: { readonly command: Command; readonly onRun: () => void }) {
  return (
    <MenuItem
      id={command.id}
      textValue={command.label}
      onAction={onRun}
      className="flex min-h-9 items-center gap-2.5 rounded px-2 outline-none data-focused:bg-chosen pointer-coarse:min-h-11"
    >
      <span className="text-ink3">{command.icon}</span>
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.hint !== undefined && command.hint !== "" && (
        <span translate="no" className="truncate font-mono text-xs text-ink3">
          {command.hint}
        </span>
      )}
      {command.keys?.split(" ").map((key) => (
        <KeyHint key={key} keys={key} />
      ))}
    </MenuItem>
  );
}
