import { RE2JS } from "re2js";

/** What a `matches` clause asks; said here, so that nobody needs the library's types to read ours. */
export interface Pattern {
  matcher(text: string): { find(): boolean };
}

/** A pattern made ready, or undefined where it is not one. It takes linear time, whatever it is. */
export function compilePattern(pattern: unknown): Pattern | undefined {
  if (typeof pattern !== "string") return undefined;
  try {
    return RE2JS.compile(pattern);
  } catch {
    // The protocol's answer to a pattern that is none: it never matches.
    return undefined;
  }
}

/** Why a pattern is refused; undefined where it is accepted. */
export function problemOfPattern(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
