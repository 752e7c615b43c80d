import type { RE2JS } from "re2js";

// In the UI this stands in the place of the evaluation's module of the same name (vite.config.ts): what
// reads regular expressions is larger than all the rest of the evaluation, and few flags have one.

let engine: typeof RE2JS | undefined;
let coming: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Fetches what reads patterns, once. */
export function loadPatterns(): Promise<void> {
  coming ??= import("re2js").then(({ RE2JS: loaded }) => {
    engine = loaded;
    for (const listener of listeners) listener();
  });
  return coming;
}

/** Whether a pattern has been met that could not be read yet, so that an answer may be wrong until it can. */
export function isPatternAwaited(): boolean {
  return coming !== undefined && engine === undefined;
}

export function arePatternsReady(): boolean {
  return engine !== undefined;
}

/** Hears as soon as patterns can be read. */
export function onPatterns(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

interface Pattern {
  matcher(text: string): { find(): boolean };
}

/** A pattern made ready as soon as it can be; until then it matches nothing. */
export function compilePattern(pattern: unknown): Pattern | undefined {
  if (typeof pattern !== "string") return undefined;
  if (engine !== undefined) return compiled(pattern);
  void loadPatterns();
  let ready: Pattern | undefined;
  return {
    matcher(text) {
      ready ??= compiled(pattern);
      return ready?.matcher(text) ?? { find: () => false };
    },
  };
}

function compiled(pattern: string): Pattern | undefined {
  try {
    return engine?.compile(pattern);
  } catch {
    return undefined; // What is no pattern never matches.
  }
}

/** Why a pattern is refused; undefined where it is accepted. What cannot be read yet is left to the server. */
export function problemOfPattern(pattern: string): string | undefined {
  if (engine === undefined) void loadPatterns();
  try {
    engine?.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
