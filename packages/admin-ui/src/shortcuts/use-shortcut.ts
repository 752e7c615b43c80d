import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { type Shortcut, Shortcuts } from "./shortcuts.ts";

const ShortcutsContext = createContext(new Shortcuts());

export function useShortcuts(): Shortcuts {
  return useContext(ShortcutsContext);
}

/** Lets the keys act while the component is shown: `useShortcut("c", t("flag.create"), create)`. */
export function useShortcut(
  keys: string,
  label: string,
  action: () => void,
  isEnabled = true,
): void {
  const shortcuts = useShortcuts();
  const act = useEffectEvent(action);
  useEffect(
    () => (isEnabled ? shortcuts.add({ keys, label, action: () => act() }) : undefined),
    [shortcuts, keys, label, isEnabled],
  );
}

/** The keys of this page, for the list that `?` shows. */
export function useKnownShortcuts(): readonly Shortcut[] {
  const shortcuts = useShortcuts();
  return useSyncExternalStore(shortcuts.subscribe, shortcuts.list);
}
