import { type Results, resultsFrom } from "./results.ts";
import { remember, remembered } from "./storage.ts";

const prefix = "halyard:flags:";
/** Contexts whose values are kept at a time; more would fill what the site's pages share. */
const capacity = 5;

/** Where the values for a context are kept: a hash, so that the storage tells nobody's attributes. */
export function cacheKeyOf(id: string, encodedContext: string): string {
  const text = `${id}/${encodedContext}`;
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return `${prefix}${text.length}${hash}`;
}

/** The values kept last time, and when; what is not ours, or broken, is as if it were not there. */
export function readCache(key: string): { results: Results; at: number } | undefined {
  try {
    const [at, json] = JSON.parse(remembered(key) ?? "[]") as unknown[];
    return typeof at === "number" ? { results: resultsFrom(json), at } : undefined;
  } catch {
    return undefined; // Cut short or foreign: the network brings the values anew.
  }
}

export function writeCache(key: string, results: Results, at: number): void {
  try {
    const others = Object.keys(localStorage).filter(
      (name) => name.startsWith(prefix) && name !== key,
    );
    for (const other of others.slice(capacity - 1)) localStorage.removeItem(other);
    remember(key, JSON.stringify([at, Object.fromEntries(results)]));
  } catch {
    // Forbidden: nothing can be kept.
  }
}
