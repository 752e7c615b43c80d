export const flagKinds = ["string", "boolean", "number", "JSON"] as const;
export type FlagKind = (typeof flagKinds)[number];

export interface ValueError {
  readonly error: string;
}

/** What was typed as variations of a kind, or what is wrong with it. */
export function variationsFrom(kind: FlagKind, typed: readonly string[]): object[] | ValueError {
  if (kind === "boolean") return [{ value: true }, { value: false }];
  if (new Set(typed).size < typed.length)
    return { error: "Two variations are the same; make them differ." };
  if (kind === "string") return typed.map((value) => ({ value, name: value }));
  const variations: object[] = [];
  for (const text of typed) {
    const value = parsed(text);
    if (value === undefined || (kind === "number" && typeof value !== "number")) {
      return {
        error: `${text} is no ${kind}; write it as ${kind === "number" ? "digits" : "JSON"}.`,
      };
    }
    variations.push({ value });
  }
  return variations;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The caller says what is wrong, with the text.
  }
}
