import { useSyncExternalStore } from "react";

const known = new Map<string, ReadonlySet<string>>();
const listeners = new Set<() => void>();
const place = (project: string) => `halyard.stars.${project}`;

/** The keys of the flags that somebody starred, in this browser. */
export function useStars(project: string): ReadonlySet<string> {
  return useSyncExternalStore(listen, () => stars(project));
}

export function toggleStar(project: string, key: string): void {
  const starred = new Set(stars(project));
  if (!starred.delete(key)) starred.add(key);
  known.set(project, starred);
  localStorage.setItem(place(project), JSON.stringify([...starred]));
  for (const listener of listeners) listener();
}

function stars(project: string): ReadonlySet<string> {
  const inMemory = known.get(project);
  if (inMemory !== undefined) return inMemory;
  const kept = localStorage.getItem(place(project));
  // Written above alone.
  const starred = new Set(kept === null ? [] : (JSON.parse(kept) as string[]));
  known.set(project, starred);
  return starred;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
