import type { Command, Section } from "./commands.ts";

export interface Found {
  readonly section: Section;
  readonly commands: readonly Command[];
}

const mostShown = 40;
const prefixes = [">", "@", "#", "/"] as const;

/** What matches, best first within its section; with nothing typed what was used last. */
export function searchCommands(
  all: readonly Command[],
  typed: string,
  recent: readonly string[],
): readonly Found[] {
  const prefix = prefixes.find((one) => typed.startsWith(one));
  const wanted = (prefix === undefined ? typed : typed.slice(1)).trim().toLowerCase();
  const among = prefix === undefined ? all : all.filter((one) => prefixOf(one) === prefix);
  if (wanted === "" && prefix === undefined) return grouped(untyped(all, recent));
  const scored = among
    .map((command) => ({ command, score: wanted === "" ? 1 : scoreOf(command, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostShown);
  return grouped(scored.map(({ command }) => [command.section, command]));
}

function untyped(all: readonly Command[], recent: readonly string[]): readonly Entry[] {
  const used = recent.flatMap((id) => all.find((command) => command.id === id) ?? []);
  const rest = all.filter((one) => !used.includes(one)).slice(0, mostShown);
  return [
    ...used.map((command): Entry => ["recent", command]),
    ...rest.map((command): Entry => [command.section, command]),
  ];
}

type Entry = readonly [section: Section, command: Command];
const order: readonly Section[] = ["page", "recent", "go", "do", "ask"];

function grouped(entries: readonly Entry[]): readonly Found[] {
  return order
    .map((section) => ({
      section,
      commands: entries.filter(([of]) => of === section).map(([, command]) => command),
    }))
    .filter(({ commands }) => commands.length > 0);
}

function prefixOf({ prefix, section }: Command): string {
  return prefix ?? (section === "go" ? "/" : ">");
}

function scoreOf(command: Command, wanted: string): number {
  const texts = [command.label, command.hint ?? "", ...(command.words ?? [])];
  return Math.max(...texts.map((text, at) => fuzzyScore(text.toLowerCase(), wanted) - at * 0.01));
}

/** 0 is no match: each letter has to come, in order. Begins, words and unbroken runs count more. */
export function fuzzyScore(text: string, wanted: string): number {
  if (text === wanted) return 10;
  if (text.startsWith(wanted)) return 8 - text.length / 1_000;
  if (new RegExp(`[\\s_.-]${escaped(wanted)}`, "u").test(text)) return 6 - text.length / 1_000;
  if (text.includes(wanted)) return 5 - text.length / 1_000;
  let at = -1;
  let gaps = 0;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return 0;
    gaps += at === -1 ? 0 : next - at - 1;
    at = next;
  }
  // Letters that are all over the place are chance.
  return gaps > wanted.length * 2 ? 0 : 2 / (1 + gaps);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&");
}
