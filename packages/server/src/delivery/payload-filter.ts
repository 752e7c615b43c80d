import type { Flag } from "@halyard/evaluation";
import type { EnvironmentChange, Item } from "../changes/feed.ts";
import { Hub } from "./hub.ts";
import { Snapshot } from "./snapshot.ts";

/** Which flags an SDK wants to hear of, by their keys; `web-*` stands for all that begin so. */
export interface PayloadFilter {
  readonly id: string;
  readonly flagKeys: readonly string[];
}

/** What of an environment passes a filter: the flags that fit, what they require, and every segment. */
export class FilteredHub {
  readonly hub: Hub;
  readonly #filter: PayloadFilter;
  #visible: ReadonlySet<string>;

  constructor(filter: PayloadFilter, whole: Snapshot, now: () => number) {
    this.#filter = filter;
    this.#visible = visibleFlags(whole.flags, filter);
    const { environmentId, epoch, version } = whole;
    const items = whole.items.filter((item) => this.#passes(item));
    this.hub = new Hub(new Snapshot({ environmentId, epoch, version, items }, now));
  }

  /** Takes a change that `whole` has taken. The version moves with it, also where nothing passes. */
  apply(change: EnvironmentChange, whole: Snapshot): boolean {
    const before = this.#visible;
    this.#visible = visibleFlags(whole.flags, this.#filter);
    const changed = new Set(change.items.map(({ kind, key }) => `${kind} ${key}`));
    const appeared = whole.items.filter(
      ({ kind, key }) =>
        kind === "flag" &&
        this.#visible.has(key) &&
        !before.has(key) &&
        !changed.has(`${kind} ${key}`),
    );
    const gone = [...before]
      .filter((key) => !this.#visible.has(key))
      .map((key) => ({ kind: "flag" as const, key, version: change.to, body: undefined }));
    const passing = change.items.filter((item) => this.#passes(item));
    return this.hub.apply({ ...change, items: [...appeared, ...passing, ...gone] });
  }

  #passes({ kind, key }: Item): boolean {
    return kind === "segment" || this.#visible.has(key);
  }
}

function visibleFlags(
  flags: Readonly<Record<string, Flag>>,
  { flagKeys }: PayloadFilter,
): ReadonlySet<string> {
  const fits = (key: string) =>
    flagKeys.some((wanted) =>
      wanted.endsWith("*") ? key.startsWith(wanted.slice(0, -1)) : key === wanted,
    );
  const visible = new Set(Object.keys(flags).filter(fits));
  for (const key of visible) {
    for (const required of flags[key]?.prerequisites ?? []) {
      if (flags[required.key] !== undefined) visible.add(required.key);
    }
  }
  return visible;
}
