import type { FlagState, SegmentState } from "@halyard/instructions";

/** What a file of others holds, in our terms, and what became of each part. */
export interface Imported {
  readonly flags: readonly FlagState[];
  readonly segments: readonly { readonly environmentKey: string; readonly segment: SegmentState }[];
  readonly report: ImportReport;
}

export interface ImportReport {
  readonly taken: readonly ImportedThing[];
  readonly approximated: readonly ImportedThing[];
  readonly refused: readonly ImportedThing[];
}

export interface ImportedThing {
  readonly kind: "flag" | "segment";
  readonly key: string;
  /** Of a segment: each environment has its own. */
  readonly environmentKey?: string;
  readonly why?: string;
}

/** Collects an import one thing at a time. */
export class ImportCollection {
  readonly #flags = new Map<string, FlagState>();
  readonly #segments: { readonly environmentKey: string; readonly segment: SegmentState }[] = [];
  readonly #taken: ImportedThing[] = [];
  readonly #approximated: ImportedThing[] = [];
  readonly #refused: ImportedThing[] = [];

  flag(flag: FlagState, approximation?: string): void {
    if (this.#flags.has(flag.key)) {
      this.refuse("flag", flag.key, "the file has a flag of this key already; the first was taken");
      return;
    }
    this.#flags.set(flag.key, flag);
    this.#accept({ kind: "flag", key: flag.key }, approximation);
  }

  segment(environmentKey: string, segment: SegmentState, approximation?: string): void {
    const { key } = segment;
    const isTaken = this.#segments.some(
      (known) => known.environmentKey === environmentKey && known.segment.key === key,
    );
    if (isTaken) {
      const why = `the file has a segment of this key for "${environmentKey}" already; the first was taken`;
      this.#refused.push({ kind: "segment", key, why });
      return;
    }
    this.#segments.push({ environmentKey, segment });
    this.#accept({ kind: "segment", key, environmentKey }, approximation);
  }

  refuse(kind: ImportedThing["kind"], key: string, why: string): void {
    this.#refused.push({ kind, key, why });
  }

  get result(): Imported {
    const report = { taken: this.#taken, approximated: this.#approximated, refused: this.#refused };
    return { flags: [...this.#flags.values()], segments: this.#segments, report };
  }

  #accept(thing: ImportedThing, approximation: string | undefined): void {
    if (approximation === undefined) this.#taken.push(thing);
    else this.#approximated.push({ ...thing, why: approximation });
  }
}
