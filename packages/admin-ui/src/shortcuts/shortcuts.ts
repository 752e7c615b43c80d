import { keysOf, takesLetters } from "./keys.ts";

export interface Shortcut {
  /** `mod+k`, `?`, or one after the other: `g f`. */
  readonly keys: string;
  /** What it does, as in "Go to flags". */
  readonly label: string;
  readonly action: () => void;
}

const place = "halyard.keys";
const patienceMs = 1_200;

/** The keys that act on the page that is shown. Who registers last goes first. */
export class Shortcuts {
  #known: readonly Shortcut[] = [];
  #begun = "";
  #forget: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  /** Gives back how to take it away. */
  add(shortcut: Shortcut): () => void {
    this.#set([shortcut, ...this.#known]);
    return () => this.#set(this.#known.filter((one) => one !== shortcut));
  }

  readonly list = (): readonly Shortcut[] => this.#known;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Single keys can be in the way of other software: a person can turn them off (WCAG 2.1.4). */
  get areOn(): boolean {
    return localStorage.getItem(place) !== "off";
  }

  turn(isOn: boolean): void {
    localStorage.setItem(place, isOn ? "on" : "off");
    this.#tell();
  }

  /**
   * Keys with Ctrl go before what has the focus: Ctrl Enter is no press on a button. So do those that
   * are no letters, of which a `Select` looks for one that begins so.
   */
  readonly pressFirst = (event: KeyboardEvent): void => {
    const keys = keysOf(event);
    const isMark = this.areOn && /^[/?]$/u.test(keys) && !takesLetters(event.target);
    if (event.isComposing || !(isMark || keys.startsWith("mod+"))) return;
    // In a field, Ctrl Z takes back what was typed there.
    if (/^mod\+(?:shift\+)?z$/u.test(keys) && takesLetters(event.target)) return;
    const found = this.#known.find((one) => one.keys === keys);
    if (found === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#begin("");
    found.action();
  };

  readonly press = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = keysOf(event);
    if (keys.startsWith("mod+")) return;
    if (!keys.startsWith("alt+") && (!this.areOn || takesLetters(event.target))) return;
    const sequence = this.#begun === "" ? keys : `${this.#begun} ${keys}`;
    const found =
      this.#known.find((one) => one.keys === sequence) ??
      this.#known.find((one) => one.keys === keys);
    this.#begin("");
    if (found !== undefined) {
      event.preventDefault();
      found.action();
    } else if (this.#known.some((one) => one.keys.startsWith(`${keys} `))) {
      this.#begin(keys);
    }
  };

  #begin(keys: string): void {
    clearTimeout(this.#forget);
    this.#begun = keys;
    if (keys !== "") this.#forget = setTimeout(() => this.#begin(""), patienceMs);
  }

  #set(known: readonly Shortcut[]): void {
    this.#known = known;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
