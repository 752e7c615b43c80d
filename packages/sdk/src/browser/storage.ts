/** What a page keeps between visits. A browser that forbids it, or has no room, costs the memory only. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // Some browsers throw at the very name; the client works without.
  }
}

export function remember(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    // As above: full, or forbidden.
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on pages without TLS. */
export function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** The name of a visitor without one, which stays in the browser: so they get the same next time. */
export function anonymousKey(known: Map<string, string>, kind: string): string {
  const place = `halyard:key:${kind}`;
  const key = remembered(place) ?? known.get(kind) ?? randomId();
  known.set(kind, key);
  remember(place, key);
  return key;
}
