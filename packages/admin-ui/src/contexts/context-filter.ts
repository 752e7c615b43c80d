type Raw = Readonly<Record<string, unknown>>;

/** What contexts are searched for; the address holds it. */
export interface ContextSearch {
  readonly env?: string;
  /** What the key has in it. */
  readonly q?: string;
  readonly kind?: string;
  readonly attribute?: string;
  /** The value of the attribute, as JSON. */
  readonly value?: string;
}

const names = ["env", "q", "kind", "attribute", "value"] as const;

export function contextSearch(raw: Raw): ContextSearch {
  const given = names.flatMap((name) => {
    const value = raw[name];
    // A router reads `?value=3` as a number; JSON it is again.
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return value === undefined || text === "" ? [] : [[name, text] as const];
  });
  return Object.fromEntries(given);
}

/** The filter in the language of the search: what is not asked for is left out. */
export function filterOf({ q = "", kind, attribute, value }: ContextSearch): string {
  const quoted = (text: string) => JSON.stringify(text);
  const name = attribute === undefined ? undefined : `${kind ?? "*"}.${attribute}`;
  return [
    ...(q.trim() === "" ? [] : [`key contains ${quoted(q.trim())}`]),
    ...(kind === undefined ? [] : [`kind equals ${quoted(kind)}`]),
    ...(name === undefined
      ? []
      : [value === undefined ? `${name} exists true` : `${name} equals ${value}`]),
  ].join(",");
}

/** Whether anything is asked for but the environment. */
export function isFiltered({ q, kind, attribute }: ContextSearch): boolean {
  return q !== undefined || kind !== undefined || attribute !== undefined;
}
