import { useState } from "react";

const storageKey = "halyard.announcements.dismissed";

/** The announcements that somebody has put away in this browser, and how to put another away. */
export function useDismissed(): readonly [readonly string[], (id: string) => void] {
  const [ids, setIds] = useState(read);
  const dismiss = (id: string) => {
    // A hundred are more than are ever active at once.
    const kept = [...ids, id].slice(-100);
    setIds(kept);
    localStorage.setItem(storageKey, JSON.stringify(kept));
  };
  return [ids, dismiss];
}

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return []; // Not ours: as if nothing was put away.
  }
}
