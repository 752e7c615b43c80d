import { useEffect, useSyncExternalStore } from "react";

let holders = 0;
const listeners = new Set<() => void>();

/** While it is shown the browser's tab says that something is not saved: by its title and its icon. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    hold(1);
    return () => hold(-1);
  }, [isUnsaved]);
}

export function useIsUnsaved(): boolean {
  return useSyncExternalStore(listen, () => holders > 0);
}

function hold(more: 1 | -1): void {
  holders += more;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon !== null) icon.href = holders > 0 ? "/favicon-unsaved.svg" : "/favicon.svg";
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
