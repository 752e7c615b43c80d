/** The list somebody was last on, as far as it was fetched. */
interface Listed {
  /** What was asked for, as the list's address has it. */
  readonly parameters: string;
  /** How many flags there are in all. */
  readonly count: number;
  /** Keys by the place of their first in the list, which is a multiple of the size of a piece. */
  readonly pieces: Readonly<Record<string, readonly string[]>>;
}

const nameOf = (project: string) => `halyard.listed.${project}`;

/** Of this tab alone: another one may show another list. */
export function keepListed(project: string, listed: Listed): void {
  sessionStorage.setItem(nameOf(project), JSON.stringify(listed));
}

export function readListed(project: string): Listed | undefined {
  const text = sessionStorage.getItem(nameOf(project));
  return text === null ? undefined : (JSON.parse(text) as Listed); // Written by the line above.
}

/** The place of a flag in the list, from 0. */
export function placeIn({ pieces }: Pick<Listed, "pieces">, key: string): number | undefined {
  for (const [from, keys] of Object.entries(pieces)) {
    const at = keys.indexOf(key);
    if (at !== -1) return Number(from) + at;
  }
  return undefined;
}

/** The flag at a place, where that has been fetched. */
export function keyAt({ pieces }: Pick<Listed, "pieces">, place: number): string | undefined {
  for (const [from, keys] of Object.entries(pieces)) {
    const key = keys[place - Number(from)];
    if (key !== undefined) return key;
  }
  return undefined;
}
