import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react";

const sections = ["page", "recent", "go", "do", "ask"] as const;
export type Section = (typeof sections)[number];

/** Something that the palette finds. */
export interface Command {
  /** Known by it among the recently used; unique. */
  readonly id: string;
  /** `page` is for what acts on the thing that is shown, before all others. */
  readonly section: Exclude<Section, "recent">;
  readonly label: string;
  /** A key, or where it leads. */
  readonly hint?: string;
  /** Found by these too. */
  readonly words?: readonly string[];
  /** `>` do, `@` people, `#` tags, `/` pages; what `section` says where it is left out. */
  readonly prefix?: ">" | "@" | "#" | "/";
  readonly icon?: ReactNode;
  readonly keys?: string;
  readonly run: () => void;
  /** Done on Ctrl Enter; `run` where it is left out. */
  readonly act?: () => void;
}

class Commands {
  #sources: readonly (readonly Command[])[] = [];
  #all: readonly Command[] = [];
  readonly #listeners = new Set<() => void>();

  add(commands: readonly Command[]): () => void {
    this.#set([...this.#sources, commands]);
    return () => this.#set(this.#sources.filter((one) => one !== commands));
  }

  readonly list = (): readonly Command[] => this.#all;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(sources: readonly (readonly Command[])[]): void {
    this.#sources = sources;
    this.#all = sources.flat();
    for (const listener of this.#listeners) listener();
  }
}

const CommandsContext = createContext(new Commands());

/** Puts commands into the palette while the component is shown. The list has to be kept by `useMemo`. */
export function useCommands(commands: readonly Command[]): void {
  const known = useContext(CommandsContext);
  useEffect(() => known.add(commands), [known, commands]);
}

export function useKnownCommands(): readonly Command[] {
  const known = useContext(CommandsContext);
  return useSyncExternalStore(known.subscribe, known.list);
}
