import { type FSWatcher, readFileSync, watch } from "node:fs";
import path from "node:path";
import type { Json } from "@halyard/evaluation";
import { type Item, parseSet } from "./first-generation-message.ts";
import type { FlagSource, SourceListener } from "./flag-source.ts";

/** Which files hold flags, and how they are read. */
export interface FileSourceOptions {
  /** Files with flags, or segments; no key may be in two of them. */
  readonly paths: readonly string[];
  /** True takes up what is saved to the files while the app runs. */
  readonly watch?: boolean;
  /** Reads the text of a file; `JSON.parse` unless given, so YAML takes a library of yours. */
  readonly parse?: (text: string) => unknown;
}

/** A save is several events on some file systems; they are over after this. */
const settleMs = 20;

/**
 * Flags from files: `{"flags": {…}, "segments": {…}}` as the server streams them, and
 * `{"flagValues": {"checkout": "new"}}` for a value that everyone gets.
 *
 * @example
 * const flags = init(undefined, { source: fileSource({ paths: ["flags.json"], watch: true }) });
 */
export function fileSource(options: FileSourceOptions): FlagSource {
  return new FileSource(options);
}

class FileSource implements FlagSource {
  readonly #options: FileSourceOptions;
  #watchers: readonly FSWatcher[] = [];
  #timer: NodeJS.Timeout | undefined;
  #loads = 0;

  constructor(options: FileSourceOptions) {
    this.#options = options;
  }

  start(listener: SourceListener): void {
    this.#load(listener);
    if (this.#options.watch !== true) return;
    const names = new Set(this.#options.paths.map((one) => path.resolve(one)));
    const folders = new Set([...names].map((one) => path.dirname(one)));
    // The folder, not the file: an editor that saves puts another file in its place.
    this.#watchers = [...folders].map((folder) =>
      watch(folder, { persistent: false }, (_, name) => {
        if (name !== null && !names.has(path.join(folder, name))) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#load(listener), settleMs).unref();
      }).on("error", (error) => this.#trouble(listener, error)),
    );
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
  }

  #load(listener: SourceListener): void {
    try {
      this.#loads += 1;
      const items = this.#options.paths.flatMap((one) => this.#read(one));
      refuseTwice(items);
      listener.onChange({ kind: "whole", items, state: undefined }, "file");
    } catch (cause) {
      this.#trouble(listener, cause instanceof Error ? cause : new Error(String(cause)));
    }
  }

  #read(file: string): readonly Item[] {
    const { parse = JSON.parse } = this.#options;
    try {
      // A parser of the app's may give an object that the app goes on using.
      const parsed = structuredClone(parse(readFileSync(file, "utf8")));
      const content = parsed as { flagValues?: unknown } | null;
      const items = parseSet(content);
      const values = Object.entries((content?.flagValues ?? {}) as Readonly<Record<string, Json>>);
      return [...items, ...values.map(([key, value]) => this.#flagOf(key, value))];
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`the flags in ${file} cannot be used: ${what}`, { cause });
    }
  }

  /** Each load is a version of its own, so that a change of the value is seen as one. */
  #flagOf(key: string, value: Json): Item {
    const fallthrough = { variation: 0 };
    const body = { key, version: this.#loads, on: true, variations: [value], fallthrough };
    return { kind: "flag", key, body };
  }

  #trouble(listener: SourceListener, error: Error): void {
    listener.onTrouble({ error, isRefused: false, retryInMs: 0 });
  }
}

function refuseTwice(items: readonly Item[]): void {
  const seen = new Set<string>();
  for (const { kind, key } of items) {
    if (seen.has(`${kind} ${key}`)) throw new Error(`the ${kind} "${key}" is in two files`);
    seen.add(`${kind} ${key}`);
  }
}
